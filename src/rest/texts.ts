import type { Operation, Parameter } from '../contract/operation.js';
import { writeArguments } from './arguments.js';
import { refuse } from './refuse.js';

/**
 * Puts what is taken in place of a text into Asterisk's form: numbers, lists of words, lists of arguments.
 * @throws {AriValidationError} for a word or an item that Asterisk would not take
 */
export function toText(operation: Operation, name: string, parameter: Parameter, value: unknown): unknown {
  if (parameter.alsoNumber && typeof value === 'number' && Number.isSafeInteger(value)) {
    return String(value);
  }
  if (parameter.words !== undefined && (typeof value === 'string' || isTexts(value))) {
    return joinWords(operation, name, parameter, typeof value === 'string' ? value.split(',') : value);
  }
  if (parameter.args !== undefined && (typeof value === 'string' || isTexts(value))) {
    return writeArguments(operation, name, parameter.args, value);
  }
  return value;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && Array.from<unknown>(value).every((item) => typeof item === 'string');
}

function joinWords(
  operation: Operation,
  name: string,
  { words = [], open }: Parameter,
  given: readonly string[],
): string {
  const trimmed = given.map((word) => word.trim());
  const unknown = open ? undefined : trimmed.find((word) => word !== '' && !words.includes(word));
  if (unknown !== undefined) {
    throw refuse(operation, name, `may hold ${words.join(', ')}, not ${JSON.stringify(unknown)}`);
  }
  return trimmed.join(',');
}
