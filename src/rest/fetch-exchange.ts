import type { Agent } from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { AriProtocolError } from '../errors/protocol-error.js';
import { mustBe } from '../support/describe.js';
import { AnswerBody } from './answer-body.js';
import type { Deadline } from './deadline.js';
import { ExchangeFailure } from './exchange-failure.js';
import type { Fetch, FetchInit, FetchResponse } from './fetch.js';
import { FileBody } from './file-body.js';
import type { Headers, HttpExchange } from './http-exchange.js';
import { mediaType } from './headers.js';
import type { AriRequest } from './request.js';
import { isStatus } from './status.js';
import type { AriResponse } from './transport.js';

/** Requests by a WHATWG `fetch`, whose bodies are streams. */
export class FetchExchange implements HttpExchange {
  readonly #origin: string;
  readonly #fetch: Fetch;
  readonly #redact: (text: string) => string;

  /** @param redact takes secrets out of what is shown */
  constructor(baseUrl: URL, fetch: Fetch, redact: (text: string) => string) {
    this.#origin = baseUrl.origin;
    this.#fetch = fetch;
    this.#redact = redact;
  }

  async ask(request: AriRequest, path: string, headers: Headers, deadline: Deadline): Promise<AriResponse> {
    const { operation, body } = request;
    const { method, name, returns } = operation;
    const { signal } = deadline;
    const init = { method, headers, ...(body !== undefined && { body }), signal, redirect: 'manual' } as const;
    const response = await this.#inTime(`${this.#origin}${path}`, init, deadline);
    checkResponse(name, response);
    try {
      return returns.kind === 'binary' && response.ok && response.body !== null
        ? this.#file(name, response, response.body, deadline)
        : await deadline.limit(read(response, name), 'outcomeUnknown');
    } catch (error) {
      throw new ExchangeFailure(error, 'outcomeUnknown');
    }
  }

  /** A fetch of the application may give anything, and may not heed its signal. */
  async #inTime(url: string, init: FetchInit, deadline: Deadline): Promise<FetchResponse> {
    const answer = (async () => this.#fetch(url, init))();
    try {
      return await deadline.limit(answer, 'outcomeUnknown');
    } catch (error) {
      answer.then(letGo, () => undefined);
      throw error;
    }
  }

  #file(
    operation: string,
    { status, headers }: FetchResponse,
    body: NonNullable<FetchResponse['body']>,
    deadline: Deadline,
  ): AriResponse {
    const source = body instanceof Readable ? body : Readable.fromWeb(body as ReadableStream);
    // Of a file that was compressed on the way, that is not its size.
    const told = headers.get('content-encoding') === null ? headers.get('content-length') : null;
    const size = told === null ? undefined : Number(told);
    const stream = new FileBody(source, { operation, size, redact: this.#redact });
    deadline.whenEnded(() => stream.destroy(deadline.error('outcomeUnknown')));
    return { status, contentType: mediaType(headers.get('content-type') ?? ''), text: '', stream, size };
  }
}

/** Of an answer that comes too late, the body would keep a connection. */
function letGo(response: FetchResponse | undefined): void {
  const { body } = response ?? {};
  if (body instanceof Readable) {
    body.on('error', () => undefined).destroy();
  } else if (body !== undefined && body !== null && 'cancel' in body) {
    body.cancel().catch(() => undefined);
  }
}

/** node-fetch, loaded when it is first needed: most programs never fetch a file. */
export function nodeFetch(agent: Agent): Fetch {
  return async (url, { headers, ...init }) => {
    const { default: fetch } = await import('node-fetch');
    return fetch(url, { ...init, headers: { ...headers, 'accept-encoding': 'identity' }, agent });
  };
}

/** A fetch of the application may give anything. @throws {AriProtocolError} */
function checkResponse(operation: string, response: unknown): void {
  const { status, headers } = (response ?? {}) as { status?: unknown; headers?: { get?: unknown } | null };
  if (!isStatus(status)) {
    throw new AriProtocolError(
      `${operation}: what 'fetch' gave is no answer: status ${mustBe('a status of HTTP', status)}`,
    );
  }
  if (typeof headers?.get !== 'function') {
    throw new AriProtocolError(`${operation}: what 'fetch' gave is no answer: it has no headers to get`);
  }
}

async function read({ status, headers, body: stream }: FetchResponse, operation: string): Promise<AriResponse> {
  const body = new AnswerBody(operation, status >= 300);
  for await (const chunk of (stream ?? []) as AsyncIterable<Uint8Array>) {
    if (!body.add(chunk)) {
      break;
    }
  }
  // What was compressed on the way, a fetch has undone.
  return { status, contentType: mediaType(headers.get('content-type') ?? ''), text: body.text('') };
}
