/**
 * Has a function of the application watched for a late failure: if what it returned is a promise, or anything that
 * looks like one, its rejection is told instead of ending the process. Throws what reading it throws.
 */
export function watchOutcome(result: unknown, onFailure: (error: unknown) => void): void {
  if (isThenable(result)) {
    const rest: unknown = result.then(undefined, onFailure);
    // The `then` of something else than a promise may fail late as well.
    if (!(result instanceof Promise) && isThenable(rest)) {
      rest.then(undefined, onFailure);
    }
  }
}

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}
