import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Tells whether an `Authorization` header is that of a user, in a time that does not depend on what it says. */
export function basicAuthentication(username: string, password: string): (header: string | undefined) => boolean {
  const key = randomBytes(32);
  const digest = (text: string): Buffer => createHmac('sha256', key).update(text).digest();
  const expected = digest(Buffer.from(`${username}:${password}`).toString('base64'));
  return (header = '') => {
    const [, proof = ''] = /^basic +([a-z\d+/]+=*)$/i.exec(header) ?? [];
    return timingSafeEqual(digest(proof), expected);
  };
}

/** Whether the request speaks ARI: it offers the subprotocol, or none. */
export function offersAri({ headers }: IncomingMessage): boolean {
  const offered = headers['sec-websocket-protocol'];
  return offered === undefined || offered.split(',').some((protocol) => isAri(protocol.trim()));
}

export function isAri(protocol: string): boolean {
  return protocol.toLowerCase() === 'ari';
}
