import type { Exclusive } from '../contract/exclusive.js';
import { checkDuration, checkGivenOptions, checkWhole, refuseOption } from '../support/check-option.js';
import { describe } from '../support/describe.js';
import { checkDigits, checkMedia, checkOptionalText } from './check.js';
import { checkTypeAhead, type DigitBuffer } from './digits.js';
import { matchValues, type Matcher, type Wanted } from './match.js';
import type { Media } from './playing.js';

/** What {@link gather} takes, whatever excludes each other. */
export interface GatherSettings {
  /** What is played first, in one playback. @default nothing */
  readonly prompt?: Media | undefined;
  /** Language of the prompts, such as `en`. @default that of the channel */
  readonly lang?: string | undefined;
  /** Digits that are taken; others are ignored, unless they are terminators. @default `0123456789*#` */
  readonly validDigits?: string | undefined;
  /** Digits that end the entry. They are no part of the result. `''` for none. @default `#` */
  readonly terminators?: string | undefined;
  /** Digits that stop a prompt; others are ignored while it plays. `''` for none. @default valid digits and terminators */
  readonly interruptDigits?: string | undefined;
  /** Fewest digits. @default 0 */
  readonly minDigits?: number | undefined;
  /** Most digits: with them, the entry is complete. @default no limit */
  readonly maxDigits?: number | undefined;
  /** Exactly so many digits, in place of `minDigits` and `maxDigits`. */
  readonly length?: number | undefined;
  /** Longest time for the first digit, in milliseconds, from the end of the prompt; 0 for no limit. @default 5,000 */
  readonly firstDigitMs?: number | undefined;
  /** Longest time between two digits, in milliseconds; 0 for no limit. @default 3,000 */
  readonly interDigitMs?: number | undefined;
  /** Longest time for everything, prompts and repetitions included, in milliseconds; 0 for no limit. @default 0 */
  readonly overallMs?: number | undefined;
  /**
   * The values that are wanted, or a function that judges the digits after each of them. It answers at once, not by a
   * promise. Of a list, a wrong entry ends when it is as long as the shortest value.
   * @default anything
   */
  readonly match?: Wanted | undefined;
  /** How often the caller may try: after an invalid entry, and after none. @default 1 */
  readonly tries?: number | undefined;
  /** Played before the prompt after an invalid entry. @default nothing */
  readonly invalidPrompt?: Media | undefined;
  /** Played before the prompt when nothing was typed. @default nothing */
  readonly noInputPrompt?: Media | undefined;
  /** Holds what was typed before, which is taken first: a prompt is left out when there is something in it. */
  readonly typeAhead?: DigitBuffer | undefined;
  /** Gives it up. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of {@link gather}; with `length`, there is neither `minDigits` nor `maxDigits`. */
export type GatherOptions = GatherSettings & Exclusive<'length', 'minDigits' | 'maxDigits'>;

/** {@link GatherOptions}, checked, with nothing left out. */
export interface GatherRules {
  readonly prompt: readonly string[];
  readonly invalidPrompt: readonly string[];
  readonly noInputPrompt: readonly string[];
  readonly validDigits: string;
  readonly terminators: string;
  readonly interruptDigits: string;
  readonly minDigits: number;
  readonly maxDigits: number;
  /** Infinity for no limit, as the other two. */
  readonly firstDigitMs: number;
  readonly interDigitMs: number;
  readonly overallMs: number;
  readonly matcher: Matcher | undefined;
  readonly tries: number;
}

export const gatherOptions = [
  'prompt',
  'lang',
  'validDigits',
  'terminators',
  'interruptDigits',
  'minDigits',
  'maxDigits',
  'length',
  'firstDigitMs',
  'interDigitMs',
  'overallMs',
  'match',
  'tries',
  'invalidPrompt',
  'noInputPrompt',
  'typeAhead',
  'signal',
] as const satisfies readonly (keyof GatherOptions)[];

/** @throws {AriValidationError} */
export function checkGather(flow: string, options: GatherOptions): GatherRules {
  checkGivenOptions(flow, options, gatherOptions);
  checkTypeAhead('typeAhead', options.typeAhead);
  checkOptionalText('lang', options.lang);
  const terminators = checkDigits('terminators', options.terminators, '#');
  const validDigits = checkDigits('validDigits', options.validDigits, '0123456789*#');
  const lengths = checkLength(options);
  return {
    prompt: prompt('prompt', options.prompt),
    invalidPrompt: prompt('invalidPrompt', options.invalidPrompt),
    noInputPrompt: prompt('noInputPrompt', options.noInputPrompt),
    validDigits,
    terminators,
    interruptDigits: checkDigits('interruptDigits', options.interruptDigits, validDigits + terminators),
    ...lengths,
    firstDigitMs: limit('firstDigitMs', options.firstDigitMs, 5_000),
    interDigitMs: limit('interDigitMs', options.interDigitMs, 3_000),
    overallMs: limit('overallMs', options.overallMs, 0),
    matcher: checkMatch(options.match, { validDigits, terminators, ...lengths }),
    tries: checkWhole('tries', options.tries, 1, 1),
  };
}

function prompt(option: string, media: Media | undefined): readonly string[] {
  return media === undefined ? [] : checkMedia(option, media);
}

function limit(option: string, value: number | undefined, byDefault: number): number {
  return checkDuration(option, value, byDefault) || Infinity;
}

function checkLength(options: GatherOptions): { minDigits: number; maxDigits: number } {
  if (options.length !== undefined) {
    const other = (['minDigits', 'maxDigits'] as const).find((option) => options[option] !== undefined);
    if (other !== undefined) {
      throw refuseOption(other, "cannot be given together with 'length', which stands for both");
    }
    const length = checkWhole('length', options.length, 1, 1);
    return { minDigits: length, maxDigits: length };
  }
  const minDigits = checkWhole('minDigits', options.minDigits, 0, 0);
  const maxDigits = options.maxDigits === undefined ? Infinity : checkWhole('maxDigits', options.maxDigits, 1, 1);
  if (maxDigits < minDigits) {
    throw refuseOption('maxDigits', `must be at least minDigits, which is ${minDigits}, not ${maxDigits}`);
  }
  return { minDigits, maxDigits };
}

/** What of the other rules says which values can be typed at all. */
type Bounds = Pick<GatherRules, 'validDigits' | 'terminators' | 'minDigits' | 'maxDigits'>;

function checkMatch(match: Wanted | undefined, bounds: Bounds): Matcher | undefined {
  if (match === undefined || typeof match === 'function') {
    return match;
  }
  // What a list leaves out is in it all the same.
  const values: readonly unknown[] = Array.isArray(match) ? Array.from(match) : [];
  if (values.length === 0 || values.some((value) => typeof value !== 'string' || value === '')) {
    throw refuseOption('match', `must be a list of texts of digits, or a function, not ${describe(match)}`);
  }
  for (const value of values as readonly string[]) {
    checkDigits('match', value, '');
    checkReachable(value, bounds);
  }
  return matchValues(values as readonly string[]);
}

/** @throws {AriValidationError} for a value that nobody could ever type */
function checkReachable(value: string, { validDigits, terminators, minDigits, maxDigits }: Bounds): void {
  const lost = [...value].find((digit) => terminators.includes(digit) || !validDigits.includes(digit));
  if (lost !== undefined) {
    const why = terminators.includes(lost) ? `${lost} is one of the terminators` : `${lost} is no valid digit`;
    throw refuseOption('match', `has '${value}', which cannot be typed: ${why}`);
  }
  if (value.length < minDigits || value.length > maxDigits) {
    throw refuseOption('match', `has '${value}', whose length is not from ${minDigits} to ${maxDigits}`);
  }
}
