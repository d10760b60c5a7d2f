import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { AriAbortError } from '../../errors/abort-error.js';
import type { Redact } from '../../diagnostics/redact.js';
import { AriTimeoutError } from '../../errors/timeout-error.js';
import type { MediaStartEvent } from '../protocol/events.js';
import type { MediaLink } from '../session/link.js';
import type { Media } from '../session/media.js';
import { WebSocketLink } from './link.js';

/** How a connection that is open becomes one for media. */
export interface StartOptions {
  /** Makes the media of the first message. */
  readonly make: (link: MediaLink, start: MediaStartEvent) => Media;
  readonly pingIntervalMs: number;
  /** Takes secrets out of what is shown. */
  readonly redact: Redact;
  /** Longest wait for the first message, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Waits for Asterisk's first message on a WebSocket.
 * @throws {AriTimeoutError} if it does not come; {AriProtocolError} if it is another one; {AriConnectionError} if the
 *   connection breaks; {AriAbortError}
 */
export function startMedia(socket: WebSocket, wire: Socket, options: StartOptions): Promise<Media> {
  const { make, pingIntervalMs, redact, timeoutMs, signal } = options;
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    const giveUp = (error: Error): void => {
      settle();
      link.abandon();
      reject(error);
    };
    const onAbort = (): void => {
      giveUp(new AriAbortError('opening media was given up', 'outcomeUnknown', { cause: signal?.reason }));
    };
    const link = new WebSocketLink(socket, wire, {
      pingIntervalMs,
      redact,
      onStart(carrier, start) {
        settle();
        const media = make(carrier, start);
        resolve(media);
        return media.sink;
      },
      onFailure(error) {
        settle();
        reject(error);
      },
    });
    const timer = setTimeout(() => {
      giveUp(new AriTimeoutError(`no MEDIA_START within ${timeoutMs} ms`, timeoutMs, 'outcomeUnknown'));
    }, timeoutMs);
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted) {
      onAbort();
    }
    socket.resume();
  });
}
