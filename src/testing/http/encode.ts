import type { Reply } from './reply.js';

/** A reply's header fields and body, ready for the wire. */
export interface EncodedReply {
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

export function encodeReply(reply: Reply, server: string): EncodedReply {
  const body = bodyOf(reply);
  const headers: [string, string][] = [
    ['Server', server],
    ['Date', new Date().toUTCString()],
    ...(reply.close === true ? [['Connection', 'close'] as [string, string]] : []),
    ['Cache-Control', 'no-cache, no-store'],
    ...Object.entries(reply.headers ?? {}),
  ];
  const type = reply.bytes?.type ?? (body.length > 0 ? 'application/json' : undefined);
  if (type !== undefined) headers.push(['Content-type', type]);
  headers.push(['Content-Length', String(body.length)]);
  return { headers, body };
}

/** A whole response as bytes, for sockets that are no longer in the hands of the HTTP server. */
export function encodeResponse(reply: Reply, server: string): Buffer {
  const { headers, body } = encodeReply(reply, server);
  const head = [`HTTP/1.1 ${reply.status} ${reply.reason}`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
}

function bodyOf(reply: Reply): Buffer {
  if (reply.bytes) return reply.bytes.content;
  const text = reply.json === undefined ? '' : JSON.stringify(reply.json);
  // Asterisk writes nothing at all of what holds bytes that are no UTF-8, which are this character here.
  return Buffer.from(text.includes('\uFFFD') ? '' : text);
}
