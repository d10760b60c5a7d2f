import { AriAbortError } from '../errors/abort-error.js';
import type { AriError } from '../errors/ari-error.js';
import { ObjectGoneError } from '../errors/object-gone-error.js';
import { AriTimeoutError } from '../errors/timeout-error.js';
import { AriValidationError } from '../errors/validation-error.js';
import { ignoreAbort, listenToAbort } from '../support/abort-listeners.js';
import { CallSite } from '../support/call-site.js';
import { checkCallOptions, checkDuration, checkFor, checkFunction } from '../support/check-option.js';
import { isThenable, watchOutcome } from '../support/watch-outcome.js';
import type { ListenerScope } from '../contract/listener-scope.js';
import type { EventChoice } from '../contract/subscription.js';
import { choiceOptions } from './choice.js';
import { addInner, nameOf, type Types } from './several.js';

/** Options of `waitFor`. */
export interface WaitOptions<Event> extends EventChoice {
  /** Longest wait in milliseconds; 0 waits without limit. @default 0 */
  readonly timeoutMs?: number | undefined;
  /** Gives the wait up. */
  readonly signal?: AbortSignal | undefined;
  /** Only an event for which this is true counts. */
  readonly where?: ((event: Event) => boolean) | undefined;
}

const known = [
  'timeoutMs',
  'signal',
  'where',
  ...choiceOptions,
] as const satisfies readonly (keyof WaitOptions<unknown>)[];

export function waitForEvent<Event>(
  scope: ListenerScope,
  types: Types,
  options: WaitOptions<Event> = {},
): Promise<Event> {
  const site = new CallSite(waitForEvent);
  const outcome = new Promise<Event>((resolve, reject) => {
    const timeoutMs = checkFor('waitFor', () => checkWait(options));
    const { signal, where } = options;
    let timer: NodeJS.Timeout | undefined;
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      ignoreAbort(signal, abort);
      listener.close();
      finish();
    };
    const onEvent = (...args: unknown[]): void => {
      const event = args.at(-1) as Event;
      let wanted: boolean;
      try {
        wanted = where === undefined || isTrue(where(event));
      } catch (error) {
        settle(() => reject(error));
        return;
      }
      if (wanted) {
        settle(() => resolve(event));
      }
    };
    const abort = {
      onAbort(): void {
        const message = `waiting for ${nameOf(types)} of ${scope.name} was aborted`;
        settle(() => reject(site.claim(new AriAbortError(message, 'notSent', { cause: signal?.reason }))));
      },
    };
    const listener = checkFor('waitFor', () => addInner(scope, types, onEvent, options));
    listener.onEnd = (error) => settle(() => reject(site.claim(copyOf(error))));
    if (scope.ended !== undefined) {
      listener.onEnd(scope.ended);
      return;
    }
    if (signal?.aborted) {
      abort.onAbort();
      return;
    }
    listenToAbort(signal, abort);
    if (timeoutMs > 0) {
      timer = setTimeout(() => {
        const message = `no ${nameOf(types)} of ${scope.name} within ${timeoutMs} ms`;
        settle(() => reject(site.claim(new AriTimeoutError(message, timeoutMs, 'notSent'))));
      }, timeoutMs);
    }
  });
  // Whoever awaits it sees the failure; a wait that was let go must not end the process when the client closes.
  outcome.catch(() => undefined);
  return outcome;
}

/** Gives how long to wait at most, in milliseconds; 0 for no limit. @throws {AriValidationError} */
function checkWait<Event>(options: WaitOptions<Event>): number {
  checkCallOptions('waitFor', options, known);
  checkFunction('where', options.where);
  return checkDuration('timeoutMs', options.timeoutMs, 0);
}

/** What ends many waits at once: each has an error with a stack of its own. */
function copyOf(error: AriError): AriError {
  if (error instanceof ObjectGoneError) {
    return new ObjectGoneError(error.kind, error.id, error.message);
  }
  if (error instanceof AriAbortError) {
    const { message, delivery, cause } = error;
    return new AriAbortError(message, delivery, cause === undefined ? {} : { cause });
  }
  return error;
}

/** @throws {AriValidationError} for a promise, which would always count as true */
function isTrue(answer: unknown): boolean {
  if (isThenable(answer)) {
    watchOutcome(answer, () => undefined);
    throw new AriValidationError("waitFor: option 'where' must answer at once, not by a promise", 'where');
  }
  return Boolean(answer);
}
