import type { AriRequest } from './request.js';
import type { AriResponse } from './transport.js';

/** Longest message that Asterisk reads: 65,535 bytes with the header of a masked frame. */
const maxBytes = 65_527;

/** Asterisk's answer to a request over the event connection. */
export interface RestResponse {
  readonly type: 'RESTResponse';
  readonly request_id: string;
  readonly status_code: number;
  readonly reason_phrase?: string;
  readonly content_type?: string;
  readonly message_body?: string;
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

/** The answer as any transport gives it. What has no body says what went wrong in its reason alone. */
export function responseOf(answer: RestResponse): AriResponse {
  const { status_code: status, content_type: contentType = '', reason_phrase: reason = '' } = answer;
  const text = answer.message_body ?? (status >= 400 ? reason : '');
  return { status, contentType, text };
}
