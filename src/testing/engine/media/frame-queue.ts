import type { MediaEvent } from '../../../media/protocol/events.js';

/** An event that waits among the frames until all before it are played. */
type Marker = Extract<MediaEvent, { readonly event: 'MEDIA_MARK_PROCESSED' | 'MEDIA_BUFFERING_COMPLETED' }>;

/** From so many frames on the program is told to stop; below so many, to go on. More than all are not taken. */
const XOFF_LEVEL = 900;
const XON_LEVEL = 800;
const MOST = 1000;

/** What a program has sent to be played: whole frames, one of which is due at each tick, and marks between them. */
export class FrameQueue {
  readonly #frameBytes: number;
  readonly #tell: (event: MediaEvent) => void;
  #items: (Buffer | Marker)[] = [];
  #length = 0;
  #rest: Buffer = Buffer.alloc(0);
  #full = false;
  #buffering = false;
  #paused = false;
  #reportsDrained = false;

  /** @param frameBytes 0 if each message is a frame. @param tell sends an event to the program */
  constructor(frameBytes: number, tell: (event: MediaEvent) => void) {
    this.#frameBytes = frameBytes;
    this.#tell = tell;
  }

  /** Whether a tick would do anything. */
  get isDue(): boolean {
    return !this.#paused && (this.#items.length > 0 || this.#full || this.#reportsDrained);
  }

  /** Takes a message; all of it is lost if there is no more room when it comes. */
  push(message: Buffer): void {
    if (this.#length >= MOST) return;
    if (this.#frameBytes === 0) {
      this.#add(message);
      return;
    }
    const audio = this.#buffering ? Buffer.concat([this.#rest, message]) : message;
    const whole = audio.length - (audio.length % this.#frameBytes);
    for (let at = 0; at < whole; at += this.#frameBytes) this.#add(audio.subarray(at, at + this.#frameBytes));
    this.#rest = this.#buffering ? audio.subarray(whole) : Buffer.alloc(0);
  }

  startBuffering(): void {
    this.#buffering = true;
  }

  stopBuffering(correlation_id: string): void {
    this.#buffering = false;
    if (this.#rest.length > 0) this.#add(this.#rest);
    this.#rest = Buffer.alloc(0);
    this.#items.push({ event: 'MEDIA_BUFFERING_COMPLETED', correlation_id });
  }

  mark(correlation_id: string): void {
    this.#items.push({ event: 'MEDIA_MARK_PROCESSED', correlation_id });
  }

  /** Discards what waits. A pause goes on, and so does the state of being full, until the next tick. */
  flush(): void {
    this.#items = [];
    this.#length = 0;
    this.#rest = Buffer.alloc(0);
    this.#buffering = false;
  }

  pause(isPaused: boolean): void {
    this.#paused = isPaused;
  }

  reportDrained(): void {
    this.#reportsDrained = true;
  }

  tellStatus(): void {
    this.#tell({
      event: 'STATUS',
      queue_length: this.#length,
      xon_level: XON_LEVEL,
      xoff_level: XOFF_LEVEL,
      queue_full: this.#full,
      bulk_media: this.#buffering,
      media_paused: this.#paused,
    });
  }

  /** A frame's time has passed: the frame that is played now, if any. */
  tick(): Buffer | undefined {
    if (this.#paused) return undefined;
    if (this.#full && this.#length < XON_LEVEL) {
      this.#full = false;
      this.#tell({ event: 'MEDIA_XON' });
    }
    if (this.#items.length === 0) this.#drained();
    for (let item = this.#items.shift(); item; item = this.#items.shift()) {
      if (!Buffer.isBuffer(item)) {
        this.#tell(item);
        continue;
      }
      this.#length -= 1;
      return item;
    }
    return undefined;
  }

  #drained(): void {
    if (!this.#reportsDrained) return;
    this.#reportsDrained = false;
    this.#tell({ event: 'QUEUE_DRAINED' });
  }

  #add(frame: Buffer): void {
    this.#items.push(frame);
    this.#length += 1;
    if (this.#full || this.#length < XOFF_LEVEL) return;
    this.#full = true;
    this.#tell({ event: 'MEDIA_XOFF' });
  }
}
