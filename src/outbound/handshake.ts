import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

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

/** What is said to a request that is not let in. */
export interface Refusal {
  readonly status: number;
  readonly reason: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers an upgrade with a refusal and closes the connection. */
export function refuseUpgrade(socket: Duplex, { status, reason, headers = {} }: Refusal): void {
  const lines = Object.entries({
    ...headers,
    Connection: 'close',
    'Content-Type': 'text/plain',
    'Content-Length': String(Buffer.byteLength(reason)),
  }).map(([name, value]) => `${name}: ${value}`);
  socket.on('error', () => undefined);
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('\r\n')}\r\n\r\n${reason}`);
}

/** Whether the request speaks ARI: it offers the subprotocol, or none. */
export function offersAri({ headers }: IncomingMessage): boolean {
  const offered = headers['sec-websocket-protocol'];
  return offered === undefined || offered.split(',').some((protocol) => isAri(protocol.trim()));
}

export function isAri(protocol: string): boolean {
  return protocol.toLowerCase() === 'ari';
}
