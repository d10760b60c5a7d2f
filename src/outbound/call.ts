import { AriError } from '../errors/ari-error.js';
import { NotFoundError } from '../errors/not-found-error.js';
import { Deferred } from '../support/deferred.js';
import { pause } from '../support/pause.js';
import type { OwnedClient } from './owned-client.js';

/** The call of a per-call connection. */
export interface Call<Channel> {
  readonly channel: Channel;
  /** What the dialplan has given `Stasis()` after the application; empty for an adopted one. */
  readonly args: readonly string[];
  /** It was in the hands of another worker before: what has happened so far is not known here. */
  readonly adopted: boolean;
}

/** `StasisStart` usually comes within this time; then nothing need be asked. */
const usualMs = 250;

/** `StasisStart` comes within this time after the channel has entered the application. */
const startMs = 1_000;

/** How long a channel may take to enter the application. */
const enterMs = 30_000;

/** Finds the channel of a per-call connection: from its `StasisStart`, or by its name, and knows when it has left. */
export class CallFinder {
  readonly channelName: string;
  readonly #client: OwnedClient;
  readonly #app: string;
  readonly #started = new Deferred<Call<unknown>>();
  #channelId: string | undefined;
  #hasEnded = false;
  #found: Promise<Call<unknown>> | undefined;

  /** Made before the first event is read. @param app the application's full name */
  constructor(client: OwnedClient, app: string, channelName: string) {
    this.#client = client;
    this.#app = app;
    this.channelName = channelName;
    client.on('StasisStart', ({ channel, args }) => {
      if (channel?.name === channelName && typeof channel.id === 'string') {
        this.#channelId = channel.id;
        this.#started.resolve({ channel, args: Array.isArray(args) ? args : [], adopted: false });
      }
    });
    client.on('StasisEnd', ({ channel }) => {
      if (channel?.name === channelName || (channel?.id !== undefined && channel.id === this.#channelId)) {
        this.#hasEnded = true;
      }
    });
  }

  /** The channel's id, once it is known. */
  get channelId(): string | undefined {
    return this.#channelId;
  }

  /** Whether the call has left the application. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** A failure is not for ever: the next one asks again. */
  call(): Promise<Call<unknown>> {
    this.#found ??= this.#find().catch((error: unknown) => {
      this.#found = undefined;
      throw error;
    });
    return this.#found;
  }

  async #find(): Promise<Call<unknown>> {
    const search = new AbortController();
    const over = this.#client.closed.then((cause) => {
      throw new AriError(`the connection of ${this.channelName} ended before its call was known`, { cause });
    });
    over.catch(() => undefined);
    const adopted = this.#adopt(search.signal);
    adopted.catch(() => undefined);
    try {
      return await Promise.race([this.#started.promise, adopted, over]);
    } finally {
      search.abort();
    }
  }

  /**
   * Asterisk subscribes the application to the channel before it says `StasisStart`. So a channel that is in, and has been
   * for long enough, has begun elsewhere; one that is not in yet is still to come.
   */
  async #adopt(signal: AbortSignal): Promise<Call<unknown>> {
    const until = performance.now() + enterMs;
    let enteredBefore: string | undefined;
    for (let ms = usualMs; performance.now() < until; ms = startMs) {
      await pause(ms, signal);
      const channels = await this.#client.channels.list({ signal });
      const channel = channels.find(({ name }) => name === this.channelName);
      if (channel === undefined) {
        throw new AriError(`there is no channel ${this.channelName} any more`);
      }
      if (channel.id === enteredBefore) {
        this.#channelId = channel.id;
        return { channel, args: [], adopted: true };
      }
      enteredBefore = (await this.#isIn(channel.id, signal)) ? channel.id : undefined;
    }
    throw new AriError(`the channel ${this.channelName} has not entered ${this.#app} within ${enterMs} ms`);
  }

  async #isIn(channelId: string, signal: AbortSignal): Promise<boolean> {
    try {
      const { channel_ids } = await this.#client.applications.get({ applicationName: this.#app }, { signal });
      return channel_ids.includes(channelId);
    } catch (error) {
      if (error instanceof NotFoundError) {
        return false;
      }
      throw error;
    }
  }
}
