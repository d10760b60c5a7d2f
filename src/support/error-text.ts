import { inspect } from 'node:util';

/** Longest text that is made of one error. */
const maxLength = 10_000;

/**
 * What was thrown, as text for the log: name and message of an error, its stack if `withStack` is set, and of anything
 * else what is in it. Never throws, whatever it was.
 */
export function errorText(error: unknown, withStack = false): string {
  try {
    const text = error instanceof Error ? wordsOf(error, withStack) : inspected(error);
    return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
  } catch {
    return 'something without a text';
  }
}

function wordsOf(error: Error, withStack: boolean): string {
  if (withStack) {
    try {
      if (typeof error.stack === 'string') {
        return error.stack;
      }
    } catch {
      // Its message may do.
    }
  }
  return String(error);
}

function inspected(value: unknown): string {
  return typeof value === 'string'
    ? value
    : inspect(value, { depth: 1, breakLength: Infinity, maxStringLength: 1_000 });
}
