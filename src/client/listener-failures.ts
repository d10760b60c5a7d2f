import { AriAbortError } from '../errors/abort-error.js';
import { AriConnectionError } from '../errors/connection-error.js';
import type { Redact } from '../diagnostics/redact.js';
import { errorText } from '../support/error-text.js';
import { silentLogger, type Logger } from '../support/logger.js';
import type { ListenerFailure } from '../contract/events.js';

export interface FailureOptions {
  readonly logger: Logger;
  readonly redact: Redact;
  /** What nobody hears is thrown where nothing catches it. */
  readonly throws: boolean;
}

/**
 * What becomes of a listener's error: it reaches the hook, else the log, else Node's warnings. It never stops the
 * process unless that is wanted, and the hook's own errors are not sent back to the hook. That a listener's request or
 * wait was given up because the client was closed is no failure of the listener.
 */
export class ListenerFailures {
  readonly #logger: Logger;
  readonly #redact: Redact;
  readonly #tellHook: (failure: ListenerFailure) => boolean;
  readonly #throws: boolean;
  #isClosing = false;
  /** What the hook was handed: an error about one of these is its own. */
  readonly #told = new WeakSet();

  /** @param tellHook false if nobody listens there */
  constructor({ logger, redact, throws }: FailureOptions, tellHook: (failure: ListenerFailure) => boolean) {
    this.#logger = logger;
    this.#redact = redact;
    this.#throws = throws;
    this.#tellHook = tellHook;
  }

  /** The client is about to be closed. */
  closing(): void {
    this.#isClosing = true;
  }

  /** Never throws. */
  report(error: unknown, event: unknown): void {
    if (this.#isClosing && (error instanceof AriAbortError || error instanceof AriConnectionError)) {
      this.#logger.debug(`a listener for ${typeOf(event)} was given up by close(): ${error.message}`);
      return;
    }
    const ofHook = typeof event === 'object' && event !== null && this.#told.has(event);
    if (ofHook || !this.#tell({ error, event })) {
      if (this.#throws) throwLater(error);
      else this.#write(`a listener for ${ofHook ? 'listenerError' : typeOf(event)} failed: ${errorText(error, true)}`);
    }
  }

  #tell(failure: ListenerFailure): boolean {
    this.#told.add(failure);
    return this.#tellHook(failure);
  }

  #write(text: string): void {
    if (this.#logger !== silentLogger) {
      this.#logger.error(text);
      return;
    }
    try {
      process.emitWarning(this.#redact(text), 'AriListenerWarning');
    } catch {
      // There is nowhere left to say so.
    }
  }
}

/** Outside of everything that goes on now, so that the other listeners are not stopped by it. */
function throwLater(error: unknown): void {
  setImmediate(() => {
    throw error;
  });
}

/** By name, for the log. Earlier listeners may have done to the event what they liked. */
function typeOf(event: unknown): string {
  try {
    const { type } = event as { readonly type?: unknown };
    return typeof type === 'string' ? type : 'a notice';
  } catch {
    return 'an event';
  }
}
