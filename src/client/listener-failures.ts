import { AriAbortError } from '../errors/abort-error.js';
import { AriConnectionError } from '../errors/connection-error.js';
import { silentLogger, type Logger } from '../support/logger.js';
import type { ListenerFailure } from '../contract/events.js';

/**
 * What becomes of a listener's error: it reaches the hook, else the log, else Node's warnings. It never stops the
 * process, and the hook's own errors are not sent back to the hook. That a listener's request or wait was given up
 * because the client was closed is no failure of the listener.
 */
export class ListenerFailures {
  readonly #logger: Logger;
  readonly #tellHook: (failure: ListenerFailure) => boolean;
  #isClosing = false;

  /** @param tellHook false if nobody listens there */
  constructor(logger: Logger, tellHook: (failure: ListenerFailure) => boolean) {
    this.#logger = logger;
    this.#tellHook = tellHook;
  }

  /** The client is about to be closed. */
  closing(): void {
    this.#isClosing = true;
  }

  report(error: unknown, event: unknown): void {
    if (this.#isClosing && (error instanceof AriAbortError || error instanceof AriConnectionError)) {
      this.#logger.debug(`a listener for ${typeOf(event)} was given up by close(): ${error.message}`);
      return;
    }
    const ofHook = isFailure(event);
    if (ofHook || !this.#tellHook({ error, event })) {
      this.#write(`a listener for ${ofHook ? 'listenerError' : typeOf(event)} failed: ${describe(error)}`);
    }
  }

  #write(text: string): void {
    if (this.#logger === silentLogger) {
      process.emitWarning(text, 'AriListenerWarning');
    } else {
      this.#logger.error(text);
    }
  }
}

function isFailure(event: unknown): event is ListenerFailure {
  return typeof event === 'object' && event !== null && 'error' in event && 'event' in event;
}

function typeOf(event: unknown): string {
  return (event as { type?: string } | null)?.type ?? 'a notice';
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
