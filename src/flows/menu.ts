import { checkFunction, checkGivenOptions, refuseOption } from '../support/check-option.js';
import { describe, mustBe } from '../support/describe.js';
import { isRecord } from '../support/is-record.js';
import { allDigits, checkDigits, checkParty } from './check.js';
import { gatherAs, type GatherResult } from './gather.js';
import { gatherOptions, type GatherSettings } from './gather-options.js';
import type { FlowChannel } from './parties.js';
import { runFlow } from './run-flow.js';

/** What is done for a choice; its outcome, awaited, is the menu's `value`. */
export type MenuAction<T = unknown> = (digits: string) => T;

/** What is done for which digits. */
export type MenuChoices = Readonly<Record<string, MenuAction>>;

/** What the functions of a menu give, awaited. */
export type MenuValue<Choices extends MenuChoices, Otherwise> = Awaited<ReturnType<Choices[keyof Choices]> | Otherwise>;

/** The digits of the choices of a menu. */
export type MenuChoice<Choices extends MenuChoices> = `${Extract<keyof Choices, string | number>}`;

/** Options of {@link menu}: those of `gather` that a menu leaves open, and the choices. */
export interface MenuOptions<Choices extends MenuChoices = MenuChoices, Otherwise = unknown> extends Omit<
  GatherSettings,
  'match' | 'length' | 'minDigits' | 'maxDigits' | 'validDigits' | 'tries' | 'terminators'
> {
  /** How often the caller may try: after a wrong choice, and after none. @default 3 */
  readonly tries?: number | undefined;
  /** Digits that end the entry. They are no part of the result. @default none */
  readonly terminators?: string | undefined;
  /** What is done for which digits: `{ 1: sales, 2: support, 99: operator }`. */
  readonly choices: Choices;
  /** What is done when nobody has chosen after the last try: nothing typed, something else typed, too late. */
  readonly otherwise?: MenuAction<Otherwise> | undefined;
}

/** How {@link menu} ended. */
export interface MenuResult<T, Choice extends string = string> extends GatherResult {
  /** The digits that were chosen; undefined if none of the choices was. */
  readonly choice: Choice | undefined;
  /** What the function for it gave, or `otherwise`; undefined if none was called. */
  readonly value: T | undefined;
}

const known = [
  ...gatherOptions.filter((name) => !['match', 'length', 'minDigits', 'maxDigits', 'validDigits'].includes(name)),
  'choices',
  'otherwise',
];

/**
 * Asks for one of several choices, with `gather`, and does what belongs to it. Nothing is done after the channel has
 * hung up or the signal has aborted. `tries` is 3 unless given; there is no terminator unless given.
 * @throws {AriValidationError} for wrong options, before anything is sent; what the requests and the functions throw
 */
export async function menu<const Choices extends MenuChoices, Otherwise = never>(
  channel: FlowChannel,
  options: MenuOptions<Choices, Otherwise>,
): Promise<MenuResult<MenuValue<Choices, Otherwise>, MenuChoice<Choices>>> {
  const chosen = await runFlow('menu', () => choose(channel, options));
  return chosen as MenuResult<MenuValue<Choices, Otherwise>, MenuChoice<Choices>>;
}

async function choose(channel: FlowChannel, options: MenuOptions): Promise<MenuResult<unknown>> {
  checkParty('menu', 'channel', channel, ['on', 'waitFor', 'play', 'get']);
  checkGivenOptions('menu', options, known);
  const { choices, otherwise, ...rest } = options;
  checkChoices(choices, rest.terminators);
  checkFunction('otherwise', otherwise);
  const keys = Object.keys(choices);
  const terminators = rest.terminators ?? '';
  const result = await gatherAs('menu', channel, {
    ...rest,
    tries: rest.tries === undefined ? 3 : rest.tries,
    terminators,
    // Anything else that is typed is a wrong choice, not nothing.
    validDigits: [...allDigits].filter((digit) => !terminators.includes(digit)).join(''),
    match: keys,
  });
  const { reason, digits } = result;
  const choice = isChosen(reason) ? digits : undefined;
  const isOver = reason === 'hangup' || reason === 'aborted';
  const action = isOver ? undefined : choice === undefined ? otherwise : choices[choice];
  return { ...result, choice, value: await action?.(digits) };
}

function isChosen(reason: GatherResult['reason']): boolean {
  return ['match', 'terminator', 'length', 'interDigitTimeout'].includes(reason);
}

function checkChoices(choices: unknown, terminators: unknown): void {
  const wanted = 'functions by the digits that choose them';
  if (!isRecord(choices)) {
    throw refuseOption('choices', mustBe(wanted, choices));
  }
  const entries: readonly (readonly [string, unknown])[] = Object.entries(choices);
  if (entries.length === 0) {
    throw refuseOption('choices', `must be ${wanted}, at least one, not an empty object`);
  }
  const wrong = entries.find(([, action]) => typeof action !== 'function');
  if (wrong !== undefined) {
    throw refuseOption('choices', `must be ${wanted}, not ${describe(wrong[1])} for '${wrong[0]}'`);
  }
  const ending = checkDigits('terminators', terminators, '');
  const isDigit = (digit: string): boolean => allDigits.includes(digit) && !ending.includes(digit);
  const unchosen = entries.find(([digits]) => digits === '' || ![...digits].every(isDigit));
  if (unchosen !== undefined) {
    const some = [...allDigits].filter(isDigit).join('');
    const terminator = [...unchosen[0]].find((digit) => ending.includes(digit));
    const why = terminator === undefined ? '' : `: '${terminator}' is one of option 'terminators'`;
    throw refuseOption('choices', `must be chosen by digits of ${some}, not ${describe(unchosen[0])}${why}`);
  }
}
