import { AriError } from '../errors/ari-error.js';
import type { OwnedClient } from './owned-client.js';

/** The call of a per-call connection. */
export interface Call<Channel> {
  readonly channel: Channel;
  /** What the dialplan has given `Stasis()` after the application; empty for an adopted one. */
  readonly args: readonly string[];
  /** It was in the hands of another worker before: what has happened so far is not known here. */
  readonly adopted: boolean;
}

/** `StasisStart` of a new call comes within this time; of one that has begun elsewhere it never does. */
const startMs = 1_000;

/** Finds the channel of a per-call connection: from its `StasisStart`, or by its name. */
export class CallFinder {
  readonly #client: OwnedClient;
  readonly #channelName: string;
  readonly #started: Promise<Call<unknown>>;
  #isStarted = false;
  #found: Promise<Call<unknown>> | undefined;

  /** Made before the first event is read. */
  constructor(client: OwnedClient, channelName: string) {
    this.#client = client;
    this.#channelName = channelName;
    this.#started = new Promise((resolve) => {
      const subscription = client.on('StasisStart', ({ channel, args }) => {
        if (channel.name === channelName) {
          subscription.close();
          this.#isStarted = true;
          resolve({ channel, args, adopted: false });
        }
      });
    });
  }

  call(): Promise<Call<unknown>> {
    this.#found ??= this.#find();
    return this.#found;
  }

  async #find(): Promise<Call<unknown>> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(resolve, startMs, undefined);
    });
    const over = this.#client.closed.then((cause) => {
      throw new AriError(`the connection of ${this.#channelName} ended before its call was known`, { cause });
    });
    over.catch(() => undefined);
    try {
      return (await Promise.race([this.#started, late, over])) ?? (await Promise.race([this.#adopt(), over]));
    } finally {
      clearTimeout(timer);
    }
  }

  async #adopt(): Promise<Call<unknown>> {
    const channels = await this.#client.channels.list();
    if (this.#isStarted) {
      return this.#started;
    }
    const channel = channels.find(({ name }) => name === this.#channelName);
    if (channel === undefined) {
      throw new AriError(`there is no channel ${this.#channelName} any more`);
    }
    return { channel, args: [], adopted: true };
  }
}
