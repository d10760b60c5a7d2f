import { notSentByClosed } from '../errors/client-closed.js';
import { AriValidationError } from '../errors/validation-error.js';
import type { Deadline } from './deadline.js';
import { allowAnswers, refusesAnswers } from './event-filter.js';
import type { AriRequest } from './request.js';
import { fitsFrame, requestFrame } from './rest-frame.js';
import { Slots } from './slots.js';
import type { SocketWire } from './socket-wire.js';
import type { AriResponse, Transport } from './transport.js';
import { maxInFlight } from './websocket-transport.js';

/**
 * Requests over an event connection beside which there is no other way, as Asterisk has opened it and nobody told where
 * its HTTP server is. While the connection is interrupted, requests wait for the next one.
 */
export class SocketOnlyTransport implements Transport {
  readonly #wire: SocketWire;
  readonly #slots: Slots;
  #isClosed = false;

  constructor(wire: SocketWire, maxQueued: number) {
    this.#wire = wire;
    this.#slots = new Slots({ max: maxInFlight, maxQueued });
  }

  async send(request: AriRequest, deadline: Deadline): Promise<AriResponse> {
    const sendable = checked(request);
    const id = this.#wire.nextId();
    const text = requestFrame(id, sendable);
    if (!fitsFrame(text)) {
      throw needsHttp(request, 'is too long for the WebSocket');
    }
    const turn = this.#slots.take(deadline);
    const slot = turn instanceof Promise ? await turn : turn;
    try {
      for (;;) {
        if (this.#isClosed) {
          throw notSentByClosed(request.operation.name);
        }
        const sent = this.#wire.isReady ? this.#wire.send(text, id, sendable, deadline) : undefined;
        if (sent === undefined) {
          await this.#wire.readied(deadline);
          continue;
        }
        const answer = await sent;
        if (answer !== undefined) {
          return answer;
        }
      }
    } finally {
      this.#slots.give(slot);
    }
  }

  close(): void {
    this.#isClosed = true;
  }
}

function checked(request: AriRequest): AriRequest {
  const { name, returns } = request.operation;
  if (returns.kind === 'binary') {
    throw needsHttp(request, 'answers with a file');
  }
  if (name !== 'applications.filter' || request.body === undefined) {
    return request;
  }
  if (refusesAnswers(request.body)) {
    throw new AriValidationError(
      `${name}: the filter must let RESTResponse through: without HTTP there is no other way for answers`,
      'disallowed',
    );
  }
  return { ...request, body: allowAnswers(request.body) };
}

function needsHttp({ operation }: AriRequest, why: string): AriValidationError {
  const hint = "give the server that Asterisk connects to the option 'http', with the URL of Asterisk's HTTP server";
  return new AriValidationError(`${operation.name} ${why}: ${hint}`, 'http');
}
