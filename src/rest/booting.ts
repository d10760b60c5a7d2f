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

/** A page of the HTTP server, where ARI itself answers JSON: for 404, there is no ARI at all. */
export function isPage({ contentType }: AriResponse): boolean {
  return contentType.includes('html');
}
