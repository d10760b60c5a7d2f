import type { Generation } from './generation.js';
import type { Outcome } from './outcome.js';

/** What an utterance needs of the connection that it belongs to. */
export interface UtteranceOwner {
  write(audio: Uint8Array, generation: number, utterance: Utterance): Promise<boolean>;
  flow(audio: Uint8Array, generation: number, utterance: Utterance): Promise<boolean>;
  mark(generation: number): Promise<Outcome>;
  /** Milliseconds played since the beginning. */
  played(): number;
  durationOf(bytes: number): number;
}

/** A stretch of an utterance among all that was sent, in milliseconds. */
interface Stretch {
  readonly from: number;
  to: number;
}

/** Positions are sums of fractions; so much may they differ. */
const rounding = 1e-6;

/**
 * Audio that belongs together, such as one answer of a speech service. A flush ends it: what is written to it afterwards
 * is not sent any more, however late it comes.
 */
export class Utterance {
  readonly #owner: UtteranceOwner;
  readonly #generation: Generation;
  readonly #stretches: Stretch[] = [];
  #written = 0;

  /** @internal `media.begin()` makes one. */
  constructor(owner: UtteranceOwner, generation: Generation) {
    this.#owner = owner;
    this.#generation = generation;
  }

  /** The connection's `generation` when it began. */
  get generation(): number {
    return this.#generation.number;
  }

  /** Whether a flush, or the end of the connection, has ended it. */
  get ended(): boolean {
    return this.#generation.endedAt !== undefined;
  }

  /** How much was written to it, in milliseconds of audio. */
  get writtenMs(): number {
    return this.#owner.durationOf(this.#written);
  }

  /** How much of it was played, in milliseconds: what a speech service must know of an answer that was cut short. */
  get playedMs(): number {
    const played = this.#generation.endedAt ?? this.#owner.played();
    return this.#stretches.reduce((sum, { from, to }) => sum + Math.min(Math.max(played - from, 0), to - from), 0);
  }

  /**
   * Sends audio, in chunks of any size, as `media.write` does. False once the utterance has ended.
   * @throws {AriError} if more waits to be sent than `maxQueuedBytes` allows; {AriTimeoutError} if Asterisk takes no more
   */
  async write(audio: Uint8Array): Promise<boolean> {
    return this.#unlessFailed(() => this.#owner.write(audio, this.generation, this));
  }

  /**
   * Resolves when all that was written so far is played, or never will be. More may be written after it.
   * @throws {AriTimeoutError} if Asterisk does not confirm it
   */
  async end(): Promise<Outcome> {
    return this.#unlessFailed(() => this.#owner.mark(this.generation));
  }

  /** @internal Like `write`, and waits for room where there is none. */
  async flow(audio: Uint8Array): Promise<boolean> {
    return this.#unlessFailed(() => this.#owner.flow(audio, this.generation, this));
  }

  /** @internal Calls back when it has ended; returns what takes that back. */
  whenEnded(tell: () => void): () => void {
    return this.#generation.whenOver(tell);
  }

  async #unlessFailed<T>(action: () => Promise<T>): Promise<T> {
    const result = this.#generation.failure === undefined ? await action() : undefined;
    if (this.#generation.failure !== undefined) {
      throw this.#generation.failure;
    }
    return result as T;
  }

  /** @internal */
  wrote(bytes: number): void {
    this.#written += bytes;
  }

  /** @internal A part of it was sent, and lies there among all that was sent. */
  sent(from: number, ms: number): void {
    const last = this.#stretches.at(-1);
    if (last !== undefined && Math.abs(last.to - from) < rounding) {
      last.to = from + ms;
    } else {
      this.#stretches.push({ from, to: from + ms });
    }
  }
}
