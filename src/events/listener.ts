import type { AriError } from '../errors/ari-error.js';
import type { ListenOptions, Subscription } from './subscription.js';
import type { Topic } from './topic.js';

/** A function that receives what an event hands over; a promise it returns is watched for rejection. */
// oxlint-disable-next-line typescript/no-explicit-any -- typed at `on`; within the dispatcher the tuples are gone
export type AnyListener = (...args: any[]) => unknown;

/** Keeps listeners; told when one of them closes. */
export interface ListenerOwner {
  remove(listener: Listener): void;
}

/** A registration: what to call, for which events, and how to take it away again. */
export class Listener implements Subscription {
  readonly topic: Topic;
  readonly call: AnyListener;
  readonly once: boolean;
  /** The dispatcher's count of events at registration: a listener never sees the event during which it was added. */
  readonly born: number;
  /** Called when no event can come any more: the object listened to has ended, or the client. */
  onEnd: ((reason: AriError) => void) | undefined;
  #owner: ListenerOwner | undefined;
  readonly #signal: AbortSignal | undefined;
  readonly #onAbort: (() => void) | undefined;

  constructor(
    topic: Topic,
    call: AnyListener,
    born: number,
    owner: ListenerOwner,
    once: boolean,
    options?: ListenOptions,
  ) {
    this.topic = topic;
    this.call = call;
    this.born = born;
    this.once = once;
    this.#owner = owner;
    topic.audience += 1;
    if (options?.signal !== undefined) {
      this.#signal = options.signal;
      this.#onAbort = () => this.close();
      this.#signal.addEventListener('abort', this.#onAbort, { once: true });
    }
  }

  get closed(): boolean {
    return this.#owner === undefined;
  }

  close(): void {
    const owner = this.#owner;
    if (owner !== undefined) {
      this.#owner = undefined;
      this.topic.audience -= 1;
      if (this.#onAbort !== undefined) {
        this.#signal?.removeEventListener('abort', this.#onAbort);
      }
      owner.remove(this);
    }
  }

  /** Closes it because nothing can come any more. */
  end(reason: AriError): void {
    if (!this.closed) {
      this.close();
      this.onEnd?.(reason);
    }
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
