import { isNativeError } from 'node:util/types';
import { AriValidationError } from '../errors/validation-error.js';
import { mustBe } from '../support/describe.js';
import type { Journal } from '../testing/control/journal.js';
import { checkJournal, traceOf } from './journal.js';
import { ladder } from './ladder/ladder.js';
import { checkLadderOptions, type LadderOptions } from './ladder/options.js';

/** A double of Asterisk. */
type Journaled = { readonly journal: Pick<Journal, 'history'> };

/**
 * Runs a test, or a part of one. If it fails, the ladder of what the double and the application have said to each other is
 * added to the message of its error, whatever the test runner. What has no message to add to, a text that was thrown or a
 * frozen error, is thrown as it is, and the ladder goes to the standard error output.
 * @param asterisk a double of `asterisk-ari/testing`
 * @returns what the test returns
 * @throws what the test throws, itself; {AriValidationError} for a wrong argument, before the test is run
 */
export async function withLadder<T>(
  asterisk: Journaled,
  test: () => T | Promise<T>,
  options: LadderOptions = {},
): Promise<T> {
  checkJournal('withLadder: journal of asterisk', (asterisk as Partial<Journaled> | null | undefined)?.journal);
  if (typeof test !== 'function') {
    throw new AriValidationError(`withLadder: test ${mustBe('a function', test)}`, 'test');
  }
  checkLadderOptions(options);
  try {
    return await test();
  } catch (error) {
    const picture = ladder(traceOf(asterisk.journal), options);
    if (!addTo(error, picture)) {
      process.stderr.write(`\n${picture}`);
    }
    throw error;
  }
}

/** @returns whether it will be seen: test runners show an error's message, or its stack */
function addTo(error: unknown, picture: string): boolean {
  // Test runners give tests an Error of their own, of which those of Node are none.
  if (!(error instanceof Error) && !isNativeError(error)) {
    return false;
  }
  const { message, stack } = error;
  const explained = `${message}\n\n${picture}`;
  try {
    error.message = explained;
    // Of node:assert; Jest shows no message that it made itself.
    if ('generatedMessage' in error) {
      error.generatedMessage = false;
    }
    if (stack !== undefined) {
      error.stack = stack.replace(message, () => explained);
    }
  } catch {
    // It is frozen: nothing was changed.
  }
  return error.message === explained && (error.stack ?? picture).includes(picture);
}
