import type { Agent } from 'node:http';
import { notSentByClosed } from '../errors/client-closed.js';
import { AriConnectionError } from '../errors/connection-error.js';
import type { Delivery } from '../errors/delivery.js';
import { AriError } from '../errors/ari-error.js';
import { cleanError } from '../support/clean-error.js';
import { errorText } from '../support/error-text.js';
import { makeAgent } from './agent.js';
import type { Deadline } from './deadline.js';
import { ExchangeFailure } from './exchange-failure.js';
import { FetchExchange, nodeFetch } from './fetch-exchange.js';
import type { Headers, HttpExchange } from './http-exchange.js';
import type { HttpSettings } from './http-settings.js';
import { NodeExchange } from './node-exchange.js';
import type { AriRequest } from './request.js';
import { Slots, type Taken } from './slots.js';
import type { AriResponse, Transport } from './transport.js';

/** Requests over HTTP, a bounded number at a time: JSON by `node:http`, files by node-fetch, or all by another fetch. */
export class HttpTransport implements Transport {
  readonly #settings: HttpSettings;
  /** Path of the base URL. */
  readonly #base: string;
  readonly #ownAgent: Agent | undefined;
  readonly #json: HttpExchange;
  readonly #files: HttpExchange;
  readonly #slots: Slots;
  #closed = false;

  constructor(settings: HttpSettings) {
    const { baseUrl, fetch, agent, maxSockets, maxQueued, redact } = settings;
    this.#settings = settings;
    this.#base = baseUrl.pathname;
    this.#slots = new Slots({ max: maxSockets, maxQueued, maxSlow: maxSockets });
    if (fetch === undefined) {
      const connections = agent ?? makeAgent(settings);
      this.#ownAgent = agent === undefined ? connections : undefined;
      this.#json = new NodeExchange(baseUrl, connections);
      this.#files = new FetchExchange(baseUrl, nodeFetch(connections), redact);
    } else {
      this.#json = new FetchExchange(baseUrl, fetch, redact);
      this.#files = this.#json;
    }
  }

  async send(request: AriRequest, deadline: Deadline): Promise<AriResponse> {
    if (this.#closed) {
      throw notSentByClosed(request.operation.name);
    }
    const made = this.#settings.headers?.();
    const extra = made instanceof Promise ? await deadline.limit(made, 'notSent') : made;
    const turn = this.#slots.take(deadline);
    const slot = turn instanceof Promise ? await turn : turn;
    let answer: AriResponse | undefined;
    try {
      answer = await this.#ask(request, extra, deadline);
      return answer;
    } catch (error) {
      throw this.#explain(request, error, deadline);
    } finally {
      this.#give(slot, answer?.stream);
    }
  }

  close(): void {
    this.#closed = true;
    this.#ownAgent?.destroy();
  }

  /** A file that is still being read keeps its connection busy. */
  #give(slot: Taken | undefined, stream: AriResponse['stream']): void {
    if (stream === undefined || stream.closed) {
      this.#slots.give(slot);
    } else {
      stream.once('close', () => this.#slots.give(slot));
    }
  }

  #ask(request: AriRequest, extra: Headers | undefined, deadline: Deadline): Promise<AriResponse> {
    const { path, query, operation } = request;
    const target = query === '' ? this.#base + path : `${this.#base}${path}?${query}`;
    const exchange = operation.returns.kind === 'binary' ? this.#files : this.#json;
    return exchange.ask(request, target, this.#headers(request, extra), deadline);
  }

  #headers({ body }: AriRequest, extra: Headers | undefined): Headers {
    const { authorization } = this.#settings;
    return body === undefined
      ? { authorization, ...extra }
      : { authorization, ...extra, 'content-type': 'application/json' };
  }

  #explain(request: AriRequest, thrown: unknown, deadline: Deadline): AriError {
    const { failure: error, delivery } =
      thrown instanceof ExchangeFailure ? thrown : { failure: thrown, delivery: undefined };
    if (error instanceof AriError) {
      return error;
    }
    if (deadline.hasEnded) {
      return deadline.error('outcomeUnknown');
    }
    try {
      return this.#lost(request, rootOf(error), delivery);
    } catch {
      // A fetch of the application may throw anything, even an error that cannot be read.
      return this.#lost(request, new Error(errorText(error)), delivery);
    }
  }

  #lost({ operation }: AriRequest, cause: Error, delivery = deliveryOf(cause)): AriConnectionError {
    const { redact, baseUrl } = this.#settings;
    const { host } = baseUrl;
    const state = delivery === 'notSent' ? `${host} could not be reached` : `the connection to ${host} was lost`;
    const { code } = cause as { code?: unknown };
    const reason = typeof code === 'string' ? code : redact(cause.message);
    const options = { cause: cleanError(cause, redact) };
    return new AriConnectionError(`${operation.name}: ${state} (${reason})`, delivery, options);
  }
}

/** So many causes are looked behind. */
const maxCauses = 8;

/** WHATWG fetch hides what happened behind a `TypeError: fetch failed`. */
function rootOf(thrown: unknown): Error {
  let error = thrown instanceof Error ? thrown : new Error(errorText(thrown));
  for (let depth = 0; depth < maxCauses && !('code' in error) && error.cause instanceof Error; depth += 1) {
    error = error.cause;
  }
  return error;
}

/** Failures that happen before a byte of the request has left. */
const beforeSending =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EMFILE|ERR_TLS_\w+|ERR_INVALID_\w+|CERT_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+|ERR_SSL_\w+|UND_ERR_CONNECT_\w+)$/;

function deliveryOf(cause: Error): Delivery {
  // Of several addresses that were tried, each has an error of its own.
  const first = cause instanceof AggregateError ? (cause.errors[0] as unknown) : cause;
  const { code = '', syscall } = (first ?? cause) as NodeJS.ErrnoException;
  return syscall === 'connect' || beforeSending.test(code) ? 'notSent' : 'outcomeUnknown';
}
