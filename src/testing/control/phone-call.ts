import type { Channel } from '../engine/channels/channel.js';
import type { AudioFrame } from '../engine/media/audio-frame.js';
import type { FarEnd, Heard, Signal } from '../engine/channels/far-end.js';

/** How it stands with a telephone: no call; it has called and waits; it rings; it is in a call. */
export type PhoneState = 'idle' | 'calling' | 'ringing' | 'talking';

/** What a telephone wants to know of its call. */
export interface PhoneCallHost {
  /** The call comes in. */
  rung(): void;
  /** Something is different now. */
  changed(): void;
}

/** One call of a telephone, from the telephone's side: what it heard and was told. */
export class PhoneCall implements FarEnd {
  state: PhoneState;
  channel: Channel | undefined;
  heard: string[] = [];
  playing: Heard[] = [];
  digits = '';
  /** Audio that it was sent, in order. */
  readonly audible: AudioFrame[] = [];
  signals: Signal[] = [];
  /** What it was told of its transfers. */
  readonly transferNotices: string[] = [];
  /** Why it ended; `undefined` while it lasts. */
  cause: number | undefined;
  readonly #host: PhoneCallHost;

  constructor(state: PhoneState, host: PhoneCallHost) {
    this.state = state;
    this.#host = host;
  }

  attach(channel: Channel): void {
    this.channel = channel;
  }

  enter(state: PhoneState): void {
    this.state = state;
    this.#host.changed();
  }

  end(cause: number): void {
    this.cause ??= cause;
    this.playing = [];
    this.enter('idle');
  }

  dial(): boolean {
    this.#host.rung();
    return true;
  }

  signal(signal: Signal): void {
    this.signals.push(signal);
    if (signal === 'answer') this.state = 'talking';
    this.#host.changed();
  }

  audio(frame: AudioFrame): void {
    this.audible.push(frame);
    this.#host.changed();
  }

  digit(digit: string): void {
    this.digits += digit;
    this.#host.changed();
  }

  notify(notice: string): void {
    this.transferNotices.push(notice);
    this.#host.changed();
  }

  hear(heard: Heard): void {
    this.heard.push(heard.media);
    this.playing.push(heard);
    this.#host.changed();
  }

  hearEnd(heard: Heard): void {
    this.playing = this.playing.filter((one) => one !== heard);
    this.#host.changed();
  }

  hungUp(cause: number): void {
    this.end(cause);
  }
}
