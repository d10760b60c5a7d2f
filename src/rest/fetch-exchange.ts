import type { Agent } from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { AriProtocolError } from '../errors/protocol-error.js';
import { mustBe } from '../support/describe.js';
import { AnswerBody } from './answer-body.js';
import type { Deadline } from './deadline.js';
import type { Fetch, FetchResponse } from './fetch.js';
import type { Headers, HttpExchange } from './http-exchange.js';
import { mediaType } from './headers.js';
import type { AriRequest } from './request.js';
import { isStatus } from './status.js';
import type { AriResponse } from './transport.js';

/** Requests by a WHATWG `fetch`, whose bodies are streams. */
export class FetchExchange implements HttpExchange {
  readonly #origin: string;
  readonly #fetch: Fetch;

  constructor(baseUrl: URL, fetch: Fetch) {
    this.#origin = baseUrl.origin;
    this.#fetch = fetch;
  }

  async ask(
    { operation, body }: AriRequest,
    path: string,
    headers: Headers,
    { signal }: Deadline,
  ): Promise<AriResponse> {
    const { method, name, returns } = operation;
    const init = { method, headers, ...(body !== undefined && { body }), signal, redirect: 'manual' } as const;
    const response = await this.#fetch(`${this.#origin}${path}`, init);
    checkResponse(name, response);
    return returns.kind === 'binary' && response.ok && response.body !== null
      ? streamOf(response, response.body)
      : await read(response, name);
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

function streamOf({ status, headers }: FetchResponse, body: NonNullable<FetchResponse['body']>): AriResponse {
  const stream = body instanceof Readable ? body : Readable.fromWeb(body as ReadableStream);
  // Of a file that was compressed on the way, that is not its size.
  const size = headers.get('content-encoding') === null ? headers.get('content-length') : null;
  return {
    status,
    contentType: mediaType(headers.get('content-type') ?? ''),
    text: '',
    stream,
    size: size === null ? undefined : Number(size),
  };
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
