import type { ConnectionState } from '../contract/connection-state.js';
import type { Loss } from './reopener.js';
import type { EventSocket } from './socket.js';

/** Told why there is no socket, and when the next attempt is to be made; nothing if the next move is Asterisk's. */
export type Attempting = (error: Error, next?: { readonly attempt: number; readonly delayMs: number }) => void;

/** Where the event connection has its sockets from: opened by us, or by Asterisk. */
export interface SocketSource {
  /** The first one. @throws {AriError} if there is none */
  first(signal: AbortSignal): Promise<EventSocket>;
  /** The one after a loss; the error that the connection ends with, or nothing if it has come to its proper end. */
  next(loss: Loss, onAttempt: Attempting, signal: AbortSignal): Promise<EventSocket | Error | undefined>;
}

/** How the connection is known to end: by being closed, or because others have taken its applications over. */
export type LastState = Extract<ConnectionState, 'closed' | 'replaced'>;
