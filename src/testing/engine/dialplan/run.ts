import type { Channel, ChannelOwner } from '../channels/channel.js';
import { SOFT_HANGUP } from '../channels/hangup.js';
import type { Engine } from '../parts.js';
import type { StepContext } from './app.js';
import { APPLICATIONS } from './apps/index.js';
import { expand } from './expand.js';

/** One channel on its way through the dialplan. */
export class DialplanRun implements ChannelOwner {
  readonly #engine: Engine;
  readonly #channel: Channel;
  #stop: (() => void) | undefined;
  readonly #ended: () => void;
  /** What shows as the channel's application between two steps. */
  readonly #between: { readonly app: string; readonly data: string };
  #over = false;

  constructor(engine: Engine, channel: Channel, ended?: () => void) {
    this.#ended = ended ?? (() => this.#requestHangup());
    this.#engine = engine;
    this.#channel = channel;
    this.#between = { app: channel.position.app, data: channel.position.data };
  }

  /** Does the step at the channel's place. */
  next(): void {
    if (this.#over) return;
    const { position } = this.#channel;
    const step = this.#engine.dialplan.step(position);
    const app = step && APPLICATIONS.get(step.app.toLowerCase());
    if (!step || !app) {
      this.#finish();
      return;
    }
    const data = expand(this.#engine, this.#channel, step.data);
    this.#engine.channels.setPosition(this.#channel, { app: step.app, data });
    const stop = app(this.#context(data));
    this.#stop = stop ?? undefined;
  }

  hungUp(): void {
    const stop = this.#stop;
    this.#stop = undefined;
    const { stasis } = this.#channel;
    stop?.();
    if (stasis) stasis.whenOver(() => this.#finish());
    else this.#finish();
  }

  #context(data: string): StepContext {
    const { position } = this.#channel;
    // A step is over once; what it may still do later is void.
    let current = true;
    const leave = (act: () => void): void => {
      if (!current || this.#over) return;
      current = false;
      this.#stop = undefined;
      this.#engine.soon(act);
    };
    return {
      engine: this.#engine,
      channel: this.#channel,
      data,
      done: () => leave(() => this.#goto(position.context, position.exten, position.priority + 1)),
      goto: (context, exten, priority) => leave(() => this.#goto(context, exten, priority)),
      hangUp: (cause) =>
        leave(() => {
          if (this.#channel.hangupCause === 0) this.#channel.hangupCause = cause;
          this.#finish();
        }),
    };
  }

  #goto(context: string, exten: string, priority: number): void {
    if (this.#channel.hangingUp) return;
    // The place alone is not told: the step that is done there is.
    this.#channel.position = { ...this.#channel.position, context, exten, priority, ...this.#between };
    this.next();
  }

  #requestHangup(): void {
    const fields = { cause: SOFT_HANGUP.dialplanEnd, soft: true };
    this.#engine.channels.publish(this.#channel, 'ChannelHangupRequest', fields);
  }

  #finish(): void {
    if (this.#over) return;
    this.#over = true;
    const channel = this.#channel;
    channel.hangingUp = true;
    this.#ended();
    this.#engine.channels.destroy(channel);
  }
}
