import { checkFor } from '../../support/check-option.js';
import { atOnce } from '../at-once.js';
import { checkMedia } from '../check.js';
import { isOutage } from '../outage.js';
import { Playing } from '../playing.js';
import type { Watch } from '../watch.js';
import type { Line } from './line.js';
import type { QueueChannel, QueueClient } from './parties.js';

/** What a caller who waits is told of where they stand: when they come, and every so often after that. */
export class Announcements<Client extends QueueClient> {
  readonly #line: Line<Client>;
  readonly #channel: QueueChannel;
  readonly #watch: Watch;
  #playing: Playing | undefined;
  #failedMedia: string | undefined;
  #at = 0;

  constructor(line: Line<Client>, channel: QueueChannel, watch: Watch) {
    this.#line = line;
    this.#channel = channel;
    this.#watch = watch;
  }

  /** The latest medium that could not be played. */
  get failedMedia(): string | undefined {
    return this.#failedMedia;
  }

  /** What makes the next one, if it is due. */
  next(now: number): (() => Promise<void>) | undefined {
    if (this.#playing?.end !== undefined) {
      this.#failedMedia = this.#playing.failedMedia ?? this.#failedMedia;
      this.#playing = undefined;
      this.#at = now + this.#line.rules.announceEveryMs;
    }
    return now >= this.nextAt ? () => this.#announce() : undefined;
  }

  /** When that is; as long as one plays, its end is waited for. */
  get nextAt(): number {
    return this.#line.rules.announce === undefined || this.#playing !== undefined ? Infinity : this.#at;
  }

  async stop(): Promise<void> {
    await this.#playing?.stop();
    this.#playing = undefined;
  }

  async #announce(): Promise<void> {
    const { announce, announceEveryMs } = this.#line.rules;
    const media = announce && atOnce(announce(this.#line.placeOf(this.#channel)));
    this.#at = performance.now() + announceEveryMs;
    if (media !== undefined) {
      const params = { media: checkFor('Queue', () => checkMedia('announce', media)) };
      this.#playing = await this.#play(params);
    }
  }

  /** Nobody has to stop waiting because this once they are not told of where they stand. */
  async #play(params: { readonly media: readonly string[] }): Promise<Playing | undefined> {
    try {
      return await Playing.start(this.#channel, params, this.#watch);
    } catch (error) {
      if (!isOutage(error)) {
        throw error;
      }
      return undefined;
    }
  }
}
