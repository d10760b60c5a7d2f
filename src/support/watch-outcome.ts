import type { Activity } from './activity.js';

/**
 * Has a function of the application watched for a late failure: if what it returned is a promise, or anything that
 * looks like one, its rejection is told instead of ending the process. Throws what reading it throws.
 * @param activity counts it until it has settled
 */
export function watchOutcome(result: unknown, onFailure: (error: unknown) => void, activity?: Activity): void {
  if (!isThenable(result)) {
    return;
  }
  const end = endOf(activity);
  const fail = (error: unknown): void => {
    onFailure(error);
    end();
  };
  try {
    const rest: unknown = result.then(end, fail);
    // The `then` of something else than a promise may fail late as well.
    if (!(result instanceof Promise) && isThenable(rest)) {
      rest.then(undefined, fail);
    }
  } catch (error) {
    end();
    throw error;
  }
}

/** Begins an activity; what it returns ends it, once. */
function endOf(activity: Activity | undefined): () => void {
  activity?.begin();
  let isOver = false;
  return () => {
    if (!isOver) {
      isOver = true;
      activity?.end();
    }
  };
}

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}
