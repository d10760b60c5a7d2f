import { AriHttpError } from '../errors/http-error.js';
import { ObjectGoneError } from '../errors/object-gone-error.js';
import { uniqueId } from '../support/unique-id.js';
import type { CallOptions, FlowChannel, FlowPlayback } from './parties.js';
import { persist } from './persist.js';
import { isSpoken, isSpokenLate } from './spoken.js';
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

/** Time until one tries again to stop what cannot be stopped, where no event tells before that it can, in milliseconds. */
const againMs = 100;

/** What came of an attempt to stop one: `refused`, as long as a text is read first; `answered`, but maybe not stopped. */
type Attempt = 'over' | 'answered' | 'refused';

/** Who sends its request, and is told of its end. */
type PlayingWatch = Pick<Watch, 'request' | 'notify'>;

/** One playback that a flow has begun, which it either sees end or stops. */
export class Playing {
  readonly #playback: FlowPlayback;
  readonly #media: readonly string[];
  readonly #watch: PlayingWatch;
  readonly #over = new AbortController();
  #end: 'finished' | 'failed' | undefined;
  #mediaUri: string | undefined;

  private constructor(playback: FlowPlayback, media: Media, watch: PlayingWatch) {
    this.#playback = playback;
    this.#media = [media].flat();
    this.#watch = watch;
    const stored = this.#media.findLast((uri) => uri.startsWith('recording:'));
    if (stored !== undefined) {
      void whenVanished(playback, this.#over.signal, () => this.#fail(stored));
    }
    playback.waitFor(['PlaybackFinished'], { signal: this.#over.signal }).then(
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
    // Whether one under an id of ours was begun can be asked where the answer is lost: it would play on, and nobody stop it.
    const asked = { ...withoutUndefined(params), playbackId: uniqueId() };
    const playback = await watch.request(() => where.play(asked as never));
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
    while (this.#end === undefined) {
      // It is listened before: the next medium may begin before the answer is there.
      const listening = new AbortController();
      const news = this.#news(listening.signal);
      try {
        const attempt = await this.#tryToStop();
        if (attempt === 'over' || (attempt === 'answered' && !(await this.#goesOn(news)))) {
          return;
        }
        await news;
      } finally {
        listening.abort(noLonger);
      }
    }
  }

  /** Its next event, if there is one soon: the next medium begins, which can be stopped, or all is over. */
  async #news(signal: AbortSignal): Promise<'begun' | 'finished' | undefined> {
    try {
      const { playback } = await this.#playback.waitFor(['PlaybackStarted', 'PlaybackFinished'], {
        timeoutMs: againMs,
        signal,
      });
      return playback.state === 'done' || playback.state === 'failed' ? 'finished' : 'begun';
    } catch (error) {
      return error instanceof ObjectGoneError ? 'finished' : undefined;
    }
  }

  /**
   * Whether it may play on though a stop was answered. Where a text is read after something else, Asterisk says that it has
   * stopped it, reads it to its end, and goes on with what comes after it.
   */
  async #goesOn(news: Promise<'begun' | 'finished' | undefined>): Promise<boolean> {
    if (!isSpokenLate(this.#media)) {
      return false;
    }
    const heard = await news;
    if (heard !== undefined) {
      return heard === 'begun';
    }
    const now = await this.#look();
    // One that has not begun will not: it waits for another playback, whose end need not be waited for.
    return now !== undefined && (now.state !== 'done' || isSpoken(now.media_uri));
  }

  /** How it stands; undefined if it is over. */
  async #look(): Promise<{ readonly state: string; readonly media_uri: string } | undefined> {
    let state: { readonly state: string; readonly media_uri: string } | undefined;
    const ask = async (): Promise<void> => {
      state = await this.#playback.get();
    };
    const isThere = await this.#persist(() => unlessGone(ask()));
    return isThere ? state : undefined;
  }

  #persist<T>(send: () => Promise<T>): Promise<T> {
    const waitForEnd = (options: CallOptions): Promise<unknown> =>
      this.#playback.waitFor(['PlaybackFinished'], options);
    return persist(`playback ${this.#playback.id} may go on`, waitForEnd, send);
  }

  /** What Asterisk reads aloud, such as numbers, cannot be stopped: the next sound, or the end, is waited for. */
  #tryToStop(): Promise<Attempt> {
    return this.#persist(async () => {
      try {
        return (await unlessGone(this.#playback.stop())) ? 'answered' : 'over';
      } catch (error) {
        if (error instanceof AriHttpError && error.serverMessage === 'Could not stop playback') {
          return 'refused';
        }
        throw error;
      }
    });
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
