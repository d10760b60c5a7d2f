import { AriError } from '../../errors/ari-error.js';
import { refusalOfAudio } from './check-audio.js';
import { AriTimeoutError } from '../../errors/timeout-error.js';
import { DrainedWaits } from './drained-waits.js';
import { failed } from './failed.js';
import { Generation } from './generation.js';
import { OutgoingQueue, type Chunk, type Station } from './outgoing-queue.js';
import type { Outcome } from './outcome.js';
import { mostBytes, type Player } from './player.js';
import { never, Pace, type Course } from './pace.js';
import { Playout } from './playout.js';
import { Progress } from './progress.js';
import { SentMarks } from './sent-marks.js';
import { settled } from './settled.js';
import { Utterance } from './utterance.js';
import { Writers } from './writers.js';

export interface SenderOptions {
  readonly player: Player;
  /** Bytes of a frame; 0 if every chunk is one. */
  readonly frameBytes: number;
  readonly frameMs: number;
  /** The byte that silence is made of. */
  readonly silence: number;
  readonly maxQueuedBytes: number;
  /** How late the other end may be with what it has to confirm or take, in milliseconds; 0 for ever. */
  readonly answerTimeoutMs: number;
  /** Told when all that waited was given up because of that. */
  readonly onStall: (error: AriTimeoutError) => void;
}

/** With audio in the other end's queue there is no hurry: a mark that is late would have us look all the time. */
const shortestMs = 10;

const isTaken = Promise.resolve(true);
const isRefused = Promise.resolve(false);

/**
 * Sends audio ahead of its time, and never further than allowed. Audio and marks share one queue, so that no mark
 * overtakes its audio, and a flush finds all of them.
 */
export class Sender {
  /** Why nothing may be sent, if so. */
  refusal: string | undefined;
  readonly #course: Course;
  readonly #options: SenderOptions;
  readonly #queue: OutgoingQueue;
  readonly #playout = new Playout();
  readonly #marks = new SentMarks(this.#playout);
  readonly #drained = new DrainedWaits();
  #generation = new Generation(0);
  readonly #writers: Writers;
  readonly #pace: Pace;
  readonly #progress: Progress;
  #closed = false;
  #pumping = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: SenderOptions) {
    this.#options = options;
    const { player, frameBytes, frameMs, silence, maxQueuedBytes } = options;
    const queue = new OutgoingQueue(frameBytes, silence);
    this.#queue = queue;
    this.#writers = new Writers(queue, maxQueuedBytes);
    this.#course = { player, queue, playout: this.#playout, marks: this.#marks, frameMs };
    this.#pace = new Pace(this.#course);
    this.#progress = new Progress({
      limitMs: options.answerTimeoutMs,
      isAwaited: () => this.#isAwaited && !this.paused,
      onStall: () => this.#onStall(),
    });
  }

  /** Grows with each flush. */
  get generation(): number {
    return this.#generation.number;
  }

  /** Whether the other end has said that it can take no more. */
  get heldBack(): boolean {
    return this.#pace.isHeldBack;
  }

  get paused(): boolean {
    return this.#playout.paused;
  }

  /** Milliseconds of audio that were played. */
  played(): number {
    return this.#playout.played(performance.now());
  }

  /** Milliseconds of audio that were sent and are not played yet. */
  ahead(): number {
    return this.#playout.ahead(performance.now());
  }

  /** Milliseconds of audio that wait on our side. */
  queued(): number {
    return this.durationOf(this.#queue.bytes);
  }

  /** Milliseconds that so many bytes last; 0 where a frame may be of any size. */
  durationOf(bytes: number): number {
    const { frameBytes } = this.#queue;
    return frameBytes === 0 ? 0 : (bytes * this.#options.frameMs) / frameBytes;
  }

  begin(): Utterance {
    return new Utterance(this, this.#generation);
  }

  /** Takes audio; resolves when it waits here no longer, with false if it was refused or flushed. */
  write(audio: Uint8Array, generation: number, utterance?: Utterance): Promise<boolean> {
    const { maxQueuedBytes } = this.#options;
    if (this.#isCurrent(generation) && this.#queue.bytes + audio?.byteLength > maxQueuedBytes) {
      const why = `with it, more than 'maxQueuedBytes' (${maxQueuedBytes}) would wait to be sent`;
      return failed(new AriError(`audio was not taken: ${why}`));
    }
    return this.#take(audio, generation, utterance);
  }

  /** Like `write`, and waits for room where there is none: however much it is, it flows through. */
  async flow(audio: Uint8Array, generation: number, utterance: Utterance): Promise<boolean> {
    while (this.#isCurrent(generation) && !this.#writers.hasRoom) {
      await this.#writers.room();
    }
    return this.#take(audio, generation, utterance);
  }

  #take(audio: Uint8Array, generation: number, utterance: Utterance | undefined): Promise<boolean> {
    const refusal = this.#refusalOf(audio);
    if (refusal !== undefined) {
      return failed(refusal);
    }
    if (!this.#isCurrent(generation)) {
      return isRefused;
    }
    if (audio.byteLength === 0) {
      return isTaken;
    }
    if (this.refusal !== undefined) {
      return failed(new AriError(this.refusal));
    }
    return this.#enqueue({
      kind: 'audio',
      audio: Buffer.from(audio.buffer, audio.byteOffset, audio.byteLength),
      taken: 0,
      utterance,
      settle: undefined,
    });
  }

  /** Resolves when all that was written before is played. */
  mark(generation = this.generation): Promise<Outcome> {
    return this.#waitFor('mark', generation);
  }

  /** Resolves when nothing is left to play. */
  drained(): Promise<Outcome> {
    return this.#waitFor('drained', this.generation);
  }

  /** Discards all that was written and is not played yet. */
  flush(): void {
    if (!this.#closed) {
      this.#discard('flushed');
    }
  }

  pause(): void {
    this.#playout.pause(performance.now());
    this.#course.player.pause();
    this.#pump();
  }

  continue(): void {
    const now = performance.now();
    this.#playout.continue(now);
    this.#course.player.continue();
    if (!this.#closed) {
      this.#moved(now);
      this.#progress.watch(now);
      this.#pump();
    }
  }

  /** The other end can take no more, or again. */
  holdBack(isHeld: boolean): void {
    if (this.#pace.isHeldBack !== isHeld) {
      this.#pace.isHeldBack = isHeld;
      this.#moved(performance.now());
      this.#pump();
    }
  }

  /** The other end has come to a mark. */
  reached(id: string): void {
    const now = performance.now();
    if (this.#marks.reached(id, now)) {
      this.#moved(now);
      this.#pump();
    }
  }

  /** The other end has nothing left to play. */
  ranDry(): void {
    if (this.#drained.areAwaited) {
      this.#moved(performance.now());
    }
    if (this.#drained.reported(this.#playout.sent)) {
      this.#course.player.reportDrained();
    }
  }

  /** From now on something else plays; what was sent before is left to the clock. */
  use(player: Player): void {
    this.#course.player = player;
    this.#playout.holdAt(undefined);
    // Nobody reports any more that nothing is left.
    this.#drained.takeAll().forEach((station) => this.#mark(station));
    this.#pump();
  }

  close(): void {
    if (!this.#closed) {
      this.#endGeneration('closed');
      this.#closed = true;
      this.#progress.stop();
    }
  }

  #enqueue(chunk: Chunk): Promise<boolean> {
    chunk.utterance?.wrote(chunk.audio.length);
    this.#await(chunk);
    this.#pace.lastWrite = performance.now();
    this.#pump();
    return this.#writers.sent(chunk);
  }

  #waitFor(kind: Station['kind'], generation: number): Promise<Outcome> {
    if (this.#closed) {
      return Promise.resolve('closed');
    }
    if (generation !== this.generation) {
      return Promise.resolve('flushed');
    }
    if (this.refusal !== undefined) {
      return failed(new AriError(this.refusal));
    }
    return settled((settle) => {
      this.#await({ kind, settle });
      this.#pump();
    });
  }

  #isCurrent(generation: number): boolean {
    return !this.#closed && generation === this.generation;
  }

  #refusalOf(audio: Uint8Array): Error | undefined {
    if (this.#queue.frameBytes === 0 && audio?.byteLength > mostBytes) {
      const why = `a chunk is a frame here, and has at most ${mostBytes} bytes, not ${audio.byteLength}`;
      return new AriError(`audio was not taken: ${why}`);
    }
    return refusalOfAudio(audio);
  }

  /** Whether somebody waits for something that the other end has to do. */
  get #isAwaited(): boolean {
    return !this.#queue.isEmpty || this.#marks.areAwaited || this.#drained.areAwaited;
  }

  #await(item: Chunk | Station): void {
    const now = performance.now();
    if (!this.#isAwaited) {
      this.#moved(now);
    }
    this.#queue.push(item);
    this.#progress.watch(now);
  }

  /** The other end has done something; what it has been sent, it may take its time for. */
  #moved(now: number): void {
    this.#progress.moved(now, this.#playout.ahead(now));
  }

  #onStall(): void {
    const { answerTimeoutMs } = this.#options;
    const message = `Asterisk has taken no audio and confirmed none for ${answerTimeoutMs} ms; what waited was discarded`;
    const error = new AriTimeoutError(message, answerTimeoutMs, 'outcomeUnknown');
    this.#discard(error);
    this.#options.onStall(error);
  }

  #discard(outcome: 'flushed' | Error): void {
    this.#endGeneration(outcome);
    this.#generation = new Generation(this.generation + 1);
    this.#course.player.flush();
  }

  #endGeneration(outcome: 'flushed' | 'closed' | Error): void {
    clearTimeout(this.#timer);
    const failure = outcome instanceof Error ? outcome : undefined;
    this.#playout.discard(performance.now());
    this.#generation.end(this.#playout.sent, failure);
    const items = this.#queue.clear();
    this.#marks.abandon(outcome);
    this.#drained.abandon(outcome);
    for (const item of items) {
      if (item.kind !== 'audio') {
        item.settle(outcome);
      }
    }
    this.#writers.end(failure ?? false);
  }

  /** Sends what may be sent now, and sets the timer for what may not. */
  #pump(): void {
    if (this.#pumping || this.#closed) {
      return;
    }
    this.#pumping = true;
    clearTimeout(this.#timer);
    const now = performance.now();
    let waitMs: number;
    try {
      waitMs = this.#sendAll(now);
    } finally {
      this.#pumping = false;
    }
    this.#writers.release();
    const dueMs = this.#course.player.confirms
      ? Math.max(waitMs, shortestMs)
      : Math.min(waitMs, this.#marks.dueMs(now));
    if (dueMs < never) {
      this.#timer = setTimeout(() => this.#pump(), Math.max(1, Math.ceil(dueMs)));
    }
  }

  /** Sends until nothing more may be sent, and returns how long that will be so. */
  #sendAll(now: number): number {
    if (!this.#course.player.confirms) {
      this.#marks.passed(now);
    }
    for (let next = this.#queue.next; next !== undefined; next = this.#queue.next) {
      if (next === 'frames' || next === 'part') {
        const waitMs = this.#pace.waitMs(now, next === 'part');
        if (waitMs > 0) {
          return waitMs;
        }
        this.#sendAudio(now);
      } else {
        this.#queue.shift();
        this.#passOn(next);
      }
    }
    return never;
  }

  #passOn(station: Station): void {
    const { confirms } = this.#course.player;
    if (station.kind === 'mark' || !confirms) {
      this.#mark(station);
    } else if (this.#drained.add(station, this.#playout.sent)) {
      this.#course.player.reportDrained();
    }
  }

  #mark(station: Station | undefined): void {
    this.#course.player.mark(this.#marks.add(station, performance.now()));
    if (this.#course.player.confirms) {
      this.#marks.hold();
    }
  }

  #sendAudio(now: number): void {
    const { frameMs } = this.#options;
    const { audio, frames, parts } = this.#queue.take(this.#pace.mostFrames(now));
    let position = this.#playout.sent;
    for (const { chunk, bytes } of parts) {
      const ms = this.#queue.frameBytes === 0 ? frameMs : this.durationOf(bytes);
      chunk.utterance?.sent(position, ms);
      position += ms;
    }
    this.#course.player.audio(audio);
    const isFirst = this.#playout.ahead(now) <= 0;
    this.#playout.add(frames * frameMs, now);
    this.#pace.lastSent = now;
    this.#moved(now);
    if (this.#course.player.confirms && this.#pace.wantsMark(isFirst, now)) {
      this.#mark(undefined);
    }
  }
}
