import type { Subscription } from '../contract/subscription.js';
import { AriHttpError } from '../errors/http-error.js';
import { ObjectGoneError } from '../errors/object-gone-error.js';
import { Looking } from './looking.js';
import type { CallOptions, FlowChannel } from './parties.js';
import { whenUnclear } from './unclear.js';
import { graceMs, unlessGone, type Watch } from './watch.js';
import { whenOver } from './when-over.js';

/** How a channel is hung up: with a cause or none. Asterisk 16 takes the word only. */
export interface HangupCause {
  /** Cause (Q.850) as a number: 17 for busy; not together with `reason`. @default 16, a normal end */
  readonly reason_code?: string | number | undefined;
  /** Cause as a word. @default `normal` */
  readonly reason?:
    | 'normal'
    | 'busy'
    | 'congestion'
    | 'no_answer'
    | 'timeout'
    | 'rejected'
    | 'unallocated'
    | 'normal_unspecified'
    | 'number_incomplete'
    | 'codec_mismatch'
    | 'interworking'
    | 'failure'
    | 'answered_elsewhere'
    | undefined;
}

/** What flows need of a channel that they may hang up. */
export interface ReleasableChannel extends FlowChannel {
  hangup(params?: HangupCause, options?: CallOptions): Promise<void>;
}

/** What flows need of a client to hang up a channel that they know by its id only. */
export interface ChannelFinder {
  readonly channels: { handle(id?: string): ReleasableChannel };
}

/** The channels of a flow that has several, and which of them have hung up or left the application. */
export class Lines {
  readonly #watch: Watch;
  readonly #over = new AbortController();
  readonly #subscriptions: readonly Pick<Subscription, 'close'>[];
  readonly #lookings: readonly Looking[];
  readonly #gone: string[] = [];

  constructor(channels: readonly FlowChannel[], watch: Watch) {
    this.#watch = watch;
    const lookings = channels.map(
      (channel) =>
        new Looking(
          () => this.look(channel),
          (error) => watch.fail(error),
        ),
    );
    this.#lookings = lookings;
    this.#subscriptions = channels.flatMap((channel, index) => [
      channel.on('ChannelHangupRequest', () => this.#leave(channel)),
      whenUnclear(channel.id, () => lookings[index]?.begin()),
    ]);
    for (const channel of channels) {
      whenOver(channel, ['StasisEnd', 'ChannelDestroyed'], this.#over.signal, {
        onOver: () => this.#leave(channel),
        onFailure: (error) => watch.fail(error),
      });
    }
  }

  /** The ids of those that are gone, in the order in which they went. */
  get gone(): readonly string[] {
    return this.#gone;
  }

  has(channel: FlowChannel): boolean {
    return !this.#gone.includes(channel.id);
  }

  /**
   * A request that fails where one of the channels hangs up: undefined then.
   * @param whose which of them an error says is gone, if it does: of who hung up before, no event tells
   */
  async request<T>(
    send: () => Promise<T>,
    whose?: (error: AriHttpError) => FlowChannel | undefined | Promise<FlowChannel | undefined>,
  ): Promise<T | undefined> {
    try {
      return await send();
    } catch (error) {
      // What a channel was to make, such as one that listens to it, is gone with it.
      if (!(error instanceof AriHttpError || error instanceof ObjectGoneError)) {
        throw error;
      }
      if (await this.lose()) {
        return undefined;
      }
      const gone = error instanceof AriHttpError ? await whose?.(error) : undefined;
      if (gone === undefined) {
        throw error;
      }
      this.#leave(gone);
      return undefined;
    }
  }

  /** Whether one of them is gone, the one of an id or any, which may be told just after what it explains. */
  async lose(id?: string): Promise<boolean> {
    const isGone = (): boolean => (id === undefined ? this.#gone.length > 0 : this.#gone.includes(id));
    const latest = performance.now() + graceMs;
    while (!isGone() && this.#watch.ending === undefined && performance.now() < latest) {
      await this.#watch.change(latest);
    }
    return isGone();
  }

  /** Asks whether one of them is there still, whose end may not have been heard. @throws what the request throws */
  async look(channel: FlowChannel): Promise<void> {
    if (!(await unlessGone(channel.get()))) {
      this.#leave(channel);
    }
  }

  close(): void {
    this.#over.abort();
    for (const subscription of this.#subscriptions) {
      subscription.close();
    }
    for (const looking of this.#lookings) {
      looking.stop();
    }
  }

  #leave(channel: FlowChannel): void {
    if (this.has(channel)) {
      this.#gone.push(channel.id);
      this.#watch.notify();
    }
  }
}
