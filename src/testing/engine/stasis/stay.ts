import type { Channel, DigitTap, Stay } from '../channels/channel.js';
import type { Engine, Leaving, StayOptions } from '../parts.js';
import { source } from '../events.js';
import { CommandQueue } from './command-queue.js';

/** A channel's stay in an application, from `StasisStart` to `StasisEnd`. */
export class StasisStay implements Stay {
  readonly commands: CommandQueue;
  /** A recording that waits for a key. */
  digitTap: DigitTap | undefined;
  /** The name of a recording that is made of this channel. */
  recording: string | undefined;
  readonly #engine: Engine;
  readonly #channel: Channel;
  readonly #leave: (how: Leaving) => void;
  #application: string;
  readonly #inDialplan: boolean;
  #over = false;
  /** What is to be done when the stay is over; there is none when it is. */
  #afterwards: (() => void)[] | undefined = [];

  constructor(engine: Engine, channel: Channel, application: string, { inDialplan, leave }: StayOptions) {
    this.#inDialplan = inDialplan;
    this.#engine = engine;
    this.#channel = channel;
    this.#application = application;
    this.#leave = leave;
    this.commands = new CommandQueue((work) => engine.soon(work));
  }

  get application(): string {
    return this.#application;
  }

  begin(args: readonly string[]): void {
    const { applications } = this.#engine;
    const event = { type: 'StasisStart', args: [...args], channel: this.#channel.shown };
    applications.subscribe(this.#application, source.channel(this.#channel.id));
    this.#engine.publish(event, [source.application(this.#application)]);
  }

  /** Hands the channel to another application, if that one is there. A bridge that it is in is not left. */
  move(application: string, args: readonly string[]): void {
    if (this.#over) return;
    if (!this.#engine.applications.findConnected(application)) {
      this.#engine.publish(
        { type: 'ApplicationMoveFailed', channel: this.#channel.shown, destination: application, args },
        [source.application(this.#application)],
      );
      return;
    }
    this.#end();
    this.#application = application;
    this.begin(args);
  }

  /** Sends the channel elsewhere in the dialplan. */
  continue(context: string, exten: string, priority: number): void {
    if (this.#over) return;
    this.#channel.position = { ...this.#channel.position, context, exten, priority };
    this.#close(false);
    this.whenOver(() => this.#leave({ kind: 'continue', context, exten, priority }));
  }

  hungUp(): void {
    this.#close(true);
  }

  whenOver(action: () => void): void {
    if (this.#afterwards) this.#afterwards.push(action);
    else action();
  }

  /** What goes on is broken off, and may take a while to end. */
  #close(hungUp: boolean): void {
    if (this.#over) return;
    this.#over = true;
    this.commands.close(() => this.#finish(hungUp));
  }

  #finish(hungUp: boolean): void {
    this.#engine.bridges.leave(this.#channel);
    this.#end();
    this.#channel.stasis = undefined;
    // Without a dialplan to go back to, the application lasts until the channel has been through the other place.
    if (hungUp || this.#inDialplan) this.#engine.channels.setVariable(this.#channel, 'STASISSTATUS', 'SUCCESS');
    const afterwards = this.#afterwards ?? [];
    this.#afterwards = undefined;
    for (const action of afterwards) action();
  }

  #end(): void {
    const event = { type: 'StasisEnd', channel: this.#channel.shown };
    this.#engine.publish(event, [source.application(this.#application)]);
    this.#engine.applications.unsubscribe(this.#application, source.channel(this.#channel.id));
  }
}
