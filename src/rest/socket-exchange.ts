import { AriConnectionError } from '../errors/connection-error.js';
import { AriTimeoutError } from '../errors/timeout-error.js';
import type { Deadline } from './deadline.js';
import type { AriRequest } from './request.js';
import { responseOf, type RestResponse } from './rest-frame.js';
import type { AriResponse } from './transport.js';

/** A request that waits for its answer. */
interface Pending {
  readonly request: AriRequest;
  readonly deadline: Deadline;
  resolve(response: AriResponse): void;
  reject(error: Error): void;
}

/** Brings requests and answers on one socket together, by an id that each request carries. */
export class SocketExchange {
  readonly #pending = new Map<string, Pending>();
  readonly #onTimeout: () => void;
  #count = 0;
  #onDrained: (() => void)[] = [];

  /** @param onTimeout told when a request got no answer in time */
  constructor(onTimeout: () => void) {
    this.#onTimeout = onTimeout;
  }

  /** An id that no other request of this client has had. */
  nextId(): string {
    this.#count += 1;
    return String(this.#count);
  }

  /** Waits for the answer to a request that was just sent. */
  answerTo(id: string, request: AriRequest, deadline: Deadline): Promise<AriResponse> {
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
        this.#onTimeout();
      }
    }
  }

  #take(id: string): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (this.#pending.size === 0) {
      for (const resolve of this.#onDrained.splice(0)) {
        resolve();
      }
    }
    return pending;
  }
}
