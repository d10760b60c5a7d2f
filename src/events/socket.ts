import type { Agent, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocket, type ClientOptions } from 'ws';
import { AriAbortError } from '../errors/abort-error.js';
import { AriConnectionError } from '../errors/connection-error.js';
import { errorFromStatus } from '../errors/from-status.js';
import { messageOf } from '../rest/server-message.js';
import type { TlsOptions } from '../rest/tls-options.js';

/** What it takes to open a socket to Asterisk. */
export interface SocketOptions {
  readonly purpose: SocketPurpose;
  /** Its query included; never with credentials. */
  readonly url: URL;
  /** None where Asterisk asks for none. */
  readonly authorization: string | undefined;
  readonly timeoutMs: number;
  /** Longest message that is taken, in bytes. @default 100 MiB */
  readonly maxPayload?: number;
  readonly agent: Agent | undefined;
  readonly tls: TlsOptions | undefined;
  /** Takes credentials out of what is shown. */
  readonly redact: (text: string) => string;
}

/** What a socket is for. */
export interface SocketPurpose {
  /** As errors call it: `event connection`. */
  readonly name: string;
  readonly protocol: 'ari' | 'media';
  /** The operation that is refused if the socket is, and its path. */
  readonly operation: string;
  readonly path: string;
}

/** An open socket and the connection below it. */
export interface EventSocket {
  readonly socket: WebSocket;
  readonly wire: Socket;
}

/** What ws takes; its types lag behind. */
interface WebSocketOptions extends ClientOptions {
  readonly closeTimeout: number;
}

/** How long the other end may take to agree that a socket is closed; then it is cut. */
const closingMs = 1_000;

/** How much is read of a refusal; a page longer than that says nothing more. */
const refusalBytes = 65_536;

/**
 * Opens a socket; it is paused until `resume()`.
 * @throws {AriHttpError} if Asterisk refuses it; {AriConnectionError} if it is not reached; {AriAbortError}
 */
export function openSocket(options: SocketOptions, signal: AbortSignal): Promise<EventSocket> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(givenUp(options, signal));
      return;
    }
    const socket = new WebSocket(options.url, options.purpose.protocol, webSocketOptions(options));
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
    const onAbort = (): void => fail(givenUp(options, signal));
    let wire: Socket;
    socket.once('upgrade', (response) => {
      wire = response.socket;
    });
    socket.once('open', () => {
      // The first event may have come with the handshake's last packet: hold it until someone reads.
      socket.pause();
      settle(() => resolve({ socket, wire }));
    });
    socket.once('error', (cause) => fail(unreachable(options, cause)));
    socket.once('unexpected-response', (_request, response) => {
      readRefusal(response, options).then(fail, (cause: Error) => fail(unreachable(options, cause)));
    });
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

function webSocketOptions({ authorization, timeoutMs, maxPayload, agent, tls }: SocketOptions): WebSocketOptions {
  return {
    ...tls,
    headers: { ...(authorization !== undefined && { authorization }) },
    handshakeTimeout: timeoutMs,
    closeTimeout: closingMs,
    perMessageDeflate: false,
    followRedirects: false,
    ...(maxPayload !== undefined && { maxPayload }),
    ...(agent && { agent }),
  };
}

function givenUp({ purpose }: SocketOptions, signal: AbortSignal): AriAbortError {
  return new AriAbortError(`opening the ${purpose.name} was given up`, 'notSent', { cause: signal.reason });
}

function unreachable({ purpose, url }: SocketOptions, cause: Error): AriConnectionError {
  return new AriConnectionError(`the ${purpose.name} to ${url.host} failed: ${cause.message}`, 'notSent', { cause });
}

async function readRefusal(response: IncomingMessage, { purpose, timeoutMs, redact }: SocketOptions): Promise<Error> {
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
  const { operation, path } = purpose;
  return errorFromStatus({ operation, method: 'GET', path, status, serverMessage });
}
