import type { Channel } from '../channels/channel.js';
import type { FarEnd } from '../channels/far-end.js';
import type { Engine } from '../parts.js';

/** The side of a channel with RTP: somebody who is always there, and neither hears nor speaks. */
export class RtpEnd implements FarEnd {
  readonly #engine: Engine;
  #channel: Channel | undefined;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  attach(channel: Channel): void {
    this.#channel = channel;
  }

  dial(): boolean {
    this.#engine.soon(() => this.#channel?.dial?.receive('answer'));
    return true;
  }

  signal(): void {}
  digit(): void {}
  audio(): void {}
  hear(): void {}
  hearEnd(): void {}
  hungUp(): void {}
}
