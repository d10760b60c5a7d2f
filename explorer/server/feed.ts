import type { WebSocket } from 'ws';
import type { Acknowledgement } from '../shared/protocol.js';
import type { History } from './history.js';

/** Entries of one message. */
const BATCH = 500;
/** So many entries may be on their way to a page, or not dealt with by it. */
const WINDOW = 2000;

/**
 * What one page gets: all entries in order, as fast as it deals with them and no faster. Nothing is queued for it; a page
 * that falls behind so far that the history has forgotten what comes next is told how many it has missed.
 */
export class Feed {
  readonly #socket: WebSocket;
  readonly #history: History;
  #sent: number;
  #dealtWith: number;

  /** @param position after which the page wants to hear; without one, all that there is */
  constructor(socket: WebSocket, history: History, position: number | undefined) {
    this.#socket = socket;
    this.#history = history;
    this.#sent = position ?? history.position - history.size;
    this.#dealtWith = this.#sent;
  }

  /** Sends what there is, as far as the page can take it. */
  pump(): void {
    while (this.#sent < this.#history.position && this.#sent - this.#dealtWith < WINDOW) {
      const { texts, position, skipped } = this.#history.after(this.#sent, BATCH);
      this.#sent = position;
      // What was skipped is not on its way to anybody.
      this.#dealtWith += skipped;
      this.#socket.send(
        `{"type":"entries","position":${position},"skipped":${skipped},"entries":[${texts.join(',')}]}`,
      );
    }
  }

  /** The page has told how far it is. */
  acknowledge({ position }: Acknowledgement): void {
    this.#dealtWith = Math.min(Math.max(this.#dealtWith, position), this.#sent);
    this.pump();
  }
}
