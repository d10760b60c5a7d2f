import type { Engine } from '../engine/engine.js';
import { timestamp } from '../engine/timestamp.js';
import type { Reply } from '../http/reply.js';
import { parseJson } from '../params/json.js';
import type { Exchange } from '../rest/exchange.js';
import type { Credentials } from '../rest/users.js';
import type { EventSession } from './event-session.js';
import { type BadSocketRequest, readSocketRequest, type SocketRequest } from './read-request.js';

/** Takes REST requests from an event socket: one at a time, each answered before the next one is looked at. */
export class RestOverWebSocket {
  readonly #engine: Engine;
  readonly #exchange: Exchange;
  readonly #session: EventSession;
  readonly #credentials: Credentials;
  readonly #waiting: Buffer[] = [];
  #busy = false;

  constructor(engine: Engine, exchange: Exchange, session: EventSession, credentials: Credentials) {
    this.#engine = engine;
    this.#exchange = exchange;
    this.#session = session;
    this.#credentials = credentials;
  }

  receive(message: Buffer): void {
    this.#waiting.push(message);
    if (!this.#busy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#busy = true;
    for (let message = this.#waiting.shift(); message !== undefined; message = this.#waiting.shift()) {
      const result = this.#handle(message);
      if (result) await result;
    }
    this.#busy = false;
  }

  #handle(source: Buffer): void | Promise<void> {
    const message = parseJson(source);
    if (!message) {
      const request = { transactionId: '', requestId: '', path: '' };
      return this.#respond(request, { status: 400, reason: 'Failed to parse request message JSON' });
    }
    const request = readSocketRequest(message);
    if ('problem' in request) {
      return this.#respond(request, { status: 400, reason: 'Bad request', json: { message: request.problem } });
    }
    return this.#carryOut(request);
  }

  #carryOut(request: SocketRequest): void | Promise<void> {
    const { authorization } = this.#credentials;
    const apiKey = request.pairs.find(([name]) => name === 'api_key')?.[1] ?? this.#credentials.apiKey;
    return this.#exchange.handle(
      {
        transport: 'websocket',
        method: request.method,
        path: request.path,
        pairs: request.pairs,
        body: request.body,
        credentials: { authorization, apiKey },
        host: '',
        upgrade: false,
      },
      {
        reply: (reply) => this.#respond(request, reply),
        upgrade: () => this.#respond(request, NO_UPGRADE),
        drop: () => this.#session.cut(),
      },
    );
  }

  /** Answers, if the filter of the socket's first application lets answers through. */
  #respond(request: SocketRequest | Omit<BadSocketRequest, 'problem'>, given: Reply): void {
    const reply = given.bytes ? NOT_ACCEPTABLE : given;
    const application = this.#session.firstApplication;
    const found = this.#engine.applications.find(application);
    if (!found?.filter.passes('RESTResponse')) return;
    this.#session.write({
      type: 'RESTResponse',
      transaction_id: request.transactionId,
      request_id: request.requestId,
      status_code: reply.status,
      reason_phrase: reply.reason,
      uri: request.path,
      ...(reply.json !== undefined && {
        content_type: 'application/json',
        message_body: JSON.stringify(reply.json),
      }),
      application,
      timestamp: timestamp(this.#engine.clock.now()),
      asterisk_id: this.#engine.asteriskId,
    });
  }
}

const NO_UPGRADE: Reply = {
  status: 400,
  reason: 'Bad request',
  json: { message: "Can't upgrade to websocket from a websocket" },
};

/** Files are not for this way; the two spaces are Asterisk's. */
const NOT_ACCEPTABLE: Reply = { status: 406, reason: 'Not Acceptable.  Use HTTP GET' };
