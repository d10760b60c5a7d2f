import type { Operation, Parameter } from '../contract/operation.js';
import { describe } from '../support/describe.js';
import { refuse } from './refuse.js';

/** Asterisk separates no more of them: the last one has the rest, commas and all. */
const most = 128;

/**
 * The arguments for an application as one text, which Asterisk takes apart into the same list again.
 * @throws {AriValidationError} for a list that cannot arrive, and for a text that Asterisk would read beyond its end
 */
export function writeArguments(
  operation: Operation,
  name: string,
  how: NonNullable<Parameter['args']>,
  given: string | readonly string[],
): string {
  const fault = typeof given === 'string' ? faultOfText(how, given) : faultOfList(how, given);
  if (fault !== undefined) {
    throw refuse(operation, name, fault);
  }
  if (typeof given === 'string') {
    return given;
  }
  return given.map(how === 'escaped' ? escaped : String).join(',');
}

/** A backslash protects the character after it; after the last one there is none. */
function faultOfText(how: Parameter['args'], text: string): string | undefined {
  const [backslashes = ''] = /\\*$/.exec(text) ?? [];
  return how === 'escaped' && backslashes.length % 2 === 1 ? 'must not end in a single backslash' : undefined;
}

function faultOfList(how: Parameter['args'], items: readonly string[]): string | undefined {
  if (how === 'bare') {
    const unfit = items.find((item) => item === '' || item.includes(','));
    return unfit === undefined
      ? undefined
      : `must not have an item that is empty or has a comma in it, such as ${describe(unfit)}`;
  }
  if (items.length === 1 && items[0] === '') {
    return 'cannot be one empty text alone: it would arrive as none';
  }
  return items.length > most ? `must have ${most} items at most, not ${items.length}` : undefined;
}

/**
 * Asterisk splits at commas, but not within parentheses and brackets, takes quotes and backslashes for its own, and in
 * some places puts values where it sees `${…}` or `$[…]`.
 */
function escaped(item: string): string {
  return item.replace(/[\\",()[\]{]/g, '\\$&');
}
