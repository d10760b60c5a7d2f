import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Readable } from 'node:stream';
import fetch, { type RequestInit, type Response } from 'node-fetch';
import type { Settings } from '../client/settings.js';
import { AriConnectionError } from '../errors/connection-error.js';
import type { Delivery } from '../errors/delivery.js';
import type { Deadline } from './deadline.js';
import type { AriRequest } from './request.js';
import { Slots } from './slots.js';
import type { AriResponse, Transport } from './transport.js';

/** Asterisk closes an idle connection after 15 s without a hint; ours must go first. */
const idleMs = 10_000;

/** Requests over HTTP, by node-fetch, on a bounded number of kept connections. */
export class HttpTransport implements Transport {
  readonly #settings: Settings;
  readonly #agent: HttpAgent;
  readonly #slots: Slots;
  readonly #pending = new Set<Deadline>();
  #closed = false;

  constructor(settings: Settings) {
    this.#settings = settings;
    const options = { keepAlive: true, maxSockets: settings.maxSockets, timeout: idleMs };
    const isTls = settings.baseUrl.protocol === 'https:';
    this.#agent = settings.agent ?? (isTls ? new HttpsAgent({ ...options, ...settings.tls }) : new HttpAgent(options));
    this.#slots = new Slots(settings.maxSockets, settings.maxQueued);
  }

  async send(request: AriRequest, deadline: Deadline): Promise<AriResponse> {
    if (this.#closed) {
      throw new AriConnectionError(`${request.operation.name} was not sent: the client is closed`, 'notSent');
    }
    this.#pending.add(deadline);
    try {
      await this.#slots.take(deadline);
      try {
        return await this.#exchange(request, deadline);
      } finally {
        this.#slots.give();
      }
    } finally {
      this.#pending.delete(deadline);
    }
  }

  close(): void {
    this.#closed = true;
    for (const deadline of this.#pending) {
      deadline.abort(new Error('the client was closed'));
    }
    if (this.#settings.agent === undefined) {
      this.#agent.destroy();
    }
  }

  async #exchange(request: AriRequest, deadline: Deadline): Promise<AriResponse> {
    try {
      const response = await fetch(this.#url(request), this.#init(request, deadline));
      return await read(response, request.operation.returns.kind === 'binary');
    } catch (error) {
      if (deadline.signal.aborted) {
        throw deadline.error('outcomeUnknown');
      }
      throw this.#lost(request, error as Error);
    }
  }

  #url({ path, query }: AriRequest): string {
    return `${this.#settings.baseUrl.href}${path}${query === '' ? '' : `?${query}`}`;
  }

  #init({ operation, body }: AriRequest, deadline: Deadline): RequestInit {
    return {
      method: operation.method,
      headers: {
        authorization: this.#settings.authorization,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body }),
      agent: this.#agent,
      signal: deadline.signal,
      redirect: 'manual',
      compress: false,
    };
  }

  #lost({ operation }: AriRequest, cause: Error): AriConnectionError {
    const delivery = deliveryOf(cause);
    const { host } = this.#settings.baseUrl;
    const state = delivery === 'notSent' ? `${host} could not be reached` : `the connection to ${host} was lost`;
    const reason = (cause as NodeJS.ErrnoException).code ?? cause.message;
    return new AriConnectionError(`${operation.name}: ${state} (${reason})`, delivery, { cause });
  }
}

async function read(response: Response, binary: boolean): Promise<AriResponse> {
  const contentType = response.headers.get('content-type')?.split(';')[0]?.trim() ?? '';
  const { status } = response;
  if (binary && response.ok && response.body !== null) {
    const size = response.headers.get('content-length');
    const stream = response.body as Readable;
    return { status, contentType, text: '', stream, size: size === null ? undefined : Number(size) };
  }
  return { status, contentType, text: await response.text() };
}

/** Failures that happen before a byte of the request has left. */
const beforeSending =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EMFILE|ERR_TLS_\w+|ERR_INVALID_\w+|CERT_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+|ERR_SSL_\w+)$/;

function deliveryOf(cause: Error): Delivery {
  return beforeSending.test((cause as NodeJS.ErrnoException).code ?? '') ? 'notSent' : 'outcomeUnknown';
}
