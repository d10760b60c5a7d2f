import type { Msg, MsgHdrs } from '@nats-io/transport-node';
import { headerNames } from './messages.js';

/** Headers of a message, by name. */
export type Headers = Readonly<Record<string, string | undefined>>;

/** The same as the library takes them. */
export function headersOf(library: { headers(): MsgHdrs }, values: Headers): MsgHdrs {
  const headers = library.headers();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) {
      headers.set(name, value);
    }
  }
  return headers;
}

/** A message that only tries whether it may be sent. */
export function isTrial({ data, headers }: Msg): boolean {
  return data.length === 0 && (headers?.has(headerNames.trial) ?? false);
}

export function bytesOf(payload: string | Uint8Array): Uint8Array {
  return typeof payload === 'string' ? Buffer.from(payload) : payload;
}

/** Bytes of a message as a server counts them: those of its headers, as they travel, are among them. */
export function messageSize(payload: Uint8Array, headers: Headers = {}): number {
  const lines = Object.entries(headers).map(([name, value = '']) => `${name}: ${value}\r\n`);
  const ofHeaders = lines.length === 0 ? 0 : Buffer.byteLength(`NATS/1.0\r\n${lines.join('')}\r\n`);
  return payload.length + ofHeaders;
}
