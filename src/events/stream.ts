import { AriError } from '../errors/ari-error.js';
import type { AsyncReader } from '../support/async-reader.js';
import { checkCallOptions, checkChoice, checkFor, checkWhole } from '../support/check-option.js';
import { ignoreAbort, listenToAbort } from '../support/abort-listeners.js';
import type { ListenerScope } from '../contract/listener-scope.js';
import type { EventChoice } from '../contract/subscription.js';
import { choiceOptions } from './choice.js';
import { addInner, nameOf, type Types } from './several.js';

/** Options of `stream`. */
export interface StreamOptions extends EventChoice {
  /** Ends the stream. */
  readonly signal?: AbortSignal | undefined;
  /** Most events that may wait for a consumer slower than Asterisk. @default 100,000 */
  readonly maxQueued?: number | undefined;
  /**
   * What happens to a stream whose queue is full: `close` ends it with an error after what is queued, `dropOldest` lets
   * the oldest event go and counts it in `dropped`.
   * @default 'close'
   */
  readonly whenFull?: 'close' | 'dropOldest' | undefined;
}

/** Events to be read with `for await`; leaving the loop closes it. */
export interface EventStream<Event> extends AsyncReader<Event> {
  /** Events that wait to be read. */
  readonly queued: number;
  /** Events let go because the queue was full. */
  readonly dropped: number;
  return(): Promise<IteratorResult<Event, undefined>>;
}

/** A consumer that stays behind is told of at most once in this time. */
const quietMs = 1_000;

const known = ['signal', 'maxQueued', 'whenFull', ...choiceOptions] as const satisfies readonly (keyof StreamOptions)[];

/** @throws {AriValidationError} if no event of that type can come there, or an option is wrong */
export function openStream<Event>(scope: ListenerScope, types: Types, options?: StreamOptions): EventStream<Event> {
  return checkFor('stream', () => open(scope, types, options));
}

function open<Event>(scope: ListenerScope, types: Types, options: StreamOptions = {}): EventStream<Event> {
  checkCallOptions('stream', options, known);
  const { signal } = options;
  const whenFull = checkChoice('whenFull', options.whenFull, ['close', 'dropOldest']);
  const maxQueued = checkWhole('maxQueued', options.maxQueued, 100_000, 1);
  const stream = new QueuedStream<Event>(maxQueued, whenFull, `the stream of ${nameOf(types)} of ${scope.name}`, scope);
  const listener = addInner(scope, types, (...args: unknown[]) => stream.push(args.at(-1) as Event), options);
  const end = (): void => stream.end();
  const abort = { onAbort: end };
  listener.onEnd = end;
  stream.onEnd = () => {
    ignoreAbort(signal, abort);
    listener.close();
  };
  listenToAbort(signal, abort);
  if (signal?.aborted || scope.ended !== undefined) {
    end();
  }
  return stream;
}

/** From push to pull: what is pushed waits in an array until it is asked for, or a reader waits for what is pushed. */
class QueuedStream<Event> implements EventStream<Event> {
  onEnd: (() => void) | undefined;
  dropped = 0;
  #queue: Event[] = [];
  /** Index of the next event in the queue; shifting a long array for each would cost its length. */
  #next = 0;
  #readers: { resolve(result: IteratorResult<Event, undefined>): void; reject(error: Error): void }[] = [];
  #ended = false;
  #error: Error | undefined;
  readonly #maxQueued: number;
  readonly #whenFull: 'close' | 'dropOldest';
  readonly #name: string;
  readonly #scope: ListenerScope;
  #quietUntil = 0;

  constructor(maxQueued: number, whenFull: 'close' | 'dropOldest', name: string, scope: ListenerScope) {
    this.#maxQueued = maxQueued;
    this.#whenFull = whenFull;
    this.#name = name;
    this.#scope = scope;
  }

  get queued(): number {
    return this.#queue.length - this.#next;
  }

  push(event: Event): void {
    const reader = this.#readers.shift();
    if (reader !== undefined) {
      reader.resolve({ value: event, done: false });
      return;
    }
    if (this.queued >= this.#maxQueued) {
      this.dropped += 1;
      if (this.#whenFull === 'close') {
        this.#error = new AriError(`${this.#name} was closed: ${this.#maxQueued} events waited to be read`);
        this.#warn();
        this.end();
        return;
      }
      this.#take();
    }
    this.#queue.push(event);
    if (this.queued * 2 >= this.#maxQueued) {
      this.#warn();
    }
  }

  end(): void {
    if (!this.#ended) {
      this.#ended = true;
      this.onEnd?.();
      for (const reader of this.#readers.splice(0)) {
        reader.resolve({ value: undefined, done: true });
      }
    }
  }

  next(): Promise<IteratorResult<Event, undefined>> {
    if (this.queued > 0) {
      return Promise.resolve({ value: this.#take(), done: false });
    }
    if (this.#error !== undefined) {
      const error = this.#error;
      this.#error = undefined;
      return Promise.reject(error);
    }
    if (this.#ended) {
      return Promise.resolve({ value: undefined, done: true });
    }
    return new Promise((resolve, reject) => this.#readers.push({ resolve, reject }));
  }

  return(): Promise<IteratorResult<Event, undefined>> {
    this.#queue = [];
    this.#next = 0;
    this.end();
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #warn(): void {
    const now = performance.now();
    if (now >= this.#quietUntil) {
      this.#quietUntil = now + quietMs;
      const { queued, dropped } = this;
      this.#scope.warn({ cause: 'stream', stream: this.#name, queued, maxQueued: this.#maxQueued, dropped });
    }
  }

  #take(): Event {
    const event = this.#queue[this.#next] as Event;
    this.#next += 1;
    if (this.#next > 1024 && this.#next * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#next);
      this.#next = 0;
    }
    return event;
  }
}
