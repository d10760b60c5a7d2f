import type { Watch } from '../watch.js';
import { play } from '../play.js';
import { undo } from '../persist.js';
import type { Media } from '../playing.js';
import type { Ringback } from './options.js';
import type { CallingChannel } from './parties.js';

/** What the caller hears while others are dialled. */
export class CallerTone {
  readonly #caller: CallingChannel;
  readonly #ringback: Ringback;
  readonly #watch: Watch;
  readonly #over = new AbortController();
  /** What Asterisk makes, and is to end. */
  #tone: 'ring' | 'moh' | undefined;
  #playing: Promise<void> | undefined;
  #failedMedia: string | undefined;

  constructor(caller: CallingChannel, ringback: Ringback, watch: Watch) {
    this.#caller = caller;
    this.#ringback = ringback;
    this.#watch = watch;
  }

  /** The medium that could not be played. */
  get failedMedia(): string | undefined {
    return this.#failedMedia;
  }

  async start(): Promise<void> {
    const ringback = this.#ringback;
    if (ringback === 'earlyMedia') {
      // What the bridge passes on may sound on after it.
      this.#tone = 'ring';
    } else if (ringback === 'ring') {
      await this.#ring();
    } else if (ringback !== 'none' && 'moh' in ringback) {
      this.#tone = 'moh';
      await this.#watch.request(() => this.#caller.startMoh({ mohClass: ringback.moh }));
    } else if (ringback !== 'none') {
      this.#playing = this.#play(ringback.media);
      this.#playing.catch((error: unknown) => this.#watch.fail(error));
    }
  }

  /** Ends what is played: what else is asked of a channel waits for the end of it. */
  async stopMedia(): Promise<void> {
    this.#over.abort();
    await this.#playing;
  }

  /** Ends all of it; of a caller who has hung up there is nothing to end but what was played. */
  async stop(): Promise<void> {
    try {
      await this.stopMedia();
    } finally {
      await this.#stopTone();
    }
  }

  async #stopTone(): Promise<void> {
    const tone = this.#tone;
    this.#tone = undefined;
    if (tone !== undefined && !this.#watch.hasHungUp) {
      const end = (): Promise<void> => (tone === 'moh' ? this.#caller.stopMoh() : this.#caller.ringStop());
      await this.#watch.request(() => undo(this.#caller, end));
    }
  }

  async #ring(): Promise<void> {
    this.#tone = 'ring';
    await this.#watch.request(() => this.#caller.ring());
  }

  /** Again and again. Who cannot hear it is not to hear nothing. */
  async #play(media: Media): Promise<void> {
    const { signal } = this.#over;
    const { outcome, failedMedia } = await play(this.#caller, { media, times: Number.MAX_SAFE_INTEGER, signal });
    if (outcome === 'failed') {
      this.#failedMedia = failedMedia;
      await this.#ring();
    }
  }
}
