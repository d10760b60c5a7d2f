import { announcerOf } from '../bridges/helpers.js';
import type { Bridge } from '../bridges/bridge.js';
import type { Channel } from '../channels/channel.js';
import type { Engine } from '../parts.js';
import { source } from '../events.js';
import type { CommandQueue } from '../stasis/command-queue.js';
import { Playback } from './playback.js';

/** What a request says about a playback. */
export interface PlayOptions {
  readonly id: string;
  readonly media: readonly string[];
  readonly language: string;
  readonly skipMs: number;
  readonly offsetMs: number;
}

/** Every playback that is not over. */
export class Playbacks {
  readonly #engine: Engine;
  /** In their order: several may have one id, of which the first is found. */
  readonly #playbacks = new Set<Playback>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  find(id: string): Playback | undefined {
    for (const playback of this.#playbacks) if (playback.request.id === id) return playback;
    return undefined;
  }

  onChannel(channel: Channel, commands: CommandQueue, options: PlayOptions): Playback {
    const { language, id, ...rest } = options;
    const playback = new Playback(
      this.#engine,
      {
        ...rest,
        id: id || this.#engine.ids.uuid(),
        language: language || channel.language,
        target: `channel:${channel.id}`,
        channel,
        listeners: () => [channel],
      },
      [source.channel(channel.id)],
      () => this.#playbacks.delete(playback),
    );
    return this.#queue(playback, commands);
  }

  onBridge(bridge: Bridge, options: PlayOptions): Playback {
    const { channel, commands } = announcerOf(this.#engine, bridge);
    const { language, id, ...rest } = options;
    const playback = new Playback(
      this.#engine,
      {
        ...rest,
        id: id || this.#engine.ids.uuid(),
        language: language || channel.language,
        target: `bridge:${bridge.id}`,
        channel,
        listeners: () => [...bridge.members.keys()].filter((member) => !member.internal),
      },
      [source.channel(channel.id), source.bridge(bridge.id)],
      () => this.#playbacks.delete(playback),
    );
    return this.#queue(playback, commands);
  }

  #queue(playback: Playback, commands: CommandQueue): Playback {
    this.#playbacks.add(playback);
    commands.push(playback);
    return playback;
  }
}
