import type { IncomingMessage } from 'node:http';

/** Whether the request speaks ARI: it offers the subprotocol, or none. */
export function offersAri({ headers }: IncomingMessage): boolean {
  const offered = headers['sec-websocket-protocol'];
  return offered === undefined || offered.split(',').some((protocol) => isAri(protocol.trim()));
}

export function isAri(protocol: string): boolean {
  return protocol.toLowerCase() === 'ari';
}
