import { AriHttpError } from '../errors/http-error.js';
import type { AriResponse } from './transport.js';

/** How long Asterisk's HTTP server may answer 404 while it starts: it listens before ARI is loaded. */
export const bootingMs = 60_000;

/** Asterisk is there and has not finished starting; every request is refused unread. */
export function isNotBooted({ status, text }: AriResponse): boolean {
  return status === 503 && text.includes('not booted');
}

/** The refusal of an event connection while Asterisk is starting, or of a proxy before it. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof AriHttpError && error.status === 503;
}

/** A page that says 404, where ARI itself answers JSON: what answers is not ARI. */
export function isMissingPage({ status, contentType }: AriResponse): boolean {
  return status === 404 && contentType.includes('html');
}

/** Such a page of Asterisk's own HTTP server, which listens before ARI is loaded. Apache's is the same but for the rule. */
export function isAsteriskPage(response: AriResponse): boolean {
  return isMissingPage(response) && /<hr \/>\s{0,9}<address>/.test(response.text);
}
