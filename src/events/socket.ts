import type { Agent } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocket, type ClientOptions } from 'ws';
import { AriAbortError } from '../errors/abort-error.js';
import { AriConnectionError } from '../errors/connection-error.js';
import { AriTimeoutError } from '../errors/timeout-error.js';
import type { TlsOptions } from '../rest/tls-options.js';
import { cleanError } from '../support/clean-error.js';
import { readRefusal } from './refusal.js';

/** What it takes to open an event socket. */
export interface SocketOptions {
  /** Of the events resource, its query included; never with credentials. */
  readonly url: URL;
  readonly authorization: string;
  /** Longest time until it is open, in milliseconds; 0 for no limit. */
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
  /** Whether the server named the subprotocol that we asked for. */
  readonly namesProtocol: boolean;
}

/** What ws takes; its types lag behind. */
interface WebSocketOptions extends ClientOptions {
  readonly closeTimeout: number;
}

const protocol = 'ari';

/** How long the other end may take to agree that a socket is closed; then it is cut. */
const closingMs = 1_000;

/** How long the words of a refusal are waited for, in milliseconds, once its status is there. */
const refusalMs = 2_000;

/**
 * Opens one event socket; it is paused until `resume()`.
 * @throws {AriHttpError} if Asterisk refuses it; {AriConnectionError} if it is not reached; {AriTimeoutError} if it is
 *   not open in time, whatever comes meanwhile; {AriAbortError}
 */
export function openSocket(options: SocketOptions, signal: AbortSignal): Promise<EventSocket> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(givenUp(signal));
      return;
    }
    const { url, timeoutMs, redact } = options;
    const begun = performance.now();
    const socket = new WebSocket(url, protocol, webSocketOptions(options));
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
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
    const timer = timeoutMs > 0 ? setTimeout(() => fail(late(url, timeoutMs)), timeoutMs) : undefined;
    let wire: Socket;
    let namesProtocol = true;
    socket.once('upgrade', (response) => {
      wire = response.socket;
      namesProtocol = 'sec-websocket-protocol' in response.headers;
      // ws would insist on it; Asterisk speaks no other, so what a proxy has left out is not missed.
      response.headers['sec-websocket-protocol'] ??= protocol;
    });
    socket.once('open', () => {
      // The first event may have come with the handshake's last packet: hold it until someone reads.
      socket.pause();
      settle(() => resolve({ socket, wire, namesProtocol }));
    });
    socket.once('error', (cause) => fail(unreachable(url, cleanError(cause, redact))));
    socket.once('unexpected-response', (_request, response) => {
      clearTimeout(timer);
      const leftMs = timeoutMs > 0 ? begun + timeoutMs - performance.now() : refusalMs;
      void readRefusal(response, Math.min(refusalMs, leftMs), redact).then(fail);
    });
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

function webSocketOptions({ authorization, agent, tls }: SocketOptions): WebSocketOptions {
  return {
    ...tls,
    headers: { authorization },
    closeTimeout: closingMs,
    perMessageDeflate: false,
    followRedirects: false,
    ...(agent && { agent }),
  };
}

function givenUp(signal: AbortSignal): AriAbortError {
  return new AriAbortError('opening the event connection was given up', 'notSent', { cause: signal.reason });
}

function late(url: URL, timeoutMs: number): AriTimeoutError {
  return new AriTimeoutError(
    `the event connection to ${url.host} did not open within ${timeoutMs} ms`,
    timeoutMs,
    'notSent',
  );
}

function unreachable(url: URL, cause: Error): AriConnectionError {
  return new AriConnectionError(`the event connection to ${url.host} failed: ${cause.message}`, 'notSent', { cause });
}
