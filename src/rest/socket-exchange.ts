import { AriConnectionError } from '../errors/connection-error.js';
import { AriTimeoutError } from '../errors/timeout-error.js';
import { Watch } from '../support/watch.js';
import type { Deadline } from './deadline.js';
import { objectOf } from './object-of.js';
import { patienceMs } from './patience.js';
import type { AriRequest } from './request.js';
import { responseOf, type RestResponse } from './rest-frame.js';
import type { AriResponse } from './transport.js';

/** A request that waits for its answer. */
interface Pending {
  readonly request: AriRequest;
  readonly deadline: Deadline;
  resolve(response: AriResponse | undefined): void;
  reject(error: Error): void;
}

/** Who is told what happens to requests. */
export interface ExchangeHost {
  /** A request got no answer in time. */
  onTimeout(): void;
  /** A request has not been answered for a while; Asterisk takes them one by one, so those after it wait as well. */
  onStall(request: AriRequest): void;
}

/** Brings requests and answers on one socket together, by an id that each request carries. */
export class SocketExchange {
  readonly #pending = new Map<string, Pending>();
  readonly #host: ExchangeHost;
  readonly #watch = new Watch(patienceMs, () => this.#look());
  #count = 0;
  #onDrained: (() => void)[] = [];
  /** The one that all others wait for at present, and whether that takes long. */
  #first: Pending | undefined;
  #isStalled = false;

  constructor(host: ExchangeHost) {
    this.#host = host;
  }

  /** Whether any request waits. */
  get isWaiting(): boolean {
    return this.#pending.size > 0;
  }

  /** Whether a request has been keeping the others waiting for a while. */
  get isStalled(): boolean {
    return this.#isStalled;
  }

  /** Whether a request about this object waits. */
  isWaitingFor(object: string): boolean {
    return [...this.#pending.values()].some(({ request }) => objectOf(request) === object);
  }

  /** An id that no other request of this client has had. */
  nextId(): string {
    this.#count += 1;
    return String(this.#count);
  }

  /** Waits for the answer to a request that was just sent; undefined if it is let go. */
  answerTo(id: string, request: AriRequest, deadline: Deadline): Promise<AriResponse | undefined> {
    this.#watch.begin();
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { request, deadline, resolve, reject });
      deadline.whenEnded(() => this.#giveUp(id));
    });
  }

  /** An answer has come; one to a request that was given up meanwhile is nobody's. */
  receive(id: string, answer: RestResponse): void {
    const pending = this.#take(id);
    if (pending !== undefined) {
      pending.deadline.whenEnded(undefined);
      try {
        pending.resolve(responseOf(pending.request.operation, answer));
      } catch (error) {
        pending.reject(error as Error);
      }
    }
  }

  /** Lets requests that only read go, to be asked another way: all but the first, and what must not overtake others. */
  letReadsGo(): void {
    const [[firstId] = []] = this.#pending;
    const touched = new Set<string | undefined>();
    for (const [id, pending] of this.#pending) {
      const { request, deadline } = pending;
      const object = objectOf(request);
      if (id !== firstId && request.operation.method === 'GET' && !touched.has(object)) {
        this.#take(id);
        deadline.whenEnded(undefined);
        pending.resolve(undefined);
      } else if (object !== undefined) {
        touched.add(object);
      }
    }
  }

  /** Resolves when no request waits any more. */
  async drained(): Promise<void> {
    if (this.#pending.size > 0) {
      await new Promise<void>((resolve) => this.#onDrained.push(resolve));
    }
  }

  /** The socket is gone, and with it every answer. */
  lose(cause: Error | undefined): void {
    for (const [id, pending] of this.#pending) {
      this.#take(id);
      pending.deadline.whenEnded(undefined);
      const message = `${pending.request.operation.name}: the event connection was lost before the answer`;
      pending.reject(new AriConnectionError(message, 'outcomeUnknown', { cause }));
    }
  }

  #giveUp(id: string): void {
    const pending = this.#take(id);
    if (pending !== undefined) {
      const error = pending.deadline.error('outcomeUnknown');
      pending.reject(error);
      if (error instanceof AriTimeoutError) {
        this.#host.onTimeout();
      }
    }
  }

  #take(id: string): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (pending === this.#first) {
      this.#first = undefined;
      this.#isStalled = false;
    }
    if (this.#pending.size === 0) {
      for (const resolve of this.#onDrained.splice(0)) {
        resolve();
      }
    }
    return pending;
  }

  /** What was the first at the look before, too, is slow. */
  #look(): boolean {
    const [first] = this.#pending.values();
    if (first !== undefined && first === this.#first && !this.#isStalled) {
      this.#isStalled = true;
      this.#host.onStall(first.request);
    }
    this.#first = first;
    return first !== undefined;
  }
}
