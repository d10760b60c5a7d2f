import { splitArguments } from '../../params/split-list.js';
import type { Channel } from '../channels/channel.js';
import type { Engine, Leaving, StayOptions } from '../parts.js';
import { StasisStay } from './stay.js';

/** The way into applications. */
export class Stasis {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Hands a channel that stands at a step of the dialplan to an application; nothing comes of it if that one is not connected. */
  enter(channel: Channel, application: string, args: readonly string[], options: StayOptions): StasisStay | undefined {
    const { channels, applications } = this.#engine;
    channels.setVariable(channel, 'STASISSTATUS', '');
    if (!applications.findConnected(application)) {
      channels.setVariable(channel, 'STASISSTATUS', 'FAILED');
      return undefined;
    }
    const stay = new StasisStay(this.#engine, channel, application, options);
    channel.stasis = stay;
    stay.begin(args);
    return stay;
  }

  /** Hands a new channel to an application, in a thread of its own: until that begins, nothing reaches the channel. */
  enterSoon(channel: Channel, application: string, args: string): void {
    channel.waits = true;
    this.#engine.begin(() => {
      channel.waits = false;
      this.enterAlone(channel, application, args);
      // What asked it to hang up before is obeyed now.
      if (channel.hangingUp) channel.owner?.hungUp();
    });
  }

  /** Hands a channel that has no dialplan to an application, and is its owner there. */
  enterAlone(channel: Channel, application: string, args: string): void {
    const { channels } = this.#engine;
    if (channel.gone) return;
    channels.setPosition(channel, { app: 'Stasis', data: args === '' ? application : `${application},${args}` });
    const leave = (how: Leaving): void => this.#left(channel, how);
    const stay = this.enter(channel, application, splitArguments(args), { inDialplan: false, leave });
    if (!stay) {
      channels.destroy(channel);
      return;
    }
    channel.owner = {
      hungUp: () => {
        stay.hungUp();
        stay.whenOver(() => channels.destroy(channel));
      },
    };
  }

  #left(channel: Channel, how: Leaving): void {
    if (how.kind !== 'continue') {
      this.#engine.channels.destroy(channel);
      return;
    }
    this.#engine.dialplan.run(channel, () => {
      this.#engine.channels.setVariable(channel, 'STASISSTATUS', 'SUCCESS');
    });
  }
}
