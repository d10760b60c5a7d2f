import type { IncomingMessage } from 'node:http';

/** A line may have as many bytes, its end included. */
const MAX_LINE = 4096;
const MAX_HEADERS = 100;

/** More than Asterisk takes, so that it is we who refuse. */
export const PARSER_HEADER_BYTES = 1 << 20;

/** A body may have as many bytes. */
export const MAX_BODY = 40_960;

/** What is wrong with the head of a request. */
export interface HeadProblem {
  readonly status: number;
  readonly reason: string;
  readonly text: string;
}

export function checkHead({ method, url, rawHeaders }: IncomingMessage): HeadProblem | undefined {
  if (`${method} ${url} HTTP/1.1\r\n`.length >= MAX_LINE) {
    return { status: 400, reason: 'Bad Request', text: 'Request line too long' };
  }
  if (rawHeaders.length / 2 > MAX_HEADERS) {
    return { status: 413, reason: 'Request Entity Too Large', text: 'Too many headers' };
  }
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (`${rawHeaders[at]}: ${rawHeaders[at + 1]}\r\n`.length >= MAX_LINE) {
      return { status: 400, reason: 'Bad Request', text: 'Header line too long' };
    }
  }
  return undefined;
}
