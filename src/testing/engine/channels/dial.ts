import type { Timer } from '../clock.js';
import type { Engine } from '../parts.js';
import { source } from '../events.js';
import type { Channel } from './channel.js';
import type { Signal } from './far-end.js';

export interface DialRequest {
  readonly channel: Channel;
  readonly dialString: string;
  /** Milliseconds until it gives up; `undefined` for never. */
  readonly timeoutMs?: number | undefined;
  /** Whether the channel is originated: then events of its progress carry the dial string, too, and its end is told. */
  readonly originated: boolean;
  answered(): void;
  /** Nobody answered. `status` is the dial status, or empty where no `Dial` event told of it. */
  failed(status: string): void;
}

const STATUS: Partial<Record<Signal, string>> = {
  ringing: 'RINGING',
  progress: 'PROGRESS',
  answer: 'ANSWER',
  busy: 'BUSY',
  congestion: 'CONGESTION',
};

/** The dial status that a hang-up cause amounts to; for any other cause nobody answered. */
const STATUS_OF_CAUSE: Readonly<Record<number, string>> = {
  1: 'CHANUNAVAIL',
  2: 'CHANUNAVAIL',
  3: 'CHANUNAVAIL',
  17: 'BUSY',
  20: 'CHANUNAVAIL',
  34: 'CONGESTION',
};

/** The dialling of one channel, until somebody answers or it fails. */
export class Dial {
  readonly #engine: Engine;
  readonly #request: DialRequest;
  #timer: Timer | undefined;
  #over = false;

  constructor(engine: Engine, request: DialRequest) {
    this.#engine = engine;
    this.#request = request;
  }

  start(): void {
    const { channel, timeoutMs } = this.#request;
    channel.dial = this;
    if (!channel.farEnd.dial()) {
      this.end();
      this.#request.failed('');
      return;
    }
    if (channel.farEnd.connectsFirst !== true) this.begun();
    if (timeoutMs !== undefined) {
      this.#timer = this.#engine.after(timeoutMs, 'patience', () => this.#fail('NOANSWER'));
    }
  }

  begun(): void {
    const { channel, dialString } = this.#request;
    this.#publish('', dialString, channel.shown);
  }

  /** The far side signals how it goes. */
  receive(signal: Signal): void {
    const status = STATUS[signal];
    if (this.#over || status === undefined) return;
    const { channel, dialString, originated } = this.#request;
    if (signal === 'answer') this.end();
    if (signal === 'ringing') this.#engine.channels.setState(channel, 'Ringing');
    if (signal === 'answer') this.#engine.channels.setState(channel, 'Up');
    if (signal === 'busy' || signal === 'congestion') this.#engine.channels.update(channel);
    this.#publish(status, originated ? dialString : '');
    if (signal === 'answer') this.#request.answered();
    else this.#engine.bridges.passSignal(channel, signal);
    if (signal === 'busy' || signal === 'congestion') this.#fail(status);
  }

  /** The far side hung up before anybody answered. */
  farSideHungUp(cause: number): void {
    const { dialString, originated } = this.#request;
    if (originated) this.#publish(STATUS_OF_CAUSE[cause] ?? 'NOANSWER', dialString);
    this.end();
  }

  /** Stops without a result. */
  end(): void {
    this.#over = true;
    this.#timer?.cancel();
    if (this.#request.channel.dial === this) this.#request.channel.dial = undefined;
  }

  #fail(status: string): void {
    if (this.#over) return;
    this.end();
    this.#request.failed(status);
  }

  /** How it goes is told with a new look at the channel, for this event alone. */
  #publish(dialstatus: string, dialstring: string, peer = this.#request.channel.snapshot()): void {
    const { channel } = this.#request;
    const event = {
      type: 'Dial',
      dialstatus,
      forward: '',
      dialstring,
      peer,
    };
    this.#engine.publish(event, [source.channel(channel.id)]);
  }
}
