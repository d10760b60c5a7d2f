import { ObjectGoneError } from '../../errors/object-gone-error.js';
import { isOfAbsence } from '../absence.js';
import type { CallOptions, FlowRecording, RecordingState } from '../parties.js';
import { persist } from '../persist.js';
import { graceMs, type Watch } from '../watch.js';
import type { Recordable } from './parties.js';

/** How long Asterisk may take to tell of the end of a recording that was stopped, in milliseconds. */
const endMs = 3_000;

/** One recording that a flow has begun, which it either sees end or ends. */
export class Taping {
  readonly #recording: FlowRecording;
  readonly #over = new AbortController();
  readonly #ended: Promise<void>;
  readonly #since: number;
  #until: number | undefined;
  #wasPaused = false;
  #isOver = false;
  #isDiscarded: boolean | undefined = false;
  #state: RecordingState | undefined;

  private constructor(recording: FlowRecording, watch: Watch, since: number) {
    this.#recording = recording;
    this.#since = since;
    this.#ended = recording
      .waitFor(['RecordingFinished', 'RecordingFailed'], { signal: this.#over.signal })
      .then(
        (event) => {
          this.#state = event.recording;
          this.#until = performance.now();
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
    const since = performance.now();
    const recording = await watch.request(() => where.record(params as never));
    return recording && new Taping(recording, watch, since);
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Whether it was canceled here, of which Asterisk tells as of any other end; undefined if that is not known. */
  get isDiscarded(): boolean | undefined {
    return this.#isDiscarded;
  }

  /** As it was at its end; undefined if that was not heard. */
  get state(): RecordingState | undefined {
    return this.#state;
  }

  /** When Asterisk has told of its end, or now, on the clock of `performance.now()`. */
  get endedAt(): number {
    return this.#until ?? performance.now();
  }

  /** From when it was asked for until Asterisk has told of its end, in milliseconds. */
  get lastedMs(): number {
    return this.endedAt - this.#since;
  }

  /** Whether it was paused here. */
  get wasPaused(): boolean {
    return this.#wasPaused;
  }

  /** False if it is over. */
  async control(how: 'pause' | 'unpause'): Promise<boolean> {
    this.#wasPaused ||= how === 'pause';
    return !this.#isOver && unlessOver(this.#recording[how]());
  }

  /** Ends it, if it has not ended, and waits until Asterisk has told so: not for long if it had ended by itself. */
  async finish(how: 'stop' | 'cancel'): Promise<void> {
    if (this.#isOver) {
      return;
    }
    let timer: NodeJS.Timeout | undefined;
    try {
      const isEnded = await this.#end(how);
      timer = setTimeout(() => this.#over.abort(), isEnded ? endMs : graceMs);
      await this.#ended;
    } finally {
      clearTimeout(timer);
      this.#over.abort();
    }
  }

  /** False if it was over. */
  async #end(how: 'stop' | 'cancel'): Promise<boolean> {
    const ends = ['RecordingFinished', 'RecordingFailed'] as const;
    const waitForEnd = (options: CallOptions): Promise<unknown> => this.#recording.waitFor(ends, options);
    let attempts = 0;
    const send = (): Promise<void> => {
      attempts += 1;
      return this.#recording[how]();
    };
    const isEnded = await unlessOver(persist(`recording ${this.#recording.name} may go on`, waitForEnd, send));
    if (how === 'cancel') {
      // What has failed may have been carried out all the same.
      this.#isDiscarded = isEnded || (attempts > 1 ? undefined : false);
    }
    return isEnded;
  }
}

/** A request to a recording, which may be over or about to be: false if it is. */
async function unlessOver(request: Promise<void>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    if (isOfAbsence(error)) {
      return false;
    }
    throw error;
  }
}
