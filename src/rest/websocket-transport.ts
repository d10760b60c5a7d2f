import { afterUnclear } from '../errors/unanswered.js';
import { Counts } from '../support/counts.js';
import type { Deadline } from './deadline.js';
import { allowAnswers, keepsAnswers } from './event-filter.js';
import { objectOf } from './object-of.js';
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
  /** Objects that requests are on their way to the other way, and how many. */
  readonly #busy = new Counts();
  #isClosed = false;

  /** @param otherwise carries the rest */
  constructor(wire: SocketWire, otherwise: Transport, { sendsBlocking, maxQueued }: WebSocketTransportOptions) {
    this.#wire = wire;
    this.#otherwise = otherwise;
    this.#slots = new Slots({ max: maxInFlight, maxQueued });
    this.#sendsBlocking = sendsBlocking;
    if (!sendsBlocking) {
      wire.whenStalled(() => {
        wire.letReadsGo();
        this.#slots.excuse();
      });
    }
  }

  send(request: AriRequest, deadline: Deadline): Promise<AriResponse> {
    const { method, path, returns, blocking } = request.operation;
    // Not by its name: what a relay passes on has none.
    if (method === 'PUT' && path.endsWith('/eventFilter')) {
      return this.#filter(request, deadline);
    }
    if (blocking !== undefined && !this.#sendsBlocking) {
      return this.#aroundSocket(request, deadline);
    }
    return this.#isOpen && returns.kind !== 'binary'
      ? this.#asOpen(request, deadline)
      : this.#otherwise.send(request, deadline);
  }

  close(): void {
    this.#isClosed = true;
    this.#otherwise.close();
  }

  get #isOpen(): boolean {
    return this.#wire.isReady && !this.#isClosed;
  }

  /** Over the event connection, unless it would overtake another there, or wait in vain. */
  #asOpen(request: AriRequest, deadline: Deadline): Promise<AriResponse> {
    return this.#wouldOvertake(request) || (!this.#sendsBlocking && this.#wire.holdsUp(objectOf(request)))
      ? this.#aroundSocket(request, deadline)
      : this.#overSocket(request, deadline);
  }

  async #overSocket(request: AriRequest, deadline: Deadline): Promise<AriResponse> {
    const id = this.#wire.nextId();
    const text = requestFrame(id, request);
    if (!fitsFrame(text)) {
      return this.#otherwise.send(request, deadline);
    }
    const turn = this.#slots.take(deadline);
    const slot = turn instanceof Promise ? await turn : turn;
    if (slot === undefined) {
      return this.send(request, deadline);
    }
    let sent: Promise<AriResponse | undefined> | undefined;
    try {
      sent = this.#isOpen ? this.#wire.send(text, id, request, deadline) : undefined;
      const answer = sent === undefined ? undefined : await sent;
      if (answer !== undefined) {
        return answer;
      }
    } finally {
      this.#slots.give(slot);
    }
    try {
      return await this.#aroundSocket(request, deadline);
    } catch (error) {
      // What was let go there Asterisk may still read.
      throw sent === undefined ? error : afterUnclear(error);
    }
  }

  async #aroundSocket(request: AriRequest, deadline: Deadline): Promise<AriResponse> {
    const object = objectOf(request);
    if (object === undefined) {
      return this.#otherwise.send(request, deadline);
    }
    this.#busy.more(object);
    try {
      return await this.#otherwise.send(request, deadline);
    } finally {
      this.#busy.less(object);
    }
  }

  /** Two commands to one object, the first of them not awaited, would change places if the second took the faster way. */
  #wouldOvertake(request: AriRequest): boolean {
    if (this.#busy.isEmpty) {
      return false;
    }
    const object = objectOf(request);
    return object !== undefined && this.#busy.has(object);
  }

  /** A new event filter may stop the answers: none may be on its way meanwhile, and whether they come is asked anew. */
  async #filter(request: AriRequest, deadline: Deadline): Promise<AriResponse> {
    if (this.#isOpen && keepsAnswers(request.body)) {
      return this.#asOpen(request, deadline);
    }
    if (!this.#wire.isFilteredBy(decodeURIComponent(request.path.split('/')[2] ?? ''))) {
      return this.#otherwise.send(request, deadline);
    }
    try {
      await deadline.limit(this.#wire.pause(), 'notSent');
      const body = request.body === undefined ? undefined : allowAnswers(request.body);
      return await this.#otherwise.send({ ...request, body }, deadline);
    } finally {
      this.#wire.check();
    }
  }
}
