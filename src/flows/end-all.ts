import { closedBehind } from '../errors/client-closed.js';
import { AriError } from '../errors/ari-error.js';
import { errorText } from '../support/error-text.js';

/** Waits until everything has ended, whatever fails of it. @throws all that has failed */
export async function endAll(ends: readonly (Promise<unknown> | undefined)[]): Promise<void> {
  const outcomes = await Promise.allSettled(ends.filter((end) => end !== undefined));
  throwAll(outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : [])));
}

/** Takes one step after the other, whatever fails of them. @throws all that has failed */
export async function endInTurn(steps: readonly (() => Promise<unknown>)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      errors.push(error);
    }
  }
  throwAll(errors);
}

/** Does something, and ends it, however that goes. @throws all that has failed of both */
export async function thenEnd<T>(run: () => Promise<T>, end: () => Promise<unknown>): Promise<T> {
  let result: T | undefined;
  await endInTurn([
    async () => {
      result = await run();
    },
    end,
  ]);
  return result as T;
}

/**
 * One failure as it is; several as one that says all of them, lest anything be left that nobody is told of. A client that
 * was closed is behind them all.
 */
function throwAll(failures: readonly unknown[]): void {
  const errors = [...new Set(failures.flatMap(partsOf))];
  if (errors.length > 1) {
    const message = `${errors.length} things have failed: ${errors.map((error) => errorText(error)).join('; ')}`;
    throw (
      errors.find((error) => closedBehind(error) !== undefined) ??
      new AriError(message, { cause: new AggregateError(errors) })
    );
  }
  if (errors.length === 1) {
    throw errors[0];
  }
}

/** What is in an error that was made above; those of a connection may have causes of that kind as well. */
function partsOf(error: unknown): readonly unknown[] {
  const isOfSeveral = error instanceof AriError && error.constructor === AriError;
  return isOfSeveral && error.cause instanceof AggregateError ? error.cause.errors : [error];
}
