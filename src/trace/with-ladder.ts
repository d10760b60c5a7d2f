import { checkFunction } from '../support/check-option.js';
import type { Journal } from '../testing/control/journal.js';
import { traceOf } from './journal.js';
import { ladder } from './ladder/ladder.js';
import type { LadderOptions } from './ladder/options.js';

/** A double of Asterisk. */
type Journaled = { readonly journal: Pick<Journal, 'history'> };

/**
 * Runs a test, or a part of one. If it fails, the ladder of what the double and the application have said to each other
 * stands in its error's message, whatever the test runner.
 * @param asterisk a double of `asterisk-ari/testing`
 * @returns what the test returns
 * @throws what the test throws, with the ladder added
 */
export async function withLadder<T>(
  asterisk: Journaled,
  test: () => T | Promise<T>,
  options: LadderOptions = {},
): Promise<T> {
  checkFunction('test', test);
  try {
    return await test();
  } catch (error) {
    throw explained(error, ladder(traceOf(asterisk.journal), options));
  }
}

function explained(error: unknown, picture: string): unknown {
  if (!(error instanceof Error)) {
    return new Error(`${String(error)}\n\n${picture}`, { cause: error });
  }
  const { message, stack } = error;
  error.message = `${message}\n\n${picture}`;
  // Test runners show one or the other.
  if (stack?.includes(message)) {
    error.stack = stack.replace(message, () => error.message);
  }
  return error;
}
