import { AriValidationError } from '../../errors/validation-error.js';
import { silentLogger, type Logger } from '../../support/logger.js';
import type { ListenOptions, Subscription } from '../../contract/subscription.js';
import { checkCallOptions, checkListener } from '../../support/check-option.js';
import { errorText } from '../../support/error-text.js';
import { watchOutcome } from '../../support/watch-outcome.js';
import { ignoreAbort, listenToAbort, type AbortListener } from '../../support/abort-listeners.js';

/** What a listener threw, or the reason of its rejected promise. */
export interface MediaListenerFailure {
  readonly error: unknown;
  /** What it was called for: `DTMF_END`. */
  readonly type: string;
}

type Listener<T> = (event: T) => unknown;

/**
 * Calls listeners. What one of them throws stops neither the others nor the connection: it reaches `listenerError`, else
 * the log, else Node's warnings.
 */
export class Emitter<Events extends { readonly listenerError: MediaListenerFailure }> {
  readonly #listeners = new Map<keyof Events, Set<Registered>>();
  readonly #logger: Logger;
  readonly #types: ReadonlySet<string>;

  /** @param types what can be listened to */
  constructor(types: ReadonlySet<string>, logger: Logger) {
    this.#types = types;
    this.#logger = logger;
  }

  on<T extends keyof Events & string>(
    type: T,
    listener: Listener<Events[T]>,
    options?: Pick<ListenOptions, 'signal'>,
    once = false,
  ): Subscription {
    if (!this.#types.has(type)) {
      throw new AriValidationError(
        `there is no '${type}' to listen to; there are ${[...this.#types].join(', ')}`,
        'type',
      );
    }
    checkListener(`on ${type}`, listener);
    checkCallOptions(`on ${type}`, options, ['signal']);
    const registered = new Registered(listener as Listener<unknown>, once, options?.signal, () => {
      this.#listeners.get(type)?.delete(registered);
    });
    if (!registered.closed) {
      const others = this.#listeners.get(type) ?? new Set();
      this.#listeners.set(type, others.add(registered));
    }
    return registered;
  }

  off<T extends keyof Events & string>(type: T, listener: Listener<Events[T]>): void {
    for (const registered of this.#listeners.get(type) ?? []) {
      if (registered.call === listener) {
        registered.close();
      }
    }
  }

  hears(type: keyof Events): boolean {
    return (this.#listeners.get(type)?.size ?? 0) > 0;
  }

  emit<T extends keyof Events & string>(type: T, event: Events[T]): void {
    for (const registered of Array.from(this.#listeners.get(type) ?? [])) {
      if (!registered.closed) {
        this.#call(registered, type, event);
      }
    }
  }

  #call(registered: Registered, type: string, event: unknown): void {
    if (registered.once) {
      registered.close();
    }
    const fail = (error: unknown): void => this.#failed(error, type);
    try {
      watchOutcome(registered.call(event), fail);
    } catch (error) {
      fail(error);
    }
  }

  #failed(error: unknown, type: string): void {
    if (type !== 'listenerError' && this.hears('listenerError')) {
      this.emit('listenerError', { error, type });
      return;
    }
    const text = `a listener for ${type} of a media connection failed: ${errorText(error, true)}`;
    if (this.#logger === silentLogger) {
      process.emitWarning(text, 'AriListenerWarning');
    } else {
      this.#logger.error(text);
    }
  }
}

/** A listener hears what there is at once: nobody has to be asked for it. */
const isReady = Promise.resolve();

class Registered implements Subscription, AbortListener {
  readonly ready = isReady;
  readonly call: Listener<unknown>;
  readonly once: boolean;
  readonly #signal: AbortSignal | undefined;
  readonly #onClose: () => void;
  #closed = false;

  constructor(call: Listener<unknown>, once: boolean, signal: AbortSignal | undefined, onClose: () => void) {
    this.call = call;
    this.once = once;
    this.#signal = signal;
    this.#onClose = onClose;
    this.#closed = signal?.aborted ?? false;
    if (!this.#closed) {
      listenToAbort(signal, this);
    }
  }

  get closed(): boolean {
    return this.#closed;
  }

  close(): void {
    if (!this.#closed) {
      this.#closed = true;
      ignoreAbort(this.#signal, this);
      this.#onClose();
    }
  }

  onAbort(): void {
    this.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
