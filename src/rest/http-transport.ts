import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import nodeFetch from 'node-fetch';
import type { Settings } from '../client/settings.js';
import { AriConnectionError } from '../errors/connection-error.js';
import type { Delivery } from '../errors/delivery.js';
import type { Deadline } from './deadline.js';
import type { FetchResponse } from './fetch.js';
import { LightSignal } from './light-signal.js';
import type { AriRequest } from './request.js';
import { Slots } from './slots.js';
import type { AriResponse, Transport } from './transport.js';

/** Asterisk closes an idle connection after 15 s without a hint; ours must go first. */
const idleMs = 10_000;

/** Requests over HTTP, by node-fetch or another fetch, a bounded number at a time. */
export class HttpTransport implements Transport {
  readonly #settings: Settings;
  readonly #fetch: DeadlineFetch;
  readonly #ownAgent: HttpAgent | undefined;
  readonly #slots: Slots;
  #closed = false;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#ownAgent = settings.agent === undefined && settings.fetch === undefined ? makeAgent(settings) : undefined;
    this.#fetch = makeFetch(settings, settings.agent ?? this.#ownAgent);
    this.#slots = new Slots(settings.maxSockets, settings.maxQueued);
  }

  async send(request: AriRequest, deadline: Deadline): Promise<AriResponse> {
    if (this.#closed) {
      throw new AriConnectionError(`${request.operation.name} was not sent: the client is closed`, 'notSent');
    }
    const turn = this.#slots.take(deadline);
    if (turn !== undefined) {
      await turn;
    }
    try {
      return await this.#exchange(request, deadline);
    } finally {
      this.#slots.give();
    }
  }

  close(): void {
    this.#closed = true;
    this.#ownAgent?.destroy();
  }

  async #exchange(request: AriRequest, deadline: Deadline): Promise<AriResponse> {
    try {
      const response = await this.#fetch(this.#url(request), request, this.#headers(request), deadline);
      return await read(response, request.operation.returns.kind === 'binary');
    } catch (error) {
      if (deadline.hasEnded) {
        throw deadline.error('outcomeUnknown');
      }
      throw this.#lost(request, rootOf(error as Error));
    }
  }

  #url({ path, query }: AriRequest): string {
    return `${this.#settings.baseUrl.href}${path}${query === '' ? '' : `?${query}`}`;
  }

  #headers({ body }: AriRequest): Record<string, string> {
    const { authorization } = this.#settings;
    return body === undefined ? { authorization } : { authorization, 'content-type': 'application/json' };
  }

  #lost({ operation }: AriRequest, cause: Error): AriConnectionError {
    const delivery = deliveryOf(cause);
    const { host } = this.#settings.baseUrl;
    const state = delivery === 'notSent' ? `${host} could not be reached` : `the connection to ${host} was lost`;
    const reason = (cause as NodeJS.ErrnoException).code ?? cause.message;
    return new AriConnectionError(`${operation.name}: ${state} (${reason})`, delivery, { cause });
  }
}

function makeAgent({ baseUrl, maxSockets, tls }: Settings): HttpAgent {
  const options = { keepAlive: true, maxSockets, timeout: idleMs };
  return baseUrl.protocol === 'https:' ? new HttpsAgent({ ...options, ...tls }) : new HttpAgent(options);
}

/** A fetch that is given up when the deadline ends. */
type DeadlineFetch = (
  url: string,
  request: AriRequest,
  headers: Record<string, string>,
  deadline: Deadline,
) => Promise<FetchResponse>;

function makeFetch({ fetch }: Settings, agent: HttpAgent | undefined): DeadlineFetch {
  if (fetch !== undefined) {
    return (url, { operation: { method }, body }, headers, { signal }) =>
      fetch(url, { method, headers, ...(body !== undefined && { body }), signal, redirect: 'manual' });
  }
  // One literal, not copied together of parts: this is done for every request.
  return (url, { operation: { method }, body = null }, headers, deadline) =>
    nodeFetch(url, {
      method,
      headers,
      body,
      agent,
      compress: false,
      redirect: 'manual',
      signal: new LightSignal(deadline),
    });
}

async function read(response: FetchResponse, binary: boolean): Promise<AriResponse> {
  const contentType = response.headers.get('content-type')?.split(';')[0]?.trim() ?? '';
  const { status, body } = response;
  if (binary && response.ok && body !== null) {
    const size = response.headers.get('content-length');
    const stream = body instanceof Readable ? body : Readable.fromWeb(body as ReadableStream);
    return { status, contentType, text: '', stream, size: size === null ? undefined : Number(size) };
  }
  return { status, contentType, text: await response.text() };
}

/** WHATWG fetch hides what happened behind a `TypeError: fetch failed`. */
function rootOf(error: Error): Error {
  const { cause } = error;
  return 'code' in error || !(cause instanceof Error) ? error : rootOf(cause);
}

/** Failures that happen before a byte of the request has left. */
const beforeSending =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EMFILE|ERR_TLS_\w+|ERR_INVALID_\w+|CERT_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+|ERR_SSL_\w+|UND_ERR_CONNECT_\w+)$/;

function deliveryOf(cause: Error): Delivery {
  return beforeSending.test((cause as NodeJS.ErrnoException).code ?? '') ? 'notSent' : 'outcomeUnknown';
}
