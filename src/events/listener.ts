import type { AriError } from '../errors/ari-error.js';
import type { Existence } from '../contract/client-core.js';
import type { AnyListener, RegisteredListener } from '../contract/listener-scope.js';
import { Registry } from './registered.js';
import { ignoreAbort, listenToAbort, type AbortListener } from '../support/abort-listeners.js';

/** What listeners have in common that hear the same. */
export interface Audience {
  readonly name: string;
  /** Resolves when Asterisk sends it. */
  readonly ready: Promise<void>;
  /** One more listener is open. */
  join(): void;
  /** One less. */
  leave(): void;
}

/** An event source that Asterisk is asked for while somebody listens. */
export interface Demand {
  /** Resolves when Asterisk has been asked, or refuses. It never rejects. */
  readonly ready: Promise<void>;
  /** It is not wanted any more. @param hasEnded because the source is there no longer */
  release(hasEnded: boolean): void;
}

/** Keeps listeners; told when one of them closes. */
export interface ListenerOwner {
  add(listener: Listener): void;
  remove(listener: Listener): void;
}

/** Where and how a listener is registered. */
export interface Registration {
  readonly owner: ListenerOwner;
  /** Of the one object it listens to. */
  readonly id?: string | undefined;
  /** The dispatcher's count of messages at registration. */
  readonly born: number;
  readonly once: boolean;
  /** Closes it. */
  readonly signal?: AbortSignal | undefined;
}

/** All that are open. */
export const registrations = new Registry<Listener>();

/** What comes for listeners of an object that are yet to be told what they have missed. */
export class Backlog {
  /** Events, each with what it is about. */
  readonly events: (readonly [listener: Listener, subject: unknown, event: unknown])[] = [];
  /** Why nothing can come after them. */
  ending: AriError | undefined;
}

/** A registration: what to call, for which events, and how to take it away again. */
export class Listener implements RegisteredListener, AbortListener {
  readonly topic: Audience;
  readonly call: AnyListener;
  #owner: ListenerOwner | undefined;
  /** A listener never sees the event during which it was added: only those with a greater number. */
  readonly born: number;
  readonly once: boolean;
  /** The next listener of the same object. */
  next: Listener | undefined;
  /** The one before; of the first, the last of them all. */
  previous: Listener | undefined;
  /** Id of the object listened to, if it is a single one. */
  readonly id: string | undefined;
  /** The object listened to, if it is a single one. */
  existence: Existence | undefined;
  /** What has to wait until it has been told what it has missed. */
  backlog: Backlog | undefined;
  /** Called when no event can come any more: the object listened to has ended, or the client. */
  onEnd: ((reason: AriError) => void) | undefined;
  readonly #signal: AbortSignal | undefined;

  constructor(topic: Audience, call: AnyListener, { owner, id, born, once, signal }: Registration) {
    this.topic = topic;
    this.call = call;
    this.#owner = owner;
    this.born = born;
    this.once = once;
    this.id = id;
    this.#signal = signal;
    topic.join();
    owner.add(this);
    registrations.add(this);
    if (signal?.aborted) {
      this.close();
    } else {
      listenToAbort(signal, this);
    }
  }

  get ready(): Promise<void> {
    return this.topic.ready;
  }

  /** Whether it is registered there. */
  isAt(owner: ListenerOwner, topic: Audience, id?: string): boolean {
    return this.#owner === owner && this.topic === topic && this.id === id;
  }

  get closed(): boolean {
    return this.#owner === undefined;
  }

  close(): void {
    const owner = this.#owner;
    if (owner !== undefined) {
      this.#owner = undefined;
      this.topic.leave();
      ignoreAbort(this.#signal, this);
      owner.remove(this);
      registrations.remove(this);
    }
  }

  /** Closes it because nothing can come any more. */
  end(reason: AriError): void {
    if (this.backlog !== undefined) {
      this.backlog.ending ??= reason;
    } else if (!this.closed) {
      this.close();
      this.onEnd?.(reason);
    }
  }

  /** The signal has aborted. */
  onAbort(): void {
    this.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
