import type { Agent, IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { AriAbortError } from '../errors/abort-error.js';
import { AriConnectionError } from '../errors/connection-error.js';
import { errorFromStatus } from '../errors/from-status.js';
import { messageOf } from '../rest/server-message.js';
import type { TlsOptions } from '../client/options.js';

/** What it takes to open an event socket. */
export interface SocketOptions {
  /** Of the events resource, its query included; never with credentials. */
  readonly url: URL;
  readonly authorization: string;
  readonly timeoutMs: number;
  readonly agent: Agent | undefined;
  readonly tls: TlsOptions | undefined;
}

/**
 * Opens one event socket; it is paused until `resume()`.
 * @throws {AriHttpError} if Asterisk refuses it; {AriConnectionError} if it is not reached; {AriAbortError}
 */
export function openSocket(options: SocketOptions, signal: AbortSignal): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(options.url, 'ari', {
      headers: { authorization: options.authorization },
      handshakeTimeout: options.timeoutMs,
      perMessageDeflate: false,
      ...(options.agent && { agent: options.agent }),
      ...options.tls,
    });
    const settle = (finish: () => void): void => {
      signal.removeEventListener('abort', onAbort);
      socket.removeAllListeners();
      // What an abandoned socket has still to say must not become an uncaught exception.
      socket.on('error', () => undefined);
      finish();
    };
    const fail = (error: Error): void => {
      settle(() => {
        socket.terminate();
        reject(error);
      });
    };
    const onAbort = (): void =>
      fail(new AriAbortError('opening the event connection was given up', 'notSent', { cause: signal.reason }));
    socket.once('open', () => {
      // The first event may have come with the handshake's last packet: hold it until someone reads.
      socket.pause();
      settle(() => resolve(socket));
    });
    socket.once('error', (cause) => fail(unreachable(options.url, cause)));
    socket.once('unexpected-response', (_request, response) => {
      readRefusal(response).then(fail, fail);
    });
    if (signal.aborted) {
      onAbort();
    } else {
      signal.addEventListener('abort', onAbort, { once: true });
    }
  });
}

function unreachable(url: URL, cause: Error): AriConnectionError {
  return new AriConnectionError(`the event connection to ${url.host} failed: ${cause.message}`, 'notSent', { cause });
}

async function readRefusal(response: IncomingMessage): Promise<Error> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) {
    chunks.push(chunk as Buffer);
  }
  const status = response.statusCode ?? 0;
  const serverMessage = messageOf(Buffer.concat(chunks).toString(), response.headers['content-type'] ?? '');
  return errorFromStatus({ operation: 'events.eventWebsocket', method: 'GET', path: '/events', status, serverMessage });
}
