import type { Channel } from '../engine/channels/channel.js';
import { receiveDigit } from '../engine/channels/digits.js';
import type { FarEnd, Heard, Signal } from '../engine/channels/far-end.js';
import { farSideHungUp } from '../engine/channels/hangup.js';
import { NOBODY, type CallerId } from '../engine/caller-id.js';
import type { Engine } from '../engine/engine.js';
import type { Device } from '../engine/places/endpoints.js';
import { source } from '../engine/events.js';
import { Waiters } from './waiters.js';

/**
 * How it stands with a telephone: no call; it has called and nobody has answered yet; it rings; it is in a call.
 */
export type PhoneState = 'idle' | 'calling' | 'ringing' | 'talking';

/** What a telephone does with a call that comes in. */
export type PhoneManner = 'ring' | 'answer' | 'busy' | 'decline';

/** A text message that a telephone received. */
export interface ReceivedMessage {
  readonly from: string;
  readonly body: string;
  readonly variables: Readonly<Record<string, string>>;
}

export interface WaitOptions {
  /** How long to wait, in real milliseconds; 5 s without it. */
  readonly timeoutMs?: number;
}

const DEFAULT_WAIT_MS = 5000;
const DIGIT_MS = 100;
const CAUSES = { busy: 17, decline: 21 } as const;

/** A telephone in the hands of a test, at the endpoint `TECH/RESOURCE`. */
export class Phone implements Device {
  readonly technology: string;
  readonly resource: string;
  /** What it does with calls; it rings unless told otherwise. */
  manner: PhoneManner = 'ring';
  readonly #engine: Engine;
  readonly #caller: CallerId;
  readonly #waiters = new Waiters();
  #state: PhoneState = 'idle';
  #channel: Channel | undefined;
  #heard: string[] = [];
  #playing: Heard[] = [];
  #digits = '';
  #signals: Signal[] = [];
  #cause: number | undefined;
  readonly #messages: ReceivedMessage[] = [];

  constructor(engine: Engine, technology: string, resource: string, caller: CallerId = NOBODY) {
    this.#engine = engine;
    this.technology = technology;
    this.resource = resource;
    this.#caller = caller;
    engine.run(() => engine.endpoints.connect(technology, resource, this));
  }

  /** The endpoint that reaches it: `PJSIP/alice`. */
  get endpoint(): string {
    return `${this.technology}/${this.resource}`;
  }

  get state(): PhoneState {
    return this.#state;
  }

  /** Id of its channel, of the present call or the last one. */
  get channelId(): string {
    if (!this.#channel) throw new Error(`${this.endpoint} has not been in a call yet`);
    return this.#channel.id;
  }

  /** Everything that was played to it in this call, in order: media URIs and `moh:CLASS`. */
  get heard(): readonly string[] {
    return this.#heard;
  }

  /** What is being played to it now. */
  get playing(): readonly string[] {
    return this.#playing.map(({ media }) => media);
  }

  /** The digits that Asterisk sent it in this call. */
  get digits(): string {
    return this.#digits;
  }

  /** What Asterisk signalled to it in this call: `ringing`, `progress`, `answer`, `hold` … */
  get signals(): readonly Signal[] {
    return this.#signals;
  }

  /** Why the last call ended; `undefined` while it lasts. */
  get hangupCause(): number | undefined {
    return this.#cause;
  }

  /** Text messages that it was sent. */
  get messages(): readonly ReceivedMessage[] {
    return this.#messages;
  }

  /** Calls an extension of the dialplan. */
  call(to: string, context = 'default'): this {
    this.#require('idle', 'call');
    this.#reset('calling');
    this.#engine.run(() => {
      const leg = this.newLeg('calling');
      const place = { exten: to, context };
      const channel = this.#engine.endpoints.incoming(this.technology, this.resource, leg, place);
      leg.attach(channel);
      this.#engine.channels.setCaller(channel, this.#caller);
      this.#engine.soon(() => this.#engine.dialplan.run(channel));
    });
    return this;
  }

  /** Answers the call that comes in. */
  answer(): this {
    this.#require('ringing', 'answer');
    this.#setState('talking');
    this.#engine.run(() => this.#channel?.dial?.receive('answer'));
    return this;
  }

  /** Turns the call that comes in away. */
  decline(): this {
    this.#require('ringing', 'decline');
    this.#refuse('decline');
    return this;
  }

  /** Presses keys, one after the other. */
  press(digits: string): this {
    const channel = this.#call('press');
    for (const digit of digits) this.#engine.run(() => receiveDigit(this.#engine, channel, digit, DIGIT_MS));
    return this;
  }

  /** Puts the call on hold, or takes it off. */
  hold(on = true): this {
    const channel = this.#call('hold');
    const fields = on ? { musicclass: 'N/A' } : {};
    this.#engine.run(() => this.#engine.channels.publish(channel, on ? 'ChannelHold' : 'ChannelUnhold', fields));
    return this;
  }

  /** Begins or ceases to speak, as far as an application that detects talking can tell. */
  talk(durationMs?: number): this {
    const channel = this.#call('talk');
    this.#engine.run(() => {
      if (durationMs === undefined) this.#engine.channels.publish(channel, 'ChannelTalkingStarted');
      else this.#engine.channels.publish(channel, 'ChannelTalkingFinished', { duration: durationMs });
    });
    return this;
  }

  /** Sends a text message to whoever listens to this endpoint. */
  sendMessage(body: string, to = 'asterisk'): this {
    const from = `${this.technology.toLowerCase()}:${this.resource}`;
    const { technology, resource } = this;
    const endpoint = this.#engine.endpoints.get(technology, resource);
    const event = { type: 'TextMessageReceived', message: { from, to, body, variables: {} }, endpoint };
    this.#engine.run(() => this.#engine.publish(event, [source.endpoint(technology, resource)]));
    return this;
  }

  /** Hangs up. */
  hangup(cause = 16): this {
    const channel = this.#call('hang up');
    this.#setState('idle');
    this.#cause = cause;
    this.#engine.run(() => farSideHungUp(this.#engine, channel, cause));
    return this;
  }

  /** Switches the telephone off: calls to it fail. */
  unplug(): this {
    if (this.#state !== 'idle') this.hangup();
    this.#engine.run(() => this.#engine.endpoints.disconnect(this.technology, this.resource));
    return this;
  }

  /** Waits until a medium was played to it in this call, or begins to be. */
  hears(media: string, options?: WaitOptions): Promise<void> {
    return this.#until(() => this.#heard.includes(media), `hear ${media}`, options);
  }

  /** Waits until it rings. */
  rings(options?: WaitOptions): Promise<void> {
    return this.#until(() => this.#state === 'ringing', 'ring', options);
  }

  /** Waits until its call is answered. */
  answered(options?: WaitOptions): Promise<void> {
    return this.#until(() => this.#state === 'talking', 'be answered', options);
  }

  /** Waits until Asterisk has sent it these digits. */
  receives(digits: string, options?: WaitOptions): Promise<void> {
    return this.#until(() => this.#digits.includes(digits), `receive ${digits}`, options);
  }

  /** Waits until its call is over. */
  ended(options?: WaitOptions): Promise<void> {
    return this.#until(() => this.#state === 'idle' && this.#cause !== undefined, 'be hung up', options);
  }

  /** @internal */
  newLeg(state: 'calling' | 'idle' = 'idle'): FarEnd & { attach(channel: Channel): void } {
    if (state === 'idle') this.#reset('idle');
    return {
      attach: (channel) => {
        this.#channel = channel;
      },
      canDial: () => true,
      dial: () => this.#engine.soon(() => this.#rung()),
      signal: (signal) => this.#signalled(signal),
      digit: (digit) => this.#change(() => (this.#digits += digit)),
      hear: (heard) => this.#hear(heard),
      hearEnd: (heard) => this.#change(() => (this.#playing = this.#playing.filter((one) => one !== heard))),
      hungUp: (cause) => this.#hungUp(cause),
    };
  }

  /** @internal */
  message(from: string, body: string, variables: Readonly<Record<string, string>>): void {
    this.#change(() => this.#messages.push({ from, body, variables }));
  }

  #rung(): void {
    if (this.manner === 'busy' || this.manner === 'decline') {
      this.#refuse(this.manner);
      return;
    }
    this.#setState('ringing');
    this.#channel?.dial?.receive('ringing');
    if (this.manner === 'answer') this.answer();
  }

  #refuse(how: 'busy' | 'decline'): void {
    const channel = this.#channel;
    this.#setState('idle');
    this.#cause = CAUSES[how];
    this.#engine.run(() => {
      if (!channel) return;
      channel.hangupCause = CAUSES[how];
      channel.dial?.receive('busy');
    });
  }

  #signalled(signal: Signal): void {
    this.#change(() => this.#signals.push(signal));
    if (signal === 'answer') this.#setState('talking');
  }

  #hear(heard: Heard): void {
    this.#change(() => {
      this.#heard.push(heard.media);
      this.#playing.push(heard);
    });
  }

  #hungUp(cause: number): void {
    this.#cause ??= cause;
    this.#playing = [];
    this.#setState('idle');
  }

  #call(what: string): Channel {
    const channel = this.#channel;
    if (!channel || channel.gone || this.#state === 'idle') {
      throw new Error(`${this.endpoint} cannot ${what}: it is in no call`);
    }
    return channel;
  }

  #require(state: PhoneState, what: string): void {
    if (this.#state === state) return;
    throw new Error(`${this.endpoint} cannot ${what}: it is ${this.#state}, and must be ${state} for that`);
  }

  #reset(state: PhoneState): void {
    this.#heard = [];
    this.#playing = [];
    this.#signals = [];
    this.#digits = '';
    this.#cause = undefined;
    this.#setState(state);
  }

  #setState(state: PhoneState): void {
    this.#change(() => (this.#state = state));
  }

  #change(act: () => unknown): void {
    act();
    this.#waiters.notify();
  }

  #until(check: () => boolean, what: string, { timeoutMs = DEFAULT_WAIT_MS }: WaitOptions = {}): Promise<void> {
    return this.#waiters.until(check, timeoutMs, () => {
      const heard = this.#heard.join(', ') || 'nothing';
      return `${this.endpoint} did not ${what} within ${timeoutMs} ms; it is ${this.#state} and has heard ${heard}`;
    });
  }
}
