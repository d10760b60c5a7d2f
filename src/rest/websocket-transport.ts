import type { Deadline } from './deadline.js';
import { allowAnswers } from './event-filter.js';
import type { AriRequest } from './request.js';
import { fitsFrame, requestFrame } from './rest-frame.js';
import { Slots } from './slots.js';
import type { SocketWire } from './socket-wire.js';
import type { AriResponse, Transport } from './transport.js';

/** Most requests on their way at once. More would only wait in Asterisk's buffers, where their fate is unknown. */
const maxInFlight = 128;

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
  #isClosed = false;

  /** @param otherwise carries the rest */
  constructor(wire: SocketWire, otherwise: Transport, { sendsBlocking, maxQueued }: WebSocketTransportOptions) {
    this.#wire = wire;
    this.#otherwise = otherwise;
    this.#slots = new Slots(maxInFlight, maxQueued);
    this.#sendsBlocking = sendsBlocking;
  }

  send(request: AriRequest, deadline: Deadline): Promise<AriResponse> {
    if (request.operation.name === 'applications.filter') {
      return this.#filter(request, deadline);
    }
    return this.#isOpen && this.#carries(request)
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

  #carries({ operation }: AriRequest): boolean {
    return operation.returns.kind !== 'binary' && (this.#sendsBlocking || operation.blocking === undefined);
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

  /** A new event filter may stop the answers: none may be on its way meanwhile, and whether they come is asked anew. */
  async #filter(request: AriRequest, deadline: Deadline): Promise<AriResponse> {
    if (!this.#wire.isFilteredBy(applicationOf(request))) {
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

/** `/applications/{applicationName}/eventFilter` */
function applicationOf({ path }: AriRequest): string {
  return decodeURIComponent(path.split('/')[2] ?? '');
}
