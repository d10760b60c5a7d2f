import type { Agent, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocket, type ClientOptions } from 'ws';
import { AriAbortError } from '../errors/abort-error.js';
import { AriConnectionError } from '../errors/connection-error.js';
import { errorFromStatus } from '../errors/from-status.js';
import { messageOf } from '../rest/server-message.js';
import type { TlsOptions } from '../rest/tls-options.js';

/** What it takes to open an event socket. */
export interface SocketOptions {
  /** Of the events resource, its query included; never with credentials. */
  readonly url: URL;
  readonly authorization: string;
  readonly timeoutMs: number;
  readonly agent: Agent | undefined;
  readonly tls: TlsOptions | undefined;
  /** Takes credentials out of what is shown. */
  readonly redact: (text: string) => string;
}

/** An open event socket and the connection below it. */
export interface EventSocket {
  readonly socket: WebSocket;
  readonly wire: Socket;
  /** Gives up what has come before somebody read, each with whether it is binary. */
  readonly early?: () => readonly (readonly [frame: Buffer, isBinary: boolean])[];
}

/** What ws takes; its types lag behind. */
interface WebSocketOptions extends ClientOptions {
  readonly closeTimeout: number;
}

/** How long the other end may take to agree that a socket is closed; then it is cut. */
export const closingMs = 1_000;

/** How much is read of a refusal; a page longer than that says nothing more. */
const refusalBytes = 65_536;

/**
 * Opens one event socket; it is paused until `resume()`.
 * @throws {AriHttpError} if Asterisk refuses it; {AriConnectionError} if it is not reached; {AriAbortError}
 */
export function openSocket(options: SocketOptions, signal: AbortSignal): Promise<EventSocket> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(givenUp(signal));
      return;
    }
    const socket = new WebSocket(options.url, 'ari', webSocketOptions(options));
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
    const onAbort = (): void => fail(givenUp(signal));
    let wire: Socket;
    socket.once('upgrade', (response) => {
      wire = response.socket;
    });
    socket.once('open', () => {
      // The first event may have come with the handshake's last packet: hold it until someone reads.
      socket.pause();
      settle(() => resolve({ socket, wire }));
    });
    socket.once('error', (cause) => fail(unreachable(options.url, cause)));
    socket.once('unexpected-response', (_request, response) => {
      readRefusal(response, options).then(fail, (cause: Error) => fail(unreachable(options.url, cause)));
    });
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

function webSocketOptions({ authorization, timeoutMs, agent, tls }: SocketOptions): WebSocketOptions {
  return {
    ...tls,
    headers: { authorization },
    handshakeTimeout: timeoutMs,
    closeTimeout: closingMs,
    perMessageDeflate: false,
    followRedirects: false,
    ...(agent && { agent }),
  };
}

function givenUp(signal: AbortSignal): AriAbortError {
  return new AriAbortError('opening the event connection was given up', 'notSent', { cause: signal.reason });
}

function unreachable(url: URL, cause: Error): AriConnectionError {
  return new AriConnectionError(`the event connection to ${url.host} failed: ${cause.message}`, 'notSent', { cause });
}

async function readRefusal(response: IncomingMessage, { timeoutMs, redact }: SocketOptions): Promise<Error> {
  const chunks: Buffer[] = [];
  let size = 0;
  response.setTimeout(timeoutMs, () => response.destroy(new Error('the refusal did not end')));
  for await (const chunk of response) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > refusalBytes) {
      break;
    }
  }
  const status = response.statusCode ?? 0;
  const text = redact(Buffer.concat(chunks).toString());
  const serverMessage = messageOf(text, response.headers['content-type'] ?? '');
  return errorFromStatus({ operation: 'events.eventWebsocket', method: 'GET', path: '/events', status, serverMessage });
}
