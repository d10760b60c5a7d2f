import type { Deadline } from './deadline.js';
import { allowAnswers, keepsAnswers } from './event-filter.js';
import type { AriRequest } from './request.js';
import { fitsFrame, requestFrame } from './rest-frame.js';
import { Slots } from './slots.js';
import type { SocketWire } from './socket-wire.js';
import type { AriResponse, Transport } from './transport.js';

/** Most requests on their way at once. More would only wait in Asterisk's buffers, where their fate is unknown. */
export const maxInFlight = 128;

export interface WebSocketTransportOptions {
  /** Also sends what may keep Asterisk from answering for long, and with it everything that is sent after. */
  readonly sendsBlocking: boolean;
  /** Most requests that wait for others. */
  readonly maxQueued: number;
}

/** Requests over the event connection; what cannot go there, or must not, goes another way. */
export class WebSocketTransport implements Transport {
  readonly #wire: SocketWire;
  readonly #otherwise: Transport;
  readonly #slots: Slots;
  readonly #sendsBlocking: boolean;
  /** Objects that requests which may take long are on their way to, the other way, and how many. */
  readonly #busy = new Map<string, number>();
  #isClosed = false;

  /** @param otherwise carries the rest */
  constructor(wire: SocketWire, otherwise: Transport, { sendsBlocking, maxQueued }: WebSocketTransportOptions) {
    this.#wire = wire;
    this.#otherwise = otherwise;
    this.#slots = new Slots(maxInFlight, maxQueued);
    this.#sendsBlocking = sendsBlocking;
  }

  send(request: AriRequest, deadline: Deadline): Promise<AriResponse> {
    const { name, returns, blocking } = request.operation;
    if (name === 'applications.filter') {
      return this.#filter(request, deadline);
    }
    if (blocking !== undefined && !this.#sendsBlocking) {
      return this.#aroundSocket(request, deadline);
    }
    return this.#isOpen && returns.kind !== 'binary' && !this.#wouldOvertake(request)
      ? this.#overSocket(request, deadline)
      : this.#otherwise.send(request, deadline);
  }

  close(): void {
    this.#isClosed = true;
    this.#otherwise.close();
  }

  get #isOpen(): boolean {
    return this.#wire.isReady && !this.#isClosed;
  }

  async #overSocket(request: AriRequest, deadline: Deadline): Promise<AriResponse> {
    const id = this.#wire.nextId();
    const text = requestFrame(id, request);
    if (!fitsFrame(text)) {
      return this.#otherwise.send(request, deadline);
    }
    const turn = this.#slots.take(deadline);
    if (turn !== undefined) {
      await turn;
    }
    try {
      const sent = this.#isOpen ? this.#wire.send(text, id, request, deadline) : undefined;
      if (sent !== undefined) {
        return await sent;
      }
    } finally {
      this.#slots.give();
    }
    return this.#otherwise.send(request, deadline);
  }

  async #aroundSocket(request: AriRequest, deadline: Deadline): Promise<AriResponse> {
    const object = objectOf(request);
    this.#busy.set(object, (this.#busy.get(object) ?? 0) + 1);
    try {
      return await this.#otherwise.send(request, deadline);
    } finally {
      const left = (this.#busy.get(object) ?? 1) - 1;
      if (left === 0) {
        this.#busy.delete(object);
      } else {
        this.#busy.set(object, left);
      }
    }
  }

  /** Two commands to one object, the first of them not awaited, would change places if the second took the faster way. */
  #wouldOvertake(request: AriRequest): boolean {
    return this.#busy.size > 0 && this.#busy.has(objectOf(request));
  }

  /** A new event filter may stop the answers: none may be on its way meanwhile, and whether they come is asked anew. */
  async #filter(request: AriRequest, deadline: Deadline): Promise<AriResponse> {
    if (this.#isOpen && keepsAnswers(request.body)) {
      return this.#overSocket(request, deadline);
    }
    if (!this.#wire.isFilteredBy(decodeURIComponent(request.path.split('/')[2] ?? ''))) {
      return this.#otherwise.send(request, deadline);
    }
    await this.#wire.pause();
    try {
      const body = request.body === undefined ? undefined : allowAnswers(request.body);
      return await this.#otherwise.send({ ...request, body }, deadline);
    } finally {
      this.#wire.check();
    }
  }
}

/** `/channels/1700000000.1` of all that is done to that channel. */
function objectOf({ path }: AriRequest): string {
  return path.split('/', 3).join('/');
}
