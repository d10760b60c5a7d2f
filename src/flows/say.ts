import { checkChoice, checkFor, refuseOption } from '../support/check-option.js';
import { describe } from '../support/describe.js';

/** How {@link say} reads a text. */
export type SayAs = 'number' | 'digits' | 'characters';

const patterns: Readonly<Record<SayAs, readonly [pattern: RegExp, allowed: string]>> = {
  number: [/^-?\d+$/, 'a whole number'],
  digits: [/^[-*#\d]+$/, 'of digits, *, # and -'],
  characters: [/^[^:,&|/\\]+$/, 'a text without : , & | / and \\'],
};

/**
 * The media URI by which Asterisk reads something aloud, in the language of the playback: `say(42)` is `number:42`,
 * forty-two; `say('0123', 'digits')` reads one by one; `say('AB1', 'characters')` spells. It goes wherever media go.
 * @throws {AriValidationError} for what cannot be read so
 */
export function say(value: number | bigint | string, as?: SayAs): `${SayAs}:${string}` {
  return checkFor('say', () => mediaOf(value, as));
}

function mediaOf(value: number | bigint | string, as: SayAs | undefined): `${SayAs}:${string}` {
  const byDefault = typeof value === 'string' ? 'characters' : 'number';
  const way = checkChoice<SayAs>('as', as === undefined ? byDefault : as, ['number', 'digits', 'characters']);
  const [pattern, allowed] = patterns[way];
  const isRight = ['number', 'bigint', 'string'].includes(typeof value) && pattern.test(String(value));
  if (!isRight) {
    throw refuseOption('value', `must be ${allowed} to be read as ${way}, not ${describe(value)}`);
  }
  return `${way}:${value}`;
}
