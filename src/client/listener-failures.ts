import { silentLogger, type Logger } from '../support/logger.js';
import type { ListenerFailure } from '../contract/events.js';

/**
 * What becomes of a listener's error: it reaches the hook, else the log, else Node's warnings. It never stops the
 * process, and the hook's own errors are not sent back to the hook.
 */
export class ListenerFailures {
  readonly #logger: Logger;
  readonly #tellHook: (failure: ListenerFailure) => boolean;

  /** @param tellHook false if nobody listens there */
  constructor(logger: Logger, tellHook: (failure: ListenerFailure) => boolean) {
    this.#logger = logger;
    this.#tellHook = tellHook;
  }

  report(error: unknown, event: unknown): void {
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
