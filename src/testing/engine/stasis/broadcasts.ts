import { AriFailure } from '../../http/failure.js';
import type { Channel } from '../channels/channel.js';
import type { BroadcastRequest, Engine } from '../parts.js';
import type { EventBody } from '../events.js';
import { source } from '../events.js';

interface Broadcast {
  winner: string | undefined;
  claim(application: string): void;
}

/** Calls that are offered to several applications, of which one may claim each. */
export class Broadcasts {
  readonly #engine: Engine;
  readonly #open = new Map<string, Broadcast>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Offers a channel. Until `end`, whoever claims it after the first is told that it has been claimed. */
  start(channel: Channel, request: BroadcastRequest): { end(): void } {
    const asked = this.#asked(request.filter);
    const close = (): void => {
      timer.cancel();
      this.#open.delete(channel.id);
    };
    const timer = this.#engine.after(request.timeoutMs, 'patience', () => {
      close();
      request.expired();
    });
    const broadcast: Broadcast = {
      winner: undefined,
      claim: (application) => {
        broadcast.winner = application;
        timer.cancel();
        this.#engine.soon(() => {
          if (request.notifyClaimed) this.#tell(asked, 'CallClaimed', channel, { winner_app: application });
          request.claimed(application);
        });
      },
    };
    this.#open.set(channel.id, broadcast);
    const { caller, position } = channel;
    this.#tell(asked, 'CallBroadcast', channel, { caller: caller.number, called: position.exten });
    return { end: close };
  }

  /** The first claim has the channel. */
  claim(channelId: string, application: string): void {
    const broadcast = this.#open.get(channelId);
    if (!broadcast) throw new AriFailure(404, 'Channel not found or not in broadcast state');
    if (broadcast.winner !== undefined) {
      throw new AriFailure(409, 'Channel has already been claimed by another application');
    }
    broadcast.claim(application);
  }

  #asked(filter: string): string[] {
    const expression = new RegExp(filter);
    return this.#engine.applications
      .list()
      .filter(({ link, name }) => link !== undefined && expression.test(name))
      .map(({ name }) => name);
  }

  #tell(applications: readonly string[], type: string, channel: Channel, fields: Omit<EventBody, 'type'>): void {
    const event = { type, channel: channel.shown, ...fields };
    this.#engine.publish(event, applications.map(source.application));
  }
}
