import { ConflictError } from '../../errors/conflict-error.js';
import { ObjectGoneError } from '../../errors/object-gone-error.js';
import type { FlowRecording, RecordingState } from '../parties.js';
import { unlessGone, type Watch } from '../watch.js';
import type { Recordable } from './parties.js';

/** How long Asterisk may take to tell of the end of a recording that was stopped, in milliseconds. */
const endMs = 3_000;

/** One recording that a flow has begun, which it either sees end or ends. */
export class Taping {
  readonly #recording: FlowRecording;
  readonly #over = new AbortController();
  readonly #ended: Promise<void>;
  #isOver = false;
  #isDiscarded = false;
  #state: RecordingState | undefined;

  private constructor(recording: FlowRecording, watch: Watch) {
    this.#recording = recording;
    this.#ended = recording
      .waitFor(['RecordingFinished', 'RecordingFailed'], { signal: this.#over.signal })
      .then(
        (event) => {
          this.#state = event.recording;
          this.#isOver = true;
        },
        (error: unknown) => {
          // It ended while nobody could hear it. Any other failure is one of the client, which the watch sees as well.
          this.#isOver = error instanceof ObjectGoneError;
        },
      )
      .then(() => watch.notify());
  }

  /** @param where a channel or a bridge. Undefined if the channel has hung up. */
  static async start(where: Recordable, params: object, watch: Watch): Promise<Taping | undefined> {
    const recording = await watch.request(() => where.record(params as never));
    return recording && new Taping(recording, watch);
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Whether it was canceled here; Asterisk tells of its end as of any other. */
  get isDiscarded(): boolean {
    return this.#isDiscarded;
  }

  /** As it was at its end; undefined if that was not heard. */
  get state(): RecordingState | undefined {
    return this.#state;
  }

  /** False if it is over. */
  async control(how: 'pause' | 'unpause'): Promise<boolean> {
    try {
      return !this.#isOver && (await unlessGone(this.#recording[how]()));
    } catch (error) {
      if (error instanceof ConflictError) {
        return false;
      }
      throw error;
    }
  }

  /** Ends it, if it has not ended, and waits until Asterisk has told so. */
  async finish(how: 'stop' | 'cancel'): Promise<void> {
    if (this.#isOver) {
      return;
    }
    const timer = setTimeout(() => this.#over.abort(), endMs);
    try {
      this.#isDiscarded = (await unlessGone(this.#recording[how]())) && how === 'cancel';
      await this.#ended;
    } finally {
      clearTimeout(timer);
      this.#over.abort();
    }
  }
}
