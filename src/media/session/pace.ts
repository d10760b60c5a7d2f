import type { OutgoingQueue } from './outgoing-queue.js';
import type { Player } from './player.js';
import type { Playout } from './playout.js';
import type { SentMarks } from './sent-marks.js';

/** Longest stretch of audio without a mark: what the clock says of the other end is put right that often. */
const markEveryMs = 1_000;

/** Audio that comes as it is made begins anew all the time: no need to ask that often. */
const beginEveryMs = 500;

/** From there on the other end's queue is nearly full: it is filled slowly, so that its XOFF comes before it overflows. */
const carefulMs = 15_000;

/** How many times as fast as it plays a queue is fed that is nearly full; no frame is then due sooner than we look. */
const carefulSpeed = 2;

/** Audio that has stopped in the middle of a frame is held so long for the rest of it. */
const partMs = 60;

/** So many bytes may wait in the socket; more says that the other end does not read. */
const mostBuffered = 262_144;

/** How often a socket is looked at that takes nothing. */
const congestedMs = 20;

export const never = Number.POSITIVE_INFINITY;

/** What is sent, to whom, and what became of it so far. */
export interface Course {
  player: Player;
  readonly queue: OutgoingQueue;
  readonly playout: Playout;
  readonly marks: SentMarks;
  readonly frameMs: number;
}

/** When audio may be sent, and how much of it at a time. */
export class Pace {
  /** The other end can take no more. */
  isHeldBack = false;
  lastWrite = 0;
  lastSent = 0;
  readonly #course: Course;

  constructor(course: Course) {
    this.#course = course;
  }

  /** Whether to ask how far the other end is: now and then, and when it begins anew, which it may do late. */
  wantsMark(isFirst: boolean, now: number): boolean {
    const { player, marks } = this.#course;
    const { sinceLast, lastAt } = marks;
    return sinceLast >= Math.min(markEveryMs, player.maxAheadMs / 2) || (isFirst && now - lastAt >= beginEveryMs);
  }

  /** How many frames may go in one message. */
  mostFrames(now: number): number {
    const { player, queue, playout, frameMs } = this.#course;
    const ahead = playout.ahead(now);
    if (ahead > carefulMs) {
      return 1;
    }
    const room = Math.floor((player.maxAheadMs - ahead) / frameMs);
    return Math.max(1, Math.min(room, player.mostFrames(queue.frameBytes)));
  }

  /** How long the next audio may not be sent; for ever if something else will tell. */
  waitMs(now: number, isPart: boolean): number {
    const { player, playout, frameMs } = this.#course;
    const { confirms, maxAheadMs } = player;
    const { paused } = playout;
    if (this.isHeldBack || (paused && !confirms)) {
      return never;
    }
    if (player.bufferedBytes() > mostBuffered) {
      return congestedMs;
    }
    const ahead = playout.ahead(now);
    if (isPart) {
      return paused && ahead > 0 ? never : Math.max(ahead, this.lastWrite + partMs - now);
    }
    const excess = ahead + this.#batchMs(ahead) - maxAheadMs;
    if (excess > 0) {
      return paused ? never : excess;
    }
    return ahead > carefulMs ? this.lastSent + frameMs / carefulSpeed - now : 0;
  }

  /** How much is sent at a time: a long text is not to wake us for every frame. */
  #batchMs(ahead: number): number {
    const { player, queue, frameMs } = this.#course;
    const queued = queue.frameBytes === 0 ? 0 : (queue.bytes * frameMs) / queue.frameBytes;
    return ahead > carefulMs ? frameMs : Math.max(frameMs, Math.min(queued, 200, player.maxAheadMs / 4));
  }
}
