import type { ReleasableChannel } from './lines.js';
import type { CallOptions, FlowChannel } from './parties.js';
import type { Recordable } from './record/parties.js';
import { ifStillThere, type Watch } from './watch.js';

/** What flows need of a channel that they listen to. A `Channel` and a handle of one will do. */
export interface SnoopableChannel extends FlowChannel {
  // Bindings differ in what they take: what is given here is a part of what each of them does.
  snoopChannel(params: never, options?: CallOptions): Promise<SnoopChannel>;
}

/** A channel that hears another one. */
export interface SnoopChannel extends ReleasableChannel, Recordable {
  waitFor(type: readonly ('StasisStart' | 'StasisEnd' | 'ChannelDestroyed')[], options?: CallOptions): Promise<unknown>;
}

/** How Asterisk is told to listen. */
export interface SnoopParams {
  readonly app: string;
  readonly appArgs: string;
  readonly spy: 'in' | 'out' | 'both';
  readonly whisper: 'none' | 'out';
}

/** How long it may take until a channel that listens is in its application, in milliseconds. */
const entryMs = 5_000;

/** A channel that a flow listens to another one with, until it is closed. */
export class Snoop {
  readonly channel: SnoopChannel;

  private constructor(channel: SnoopChannel) {
    this.channel = channel;
  }

  /** Undefined if the channel that is to be heard has hung up. */
  static async open(
    channel: SnoopableChannel,
    params: SnoopParams,
    watch: Pick<Watch, 'request'>,
  ): Promise<Snoop | undefined> {
    const made = await watch.request(() => channel.snoopChannel(params as never));
    const snoop = made && new Snoop(made);
    try {
      // Before, nothing can be done with it.
      await made?.waitFor(['StasisStart', 'StasisEnd', 'ChannelDestroyed'], { timeoutMs: entryMs });
    } catch (error) {
      await snoop?.close();
      throw error;
    }
    return snoop;
  }

  /** It ends with the channel that it hears as well. */
  close(): Promise<void> {
    return ifStillThere(() => this.channel.hangup());
  }
}
