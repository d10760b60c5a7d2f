import { setTimeout as sleep } from 'node:timers/promises';
import { AriHttpError } from '../errors/http-error.js';
import { ObjectGoneError } from '../errors/object-gone-error.js';
import type { CallOptions, FlowChannel, FlowPlayback } from './parties.js';
import { persist } from './persist.js';
import { whenVanished } from './vanished.js';
import { noLonger, unlessGone, type Watch } from './watch.js';

/** What to play: media URIs such as `sound:hello-world` and `number:42`, one after another. */
export type Media = string | readonly string[];

/** What a playback is made with. */
export interface PlaybackParams {
  readonly media: Media;
  readonly lang?: string | undefined;
  readonly offsetms?: number | undefined;
}

/** Time until one tries again to stop what cannot be stopped, in milliseconds. */
const againMs = 100;

/** Who sends its request, and is told of its end. */
type PlayingWatch = Pick<Watch, 'request' | 'notify'>;

/** One playback that a flow has begun, which it either sees end or stops. */
export class Playing {
  readonly #playback: FlowPlayback;
  readonly #watch: PlayingWatch;
  readonly #over = new AbortController();
  #end: 'finished' | 'failed' | undefined;
  #mediaUri: string | undefined;

  private constructor(playback: FlowPlayback, media: Media, watch: PlayingWatch) {
    this.#playback = playback;
    this.#watch = watch;
    const stored = [media].flat().findLast((uri) => uri.startsWith('recording:'));
    if (stored !== undefined) {
      void whenVanished(playback, this.#over.signal, () => this.#fail(stored));
    }
    playback.waitFor('PlaybackFinished', { signal: this.#over.signal }).then(
      (event) => {
        this.#mediaUri = event.playback.media_uri;
        this.#finish(event.playback.state === 'failed' ? 'failed' : 'finished');
      },
      (error: unknown) => {
        // It ended while nobody could hear it. Any other failure is one of the client, which the watch sees as well.
        if (error instanceof ObjectGoneError) {
          this.#finish('finished');
        }
      },
    );
  }

  /** @param where a channel or a bridge. Undefined if the channel has hung up. */
  static async start(
    where: Pick<FlowChannel, 'play'>,
    params: PlaybackParams,
    watch: PlayingWatch,
  ): Promise<Playing | undefined> {
    const playback = await watch.request(() => where.play(withoutUndefined(params) as never));
    return playback && new Playing(playback, params.media, watch);
  }

  /** How it ended by itself; undefined as long as it plays, and when it was stopped. */
  get end(): 'finished' | 'failed' | undefined {
    return this.#end;
  }

  /** The medium that could not be played, of a playback that failed. */
  get failedMedia(): string | undefined {
    return this.#end === 'failed' ? this.#mediaUri : undefined;
  }

  /** Ends it, if it has not ended. */
  async stop(): Promise<void> {
    this.#over.abort(noLonger);
    while (this.#end === undefined && !(await this.#hasStopped())) {
      await sleep(againMs);
    }
  }

  /** What Asterisk reads aloud, such as numbers, cannot be stopped: the next sound, or the end, is waited for. */
  #hasStopped(): Promise<boolean> {
    const waitForEnd = (options: CallOptions): Promise<unknown> => this.#playback.waitFor('PlaybackFinished', options);
    return persist(`playback ${this.#playback.id} may go on`, waitForEnd, () => this.#tryToStop());
  }

  async #tryToStop(): Promise<boolean> {
    try {
      await unlessGone(this.#playback.stop());
      return true;
    } catch (error) {
      if (error instanceof AriHttpError && error.serverMessage === 'Could not stop playback') {
        return false;
      }
      throw error;
    }
  }

  #fail(mediaUri: string): void {
    if (this.#end === undefined) {
      this.#mediaUri = mediaUri;
      this.#finish('failed');
    }
  }

  #finish(end: 'finished' | 'failed'): void {
    this.#end ??= end;
    this.#over.abort(noLonger);
    this.#watch.notify();
  }
}

function withoutUndefined(params: object): object {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined));
}
