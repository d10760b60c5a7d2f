import type { KnownWords, Operation, Parameter } from '../contract/operation.js';
import { numberText } from './number-text.js';
import { writeArguments } from './arguments.js';
import { refuse } from './refuse.js';

/**
 * Puts what is taken in place of a text into Asterisk's form: numbers, lists of words, lists of arguments.
 * @throws {AriValidationError} for a word or an item that Asterisk would not take
 */
export function toText(operation: Operation, name: string, parameter: Parameter, value: unknown): unknown {
  if (parameter.alsoNumber && typeof value === 'number') {
    return parameter.max === undefined || Number.isInteger(value) ? (numberText(value) ?? value) : value;
  }
  if (parameter.words !== undefined && (typeof value === 'string' || isTexts(value))) {
    return joinWords(operation, name, parameter.words, typeof value === 'string' ? value.split(',') : value);
  }
  if (parameter.args !== undefined && (typeof value === 'string' || isTexts(value))) {
    return writeArguments(operation, name, parameter.args, value);
  }
  return value;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && Array.from<unknown>(value).every((item) => typeof item === 'string');
}

/** Words as one text, in the order of the known ones: some count only after others. */
function joinWords(operation: Operation, name: string, known: KnownWords, given: readonly string[]): string {
  const words = given.map((word) => word.trim());
  if (words.length === 0) {
    throw refuse(operation, name, 'must have an item');
  }
  if (known.values === undefined) {
    return words.join(',');
  }
  const fault = faultOfWords(known, words);
  if (fault !== undefined) {
    throw refuse(operation, name, fault);
  }
  return known.values.filter((word) => words.includes(word)).join(',');
}

function faultOfWords({ values = [], base, apart = [] }: KnownWords, words: readonly string[]): string | undefined {
  const unknown = words.find((word) => !values.includes(word));
  if (unknown !== undefined) {
    return `may hold ${values.join(', ')}, not ${JSON.stringify(unknown)}`;
  }
  if (base !== undefined && !base.some((word) => words.includes(word))) {
    return `must hold one of ${base.join(', ')}`;
  }
  const clash = apart.find((group) => group.filter((word) => words.includes(word)).length > 1);
  return clash && `must not hold ${clash.join(' and ')} together`;
}
