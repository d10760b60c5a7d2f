import type { Msg } from '@nats-io/transport-node';
import type { Delivery } from '../../errors/delivery.js';
import { AriProtocolError } from '../../errors/protocol-error.js';
import { isUnanswered } from '../../errors/unanswered.js';
import type { Operation } from '../../contract/operation.js';
import type { RequestOptions } from '../../contract/request-options.js';
import { faultIn } from '../../rest/json-fault.js';
import type { AriRequest } from '../../rest/request.js';
import type { AriResponse } from '../../rest/transport.js';
import { Activity } from '../../support/activity.js';
import { errorText } from '../../support/error-text.js';
import type { Logger } from '../../support/logger.js';
import { pause } from '../../support/pause.js';
import { within } from '../../support/within.js';
import { defaultTimeoutMs, headerNames, readRequest, type RelayFailure, type RequestMessage } from '../messages.js';
import type { NatsLink } from '../nats-link.js';
import { partsOf } from '../parts.js';
import type { Calls } from './calls.js';

/** Longest time that a request may take, whoever sends it. */
const maxTimeoutMs = 300_000;

export interface RequestsParts {
  readonly link: NatsLink;
  readonly calls: Calls;
  readonly send: (request: AriRequest, options: RequestOptions) => Promise<AriResponse>;
  readonly logger: Logger;
}

/** Passes requests of workers on to Asterisk as they are, and its answers back. */
export class Requests {
  readonly #parts: RequestsParts;
  readonly #pending = new Activity();
  /** When the last one was answered. */
  #doneAt = -Infinity;

  constructor(parts: RequestsParts) {
    this.#parts = parts;
  }

  /** Resolves when all requests are answered, but not later than after this time. */
  done(withinMs: number): Promise<void> {
    return within(withinMs, this.#pending.rest());
  }

  /** Resolves when nobody has asked anything for so long, counted from a time of `performance.now()` on, or the signal aborts. */
  async quiet(forMs: number, since: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#pending.rest();
      const leftMs = Math.max(this.#doneAt, since) + forMs - performance.now();
      if (leftMs <= 0) {
        return;
      }
      await pause(leftMs, signal);
    }
  }

  /** Passes a request on, and the answer back. Never rejects. */
  async handle(message: Msg): Promise<void> {
    const { link, logger } = this.#parts;
    this.#pending.begin();
    try {
      const answer = await this.#answer(message);
      if (!link.respond(message, answer)) {
        this.#respondInParts(message, Buffer.from(answer));
      }
    } catch (error) {
      logger.error(`a request could not be answered: ${errorText(error)}`);
    } finally {
      this.#doneAt = performance.now();
      this.#pending.end();
    }
  }

  /** Who knows nothing of parts is told why there is no answer. */
  #respondInParts(message: Msg, answer: Buffer): void {
    const { link } = this.#parts;
    const parts = partsOf(answer, link.maxPayload);
    const reason = `the answer has ${answer.length} bytes, and NATS takes ${link.maxPayload}`;
    link.respond(message, failure(reason, 'outcomeUnknown'), { [headerNames.parts]: String(parts.length) });
    parts.forEach((part) => link.respond(message, part));
  }

  async #answer(message: Msg): Promise<string> {
    const wanted = readRequest(message.data);
    let request: AriRequest | undefined;
    try {
      request = wanted && requestOf(wanted, message);
    } catch (error) {
      return failure(`this is no request: ${(error as Error).message}`, 'notSent');
    }
    if (request === undefined) {
      return failure('this is no RESTRequest with method and uri', 'notSent');
    }
    const undo = this.#noteCreation(message);
    try {
      const response = await this.#parts.send(request, { timeoutMs: timeoutOf(message) });
      if (response.status >= 400) {
        undo();
      }
      return answerOf(response);
    } catch (error) {
      const delivery = deliveryOf(error);
      if (delivery === 'notSent') {
        undo();
      }
      return failure(errorText(error), delivery, codeOf(error));
    }
  }

  /** A channel that a worker makes is its own from the beginning. Returns what takes that back. */
  #noteCreation({ headers }: Msg): () => void {
    const channelId = decoded(headers?.get(headerNames.creates) ?? '');
    const worker = headers?.get(headerNames.worker) ?? '';
    if (channelId === '' || worker === '') {
      return () => undefined;
    }
    this.#parts.calls.making(channelId, worker);
    return () => this.#parts.calls.notMade(channelId);
  }
}

function deliveryOf(error: unknown): Delivery {
  if (isUnanswered(error)) {
    return error.delivery;
  }
  // An answer that cannot be read is one to what was sent; whatever else fails does so before.
  return error instanceof AriProtocolError ? 'outcomeUnknown' : 'notSent';
}

/** Ids are percent-encoded in headers, where not all characters may stand. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** A part between slashes that is empty, `.` or `..`. */
const improperPart = /(?:^|\/)\.{0,2}(?:\/|$)/;

/** Undefined for what is no path below `/ari`. */
function requestOf(wanted: RequestMessage, { headers }: Msg): AriRequest | undefined {
  const { method, uri, query_strings: more = [], message_body: body } = wanted;
  const begin = uri.startsWith('/') ? 1 : 0;
  const end = uri.indexOf('?');
  const path = uri.slice(begin, end === -1 ? undefined : end);
  if (improperPart.test(path)) {
    return undefined;
  }
  for (const [name, text] of Object.entries({ uri, message_body: body ?? '' })) {
    if (faultIn(text) !== undefined) {
      throw new Error(`${name} must be well-formed Unicode without NUL`);
    }
  }
  const asked = end === -1 ? '' : uri.slice(end + 1);
  const query = more.length === 0 ? asked : [asked, ...more.map(pair)].filter((part) => part !== '').join('&');
  const template = templateOf(path);
  const operation: Operation = {
    name: `${method} ${template}`,
    method,
    path: template,
    params: {},
    returns: { kind: 'data' },
    ...(headers?.get(headerNames.blocking) && { blocking: true }),
  };
  return { operation, path: `/${path}`, query, body };
}

/** Which object a request is about is told by its template: requests about one keep their order. */
function templateOf(path: string): string {
  const id = path.indexOf('/') + 1;
  const rest = path.indexOf('/', id);
  return id === 0 ? `/${path}` : `/${path.slice(0, id)}{id}${rest === -1 ? '' : path.slice(rest)}`;
}

function pair({ name, value }: { readonly name: string; readonly value: string }): string {
  return `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
}

function timeoutOf({ headers }: Msg): number {
  const given = Number(headers?.get(headerNames.timeout));
  return Number.isInteger(given) && given > 0 ? Math.min(given, maxTimeoutMs) : defaultTimeoutMs;
}

/** As Asterisk answers over its event connection. */
function answerOf({ status, contentType, text }: AriResponse): string {
  return JSON.stringify({
    type: 'RESTResponse',
    status_code: status,
    ...(text !== '' && { content_type: contentType, message_body: text }),
  });
}

function failure(reason: string, delivery: Delivery, code?: string): string {
  return JSON.stringify({ type: 'RelayFailure', reason, delivery, ...(code && { code }) } satisfies RelayFailure);
}

/** The system's code for why Asterisk was not reached; undefined for anything else. */
function codeOf(error: unknown): string | undefined {
  const { code } = ((error as Error).cause ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' ? code : undefined;
}
