import { ObjectGoneError } from '../errors/object-gone-error.js';
import { AriTimeoutError } from '../errors/timeout-error.js';
import { refuseOption } from '../support/check-option.js';
import { uniqueId } from '../support/unique-id.js';
import { checkHeard } from './check.js';
import type { ChannelFinder, ReleasableChannel } from './lines.js';
import type { CallOptions, FlowChannel } from './parties.js';
import type { Recordable } from './record/parties.js';
import { mayBeDone } from './outage.js';
import { hangUp } from './persist.js';
import { ifStillThere, unlessGone, type Watch } from './watch.js';

/** What flows need of a channel that they listen to. A `Channel` and a handle of one will do. */
export interface SnoopableChannel extends FlowChannel {
  // Bindings differ in what they take: what is given here is a part of what each of them does.
  snoopChannelWithId(params: never, options?: CallOptions): Promise<SnoopChannel>;
}

/** A channel that hears another one. */
export interface SnoopChannel extends ReleasableChannel, Recordable {
  waitFor(
    type: readonly ('StasisStart' | 'StasisEnd' | 'ChannelDestroyed')[],
    options?: CallOptions,
  ): Promise<{ readonly type: string }>;
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

/** While the event connection is interrupted, none comes into its application: it is made again once that is back. */
const attempts = 3;

/** A channel that a flow listens to another one with, until it is closed. */
export class Snoop {
  readonly channel: SnoopChannel;

  private constructor(channel: SnoopChannel) {
    this.channel = channel;
  }

  /**
   * Undefined if the channel that is to be heard has hung up.
   * @param option that the application is of
   * @param client without it, one whose answer was lost stays until the other hangs up
   */
  static async open(
    channel: SnoopableChannel,
    params: SnoopParams,
    watch: Pick<Watch, 'request' | 'isHangup'>,
    option: string,
    client: ChannelFinder | undefined,
  ): Promise<Snoop | undefined> {
    checkHeard(option, params.app, channel);
    for (let attempt = 1; ; attempt += 1) {
      const made = await watch.request(() => make(channel, params, client));
      const snoop = made && new Snoop(made);
      const entry = await snoop?.entry();
      if (snoop === undefined || entry === 'entered') {
        return snoop;
      }
      await snoop.close();
      if (await watch.isHangup()) {
        return undefined;
      }
      if (entry !== 'lost' || attempt === attempts) {
        const why = `did not come into application '${params.app}', which is not there`;
        throw refuseOption(option, `is wrong: the channel that listens ${why}; start the client for it`);
      }
    }
  }

  /** Whether it comes into its application; before, nothing can be done with it. `lost`: it has gone, unheard. */
  private async entry(): Promise<'entered' | 'ended' | 'lost'> {
    try {
      const ends = ['StasisStart', 'StasisEnd', 'ChannelDestroyed'] as const;
      const { type } = await this.channel.waitFor(ends, { timeoutMs: entryMs });
      return type === 'StasisStart' ? 'entered' : 'ended';
    } catch (error) {
      if (error instanceof ObjectGoneError) {
        return 'lost';
      }
      if (error instanceof AriTimeoutError) {
        // It may have entered unheard.
        return (await unlessGone(this.channel.get())) ? 'entered' : 'ended';
      }
      await this.close();
      throw error;
    }
  }

  /** It ends with the channel that it hears as well. */
  close(): Promise<void> {
    return ifStillThere(() => hangUp(this.channel));
  }
}

async function make(
  channel: SnoopableChannel,
  params: SnoopParams,
  client: ChannelFinder | undefined,
): Promise<SnoopChannel> {
  const snoopId = uniqueId();
  try {
    return await channel.snoopChannelWithId({ ...params, snoopId } as never);
  } catch (error) {
    // Its answer may be lost and the channel be there all the same.
    if (client !== undefined && mayBeDone(error)) {
      await hangUp(client.channels.handle(snoopId));
    }
    throw error;
  }
}
