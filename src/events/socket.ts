import type { Agent } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocket, type ClientOptions } from 'ws';
import { AriConnectionError } from '../errors/connection-error.js';
import { Deadline } from '../rest/deadline.js';
import type { MakeHeaders } from '../rest/extra-headers.js';
import type { Headers } from '../rest/http-exchange.js';
import type { TlsOptions } from '../rest/tls-options.js';
import { cleanError } from '../support/clean-error.js';
import { closingMs } from '../support/closing.js';
import { readRefusal } from './refusal.js';
import type { SocketPurpose } from './socket-purpose.js';

/** What it takes to open a socket to Asterisk. */
export interface SocketOptions {
  readonly purpose: SocketPurpose;
  /** Its query included; never with credentials. */
  readonly url: URL;
  /** None where Asterisk asks for none. */
  readonly authorization: string | undefined;
  /** Longest time until it is open, in milliseconds; 0 for no limit. */
  readonly timeoutMs: number;
  /** Longest message that is taken, in bytes. @default 100 MiB */
  readonly maxPayload?: number;
  readonly agent: Agent | undefined;
  readonly tls: TlsOptions | undefined;
  /** Makes headers that the request for it has besides ours. */
  readonly headers: MakeHeaders | undefined;
  /** Takes credentials out of what is shown. */
  readonly redact: (text: string) => string;
}

/** An open socket and the connection below it. */
export interface EventSocket {
  readonly socket: WebSocket;
  readonly wire: Socket;
  /** Whether the server named the subprotocol that we asked for. */
  readonly namesProtocol: boolean;
  /** The code that it was closed with before somebody read; undefined if it is not. */
  readonly closedWith?: () => number | undefined;
  /** Since when it was of no use, by the clock, if that was before it was closed. */
  readonly lostAt?: () => number | undefined;
  /** Gives up what has come before somebody read, each with whether it is binary. */
  readonly early?: () => readonly (readonly [frame: Buffer, isBinary: boolean])[];
}

/** What ws takes; its types lag behind. */
interface WebSocketOptions extends ClientOptions {
  readonly closeTimeout: number;
}

/** How long the words of a refusal are waited for, in milliseconds, once its status is there. */
const refusalMs = 2_000;

/**
 * Opens a socket; it is paused until `resume()`.
 * @throws {AriHttpError} if Asterisk refuses it; {AriConnectionError} if it is not reached; {AriTimeoutError} if it is
 *   not open in time, whatever comes meanwhile; {AriAbortError}
 */
export async function openSocket(options: SocketOptions, signal: AbortSignal): Promise<EventSocket> {
  const { purpose, url, timeoutMs, headers } = options;
  const deadline = new Deadline(`opening the ${purpose.name} to ${url.host}`, timeoutMs, signal);
  try {
    const extra = await deadline.limit(Promise.resolve(headers?.()), 'notSent');
    return await open(options, extra, deadline);
  } finally {
    deadline.clear();
  }
}

function open(options: SocketOptions, extra: Headers | undefined, deadline: Deadline): Promise<EventSocket> {
  const { purpose, url, redact } = options;
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, purpose.protocol, webSocketOptions(options, extra));
    const settle = (finish: () => void): void => {
      deadline.whenEnded(undefined);
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
    let wire: Socket;
    let namesProtocol = true;
    socket.once('upgrade', (response) => {
      wire = response.socket;
      namesProtocol = 'sec-websocket-protocol' in response.headers;
      // ws would insist on it; Asterisk speaks no other, so what a proxy has left out is not missed.
      response.headers['sec-websocket-protocol'] ??= purpose.protocol;
    });
    socket.once('open', () => {
      // The first event may have come with the handshake's last packet: hold it until someone reads.
      socket.pause();
      settle(() => resolve({ socket, wire, namesProtocol }));
    });
    socket.once('error', (cause) => fail(unreachable(options, cleanError(cause, redact))));
    socket.once('unexpected-response', (_request, response) => {
      // It has an end from here on, and its status tells more than that the time was over.
      deadline.stopTimer();
      void readRefusal(response, purpose, Math.min(refusalMs, deadline.leftMs), redact).then(fail);
    });
    deadline.whenEnded(() => fail(deadline.error('outcomeUnknown')));
  });
}

function webSocketOptions(
  { authorization, maxPayload, agent, tls }: SocketOptions,
  extra: Headers | undefined,
): WebSocketOptions {
  return {
    ...tls,
    headers: { ...(authorization !== undefined && { authorization }), ...extra },
    closeTimeout: closingMs,
    perMessageDeflate: false,
    followRedirects: false,
    ...(maxPayload !== undefined && { maxPayload }),
    ...(agent && { agent }),
  };
}

function unreachable({ purpose, url }: SocketOptions, cause: Error): AriConnectionError {
  return new AriConnectionError(`the ${purpose.name} to ${url.host} failed: ${cause.message}`, 'notSent', { cause });
}
