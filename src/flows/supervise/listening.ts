import { converse, type ConnectResult } from '../connect/connect.js';
import { thenEnd } from '../end-all.js';
import { Snoop } from '../snoop.js';
import { Deferred } from '../../support/deferred.js';
import { isOfNoChannel } from '../watch.js';
import type { Desk, Post } from './post.js';
import type { Ended } from './result.js';

/** The supervisor is in a bridge with a channel that hears the other one and, to coach, speaks to it. */
export class Listening implements Post {
  readonly mode: 'listen' | 'coach';
  readonly #snoop: Snoop;
  readonly #over = new AbortController();
  #left: Ended | undefined;
  #conversation: Promise<void> | undefined;

  private constructor(mode: 'listen' | 'coach', snoop: Snoop) {
    this.mode = mode;
    this.#snoop = snoop;
  }

  /** Undefined if the channel has hung up. */
  static async open(desk: Desk, mode: 'listen' | 'coach'): Promise<Listening | undefined> {
    const { app = '', appArgs, channel } = desk.rules;
    const whisper = mode === 'coach' ? 'out' : 'none';
    // Its requests are watched by the lines.
    const watch = {
      request: <T>(send: () => Promise<T>): Promise<T> => send(),
      isHangup: () => desk.lines.lose(channel.id),
    };
    const snoop = await desk.lines.request(
      () => Snoop.open(channel, { app, appArgs, spy: 'both', whisper }, watch, 'app', desk.client),
      (error) => (isOfNoChannel(error) ? channel : undefined),
    );
    if (snoop === undefined) {
      return undefined;
    }
    const listening = new Listening(mode, snoop);
    try {
      await listening.#begin(desk);
      return listening;
    } catch (error) {
      // What is left is told rather than why it has failed.
      await listening.close();
      throw error;
    }
  }

  get left(): Ended | undefined {
    return this.#left;
  }

  async close(): Promise<void> {
    this.#over.abort();
    await thenEnd(
      async () => this.#conversation,
      () => this.#snoop.close(),
    );
  }

  /** Until the two are in their bridge, or it has come to nothing. */
  async #begin({ client, rules, watch, over }: Desk): Promise<void> {
    if (over() !== undefined) {
      return;
    }
    const signal = rules.signal === undefined ? this.#over.signal : AbortSignal.any([rules.signal, this.#over.signal]);
    const channels = [rules.supervisor, this.#snoop.channel] as const;
    const begun = new Deferred<void>();
    const conversation = converse(client, { channels, hangup: 'none', signal }, () => begun.resolve()).then((ended) => {
      this.#left = endOf(ended);
      watch.notify();
    });
    this.#conversation = conversation;
    await Promise.race([begun.promise, conversation]);
    conversation.catch((error: unknown) => watch.fail(error));
  }
}

function endOf({ reason, by }: ConnectResult): Ended {
  const side = by && ({ first: 'supervisor', second: 'channel' } as const)[by];
  return { reason: reason === 'limit' ? 'left' : reason, ...(side !== undefined && { by: side }) };
}
