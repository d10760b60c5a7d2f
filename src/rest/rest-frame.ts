import type { Operation } from '../contract/operation.js';
import { AriProtocolError } from '../errors/protocol-error.js';
import { mustBe } from '../support/describe.js';
import type { AriRequest } from './request.js';
import { isStatus } from './status.js';
import type { AriResponse } from './transport.js';

/** Longest message that Asterisk reads: 65,535 bytes with the header of a masked frame. */
const maxBytes = 65_527;

/** Asterisk's answer to a request over the event connection, as it comes: nothing of it has been looked at. */
export interface RestResponse {
  readonly request_id?: unknown;
  readonly status_code?: unknown;
  readonly reason_phrase?: unknown;
  readonly content_type?: unknown;
  readonly message_body?: unknown;
}

/** The message that asks over the event connection. `id` comes back with the answer. */
export function requestFrame(id: string, { operation, path, query, body }: AriRequest): string {
  return JSON.stringify({
    type: 'RESTRequest',
    request_id: id,
    method: operation.method,
    uri: query === '' ? path.slice(1) : `${path.slice(1)}?${query}`,
    ...(body !== undefined && { content_type: 'application/json', message_body: body }),
  });
}

export function fitsFrame(text: string): boolean {
  // A character of a JSON text is at most three bytes long in UTF-8.
  return text.length * 3 <= maxBytes || Buffer.byteLength(text) <= maxBytes;
}

/**
 * The answer as any transport gives it. What has no body says what went wrong in its reason alone.
 * @throws {AriProtocolError} for a field that is not what it must be
 */
export function responseOf({ name }: Operation, answer: RestResponse): AriResponse {
  const status = answer.status_code;
  if (!isStatus(status)) {
    throw odd(name, 'status_code', 'a status of HTTP', status);
  }
  const reason = textOf(name, answer, 'reason_phrase');
  const contentType = textOf(name, answer, 'content_type');
  const body = textOf(name, answer, 'message_body');
  return { status, contentType, text: answer.message_body === undefined && status >= 400 ? reason : body };
}

function textOf(name: string, answer: RestResponse, field: keyof RestResponse): string {
  const { [field]: value = '' } = answer;
  if (typeof value !== 'string') {
    throw odd(name, field, 'a string', value);
  }
  return value;
}

function odd(name: string, field: string, what: string, value: unknown): AriProtocolError {
  return new AriProtocolError(
    `${name}: the answer over the event connection is malformed: ${field} ${mustBe(what, value)}`,
  );
}
