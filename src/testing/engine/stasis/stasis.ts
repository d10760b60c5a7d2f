import type { Channel } from '../channels/channel.js';
import type { Engine } from '../engine.js';
import { type Leaving, StasisStay } from './stay.js';

/** The way into applications. */
export class Stasis {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Hands a channel to an application; nothing comes of it if that one is not connected. */
  enter(
    channel: Channel,
    application: string,
    args: readonly string[],
    leave: (how: Leaving) => void,
  ): StasisStay | undefined {
    const { channels, applications } = this.#engine;
    channels.setPosition(channel, { app: 'Stasis', data: [application, ...args].join(',') });
    channels.setVariable(channel, 'STASISSTATUS', '');
    if (!applications.findConnected(application)) {
      channels.setVariable(channel, 'STASISSTATUS', 'FAILED');
      return undefined;
    }
    const stay = new StasisStay(this.#engine, channel, application, leave);
    channel.stasis = stay;
    stay.begin(args);
    return stay;
  }

  /** Hands a channel that has no dialplan to an application, and is its owner there. */
  enterAlone(channel: Channel, application: string, args: readonly string[]): void {
    const { channels } = this.#engine;
    const stay = this.enter(channel, application, args, (how) => this.#left(channel, how));
    if (!stay) {
      channels.destroy(channel);
      return;
    }
    channel.owner = {
      hungUp: () => {
        stay.hungUp();
        channels.destroy(channel);
      },
    };
  }

  #left(channel: Channel, how: Leaving): void {
    if (how.kind !== 'continue') {
      this.#engine.channels.destroy(channel);
      return;
    }
    const { context, exten, priority } = how;
    channel.position = { ...channel.position, context, exten, priority, app: '', data: '' };
    this.#engine.dialplan.run(channel);
  }
}
