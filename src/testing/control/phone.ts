import { AriError } from '../../errors/ari-error.js';
import { check } from '../checks/check.js';
import * as kinds from '../checks/kinds.js';
import type { CallerId } from '../engine/caller-id.js';
import type { Channel } from '../engine/channels/channel.js';
import { receiveDigit } from '../engine/channels/digits.js';
import type { Signal } from '../engine/channels/far-end.js';
import { farSideHungUp } from '../engine/channels/hangup.js';
import { tellHold } from '../engine/channels/local.js';
import { isLeftToApplication, Transfer } from '../engine/channels/transfer.js';
import { convert } from '../engine/media/audio-frame.js';
import { cutFrames } from '../engine/media/cut-frames.js';
import { FrameClock } from '../engine/media/frame-clock.js';
import { receiveFrame } from '../engine/media/receive-audio.js';
import type { Engine } from '../engine/engine.js';
import { source } from '../engine/events.js';
import type { Device } from '../engine/places/endpoints.js';
import { PhoneCall, type PhoneState } from './phone-call.js';
import { Waiters, type WaitOptions } from './waiters.js';

export type { PhoneState } from './phone-call.js';

/** What a telephone does with a call that comes in: it rings until a test has it answer, or does this by itself. */
export type PhoneManner = 'ring' | 'answer' | 'busy' | 'decline';

/** A text message that a telephone received. */
export interface ReceivedMessage {
  /** Who sent it, as the request to Asterisk says. */
  readonly from: string;
  readonly body: string;
  /** What was sent along, by name. */
  readonly variables: Readonly<Record<string, string>>;
}

const DIGIT_MS = 100;
const CAUSES = { busy: 17, decline: 21 } as const;
/** What a SIP telephone answers then. */
const ANSWERS = { busy: 486, decline: 603 } as const;

const TRANSFER_TARGET = kinds.kind(
  'an extension or a phone',
  (to) => to instanceof Phone || (typeof to === 'string' && to !== ''),
);

/** A telephone in the hands of a test, at the endpoint `TECH/RESOURCE`. */
export class Phone {
  /** `PJSIP` of `PJSIP/alice`. */
  readonly technology: string;
  /** `alice` of `PJSIP/alice`. */
  readonly resource: string;
  readonly #engine: Engine;
  readonly #caller: CallerId;
  readonly #waiters = new Waiters();
  readonly #messages: ReceivedMessage[] = [];
  #manner: PhoneManner = 'ring';
  /** The present call, or the last one. */
  #call: PhoneCall;

  constructor(engine: Engine, technology: string, resource: string, caller: CallerId) {
    this.#engine = engine;
    this.technology = technology;
    this.resource = resource;
    this.#caller = caller;
    this.#call = this.#newCall('idle');
    engine.run(() => engine.endpoints.connect(technology, resource, this.#device()));
  }

  /** The endpoint that reaches it: `PJSIP/alice`. */
  get endpoint(): string {
    return `${this.technology}/${this.resource}`;
  }

  /** What it does with calls; it rings unless told otherwise. */
  get manner(): PhoneManner {
    return this.#manner;
  }

  /** What it is to do with calls from now on. */
  set manner(manner: PhoneManner) {
    check('phone', { manner }, { manner: kinds.choice('ring', 'answer', 'busy', 'decline') });
    this.#manner = manner;
  }

  /** How it stands with its call. */
  get state(): PhoneState {
    return this.#call.state;
  }

  /** Id of its channel, of the present call or the last one. */
  get channelId(): string {
    const { channel } = this.#call;
    if (!channel) throw new AriError(`${this.endpoint} has not been in a call yet`);
    return channel.id;
  }

  /** Everything that was played to it in this call, in order: media URIs and `moh:CLASS`. */
  get heard(): readonly string[] {
    return this.#call.heard;
  }

  /** What is being played to it now. */
  get playing(): readonly string[] {
    return this.#call.playing.map(({ media }) => media);
  }

  /** The digits that Asterisk sent it in this call. */
  get digits(): string {
    return this.#call.digits;
  }

  /** What Asterisk signalled to it in this call: `ringing`, `progress`, `answer`, `hold` … */
  get signals(): readonly Signal[] {
    return this.#call.signals;
  }

  /** What it was told of the transfers that it asked for in this call: `100 Trying`, then `200 OK, terminated` … */
  get transferNotices(): readonly string[] {
    return this.#call.transferNotices;
  }

  /** Why the last call ended, as a Q.850 cause: 16 for a normal end; `undefined` while it lasts. */
  get hangupCause(): number | undefined {
    return this.#call.cause;
  }

  /** Text messages that it was sent. */
  get messages(): readonly ReceivedMessage[] {
    return this.#messages;
  }

  /** Calls an extension of the dialplan. */
  call(to: string, context = 'default'): this {
    check('phone.call', { to, context }, { to: kinds.text, context: kinds.text });
    this.#require('idle', 'call');
    const call = this.#newCall('calling');
    this.#call = call;
    this.#engine.run(() => {
      const place = { exten: to, context };
      const channel = this.#engine.endpoints.incoming(this.technology, this.resource, call, place);
      call.attach(channel);
      this.#engine.channels.setCaller(channel, this.#caller);
      this.#engine.soon(() => this.#engine.dialplan.run(channel));
    });
    return this;
  }

  /** Answers the call that comes in. */
  answer(): this {
    this.#require('ringing', 'answer');
    this.#call.enter('talking');
    this.#engine.run(() => this.#call.channel?.dial?.receive('answer'));
    return this;
  }

  /** Turns the call that comes in away. */
  decline(): this {
    this.#require('ringing', 'decline');
    this.#refuse('decline');
    return this;
  }

  /** Presses keys, one after the other, 100 ms each: `12#`. */
  press(digits: string): this {
    check('phone.press', { digits }, { digits: kinds.keysOrNone });
    const channel = this.#inCall('press');
    for (const digit of digits) this.#engine.run(() => receiveDigit(this.#engine, channel, digit, DIGIT_MS));
    return this;
  }

  /** Puts the call on hold, or takes it off. */
  hold(on = true): this {
    check('phone.hold', { on }, { on: kinds.flag });
    const channel = this.#inCall('hold');
    this.#engine.run(() => tellHold(this.#engine, channel, on));
    return this;
  }

  /**
   * Begins to speak or, with how long that lasted in milliseconds, ceases. An application hears of it where talking is
   * detected: `TALK_DETECT(set)` of the channel.
   */
  talk(durationMs?: number): this {
    check('phone.talk', { durationMs }, { durationMs: kinds.duration.optional() });
    const { talk } = this.#inCall('talk');
    this.#engine.run(() => (durationMs === undefined ? talk?.begin() : talk?.cease(durationMs)));
    return this;
  }

  /**
   * Speaks: sends audio into the call, a frame of 20 ms of Asterisk's time at a time; what is left of a frame is filled
   * up. Resolves when all of it is said, or the call is over.
   * @param format as Asterisk names it: `slin16`, `ulaw`
   */
  speak(audio: Uint8Array, format: string): Promise<void> {
    check('phone.speak', { audio, format }, { audio: kinds.bytes, format: kinds.audioFormat });
    const channel = this.#inCall('speak');
    const frames = cutFrames(audio, format);
    return new Promise((resolve) => {
      const clock = new FrameClock(this.#engine, () => {
        const data = channel.gone ? undefined : frames.shift();
        if (data) receiveFrame(this.#engine, channel, { format, data });
        else resolve();
        return data !== undefined;
      });
      this.#engine.run(() => clock.start());
    });
  }

  /** All the audio that it was sent in this call, in a format: `slin16`, `ulaw`. Prompts have none; see `heard`. */
  audio(format: string): Buffer {
    check('phone.audio', { format }, { format: kinds.audioFormat });
    return Buffer.concat(this.#call.audible.map((frame) => convert(frame, format) ?? Buffer.alloc(0)));
  }

  /**
   * Asks for whoever it talks to to be transferred: to an extension or, attended, to the party of another telephone, which
   * stands for a second call of this one. Only for calls whose transfers are left to the application: those whose channel
   * has `PJSIP_TRANSFER_HANDLING()` set to `ari-only`.
   */
  transfer(to: string | Phone): this {
    check('phone.transfer', { to }, { to: TRANSFER_TARGET });
    const channel = this.#inCall('ask for a transfer');
    if (!isLeftToApplication(channel)) {
      throw new AriError(
        `${this.endpoint} cannot be transferred: its channel needs PJSIP_TRANSFER_HANDLING()=ari-only`,
      );
    }
    const call = this.#call;
    const target = typeof to === 'string' ? { exten: to } : { channel: to.#inCall('be transferred to') };
    const notify = (status: string, isLast: boolean): void => call.notify(isLast ? `${status}, terminated` : status);
    this.#engine.run(() => new Transfer(this.#engine, channel, target, notify).request());
    return this;
  }

  /** Sends a text message to whoever listens to this endpoint. */
  sendMessage(body: string, to = 'asterisk'): this {
    check('phone.sendMessage', { body, to }, { body: kinds.anyText, to: kinds.text });
    const { technology, resource } = this;
    const from = `${technology.toLowerCase()}:${resource}`;
    const endpoint = this.#engine.endpoints.get(technology, resource);
    const event = { type: 'TextMessageReceived', message: { from, to, body, variables: {} }, endpoint };
    this.#engine.run(() => this.#engine.publish(event, [source.endpoint(technology, resource)]));
    return this;
  }

  /** Hangs up, with a Q.850 cause: 16, a normal end, without it. */
  hangup(cause = 16): this {
    check('phone.hangup', { cause }, { cause: kinds.cause });
    const channel = this.#inCall('hang up');
    this.#call.end(cause);
    this.#engine.run(() => farSideHungUp(this.#engine, channel, cause));
    return this;
  }

  /** Switches the telephone off: calls to it fail. */
  unplug(): this {
    if (this.state !== 'idle') this.hangup();
    this.#engine.run(() => this.#engine.endpoints.disconnect(this.technology, this.resource));
    return this;
  }

  /** Waits until a medium was played to it in this call, or begins to be. */
  async hears(media: string, options?: WaitOptions): Promise<void> {
    check('phone.hears', { media }, { media: kinds.text });
    const sound = /^sound:(.+)$/.exec(media)?.[1];
    const isMissing = sound !== undefined && this.#engine.sounds.durationOf(sound) === undefined;
    const hint = isMissing ? ` (there is no such sound: give it to startAsterisk as one of its sounds)` : '';
    await this.#until('hears', () => this.heard.includes(media), `to hear ${media}${hint}`, options);
  }

  /** Waits until it was sent this audio, in one piece, in this call. */
  async hearsAudio(audio: Uint8Array, format: string, options?: WaitOptions): Promise<void> {
    check('phone.hearsAudio', { audio, format }, { audio: kinds.bytes, format: kinds.audioFormat });
    const wanted = Buffer.from(audio);
    const what = `to hear ${audio.length} bytes of ${format}`;
    await this.#until('hearsAudio', () => this.audio(format).includes(wanted), what, options);
  }

  /** Waits until it rings. */
  rings(options?: WaitOptions): Promise<void> {
    return this.#until('rings', () => this.state === 'ringing', 'to ring', options);
  }

  /** Waits until its call is answered. */
  answered(options?: WaitOptions): Promise<void> {
    return this.#until('answered', () => this.state === 'talking', 'to be answered', options);
  }

  /** Waits until it is told how the transfer ended that it asked for last; resolves with that: `200 OK`. */
  async transferEnds(options?: WaitOptions): Promise<string> {
    const last = (): string => this.transferNotices.at(-1) ?? '';
    const isTold = (): boolean => last().endsWith(', terminated');
    await this.#until('transferEnds', isTold, 'to be told how its transfer ended', options);
    return last().replace(', terminated', '');
  }

  /** Waits until Asterisk has sent it these digits. */
  async receives(digits: string, options?: WaitOptions): Promise<void> {
    check('phone.receives', { digits }, { digits: kinds.keys });
    await this.#until('receives', () => this.digits.includes(digits), `to receive ${digits}`, options);
  }

  /** Waits until its call is over. */
  ended(options?: WaitOptions): Promise<void> {
    return this.#until('ended', () => this.hangupCause !== undefined, 'to be hung up', options);
  }

  /** It, as Asterisk sees it. */
  #device(): Device {
    return {
      newLeg: () => {
        this.#call = this.#newCall('idle');
        return this.#call;
      },
      message: (from, body, variables) => {
        this.#messages.push({ from, body, variables });
        this.#waiters.notify();
      },
    };
  }

  #newCall(state: PhoneState): PhoneCall {
    return new PhoneCall(state, {
      rung: () => this.#engine.soon(() => this.#rung()),
      changed: () => this.#waiters.notify(),
    });
  }

  #rung(): void {
    if (this.manner === 'busy' || this.manner === 'decline') {
      this.#refuse(this.manner);
      return;
    }
    this.#call.enter('ringing');
    this.#call.channel?.dial?.receive('ringing');
    if (this.manner === 'answer') this.answer();
  }

  #refuse(how: 'busy' | 'decline'): void {
    const { channel } = this.#call;
    this.#call.end(CAUSES[how]);
    if (!channel) return;
    channel.hangupCause = CAUSES[how];
    if (this.technology === 'PJSIP') channel.techCause = ANSWERS[how];
    this.#engine.run(() => farSideHungUp(this.#engine, channel, CAUSES[how]));
  }

  #inCall(what: string): Channel {
    const { channel, state } = this.#call;
    if (channel && !channel.gone && state !== 'idle') return channel;
    throw new AriError(`${this.endpoint} cannot ${what}: it is in no call`);
  }

  #require(state: PhoneState, what: string): void {
    if (this.state === state) return;
    throw new AriError(`${this.endpoint} cannot ${what}: it is ${this.state}, and must be ${state} for that`);
  }

  async #until(call: string, holds: () => boolean, what: string, options: WaitOptions = {}): Promise<void> {
    check(`phone.${call}`, { options }, { options: kinds.wait });
    const heard = (): string => this.heard.join(', ') || 'nothing';
    const instead = (): string => `it is ${this.state} and has heard ${heard()}`;
    await this.#waiters.patiently(holds, `${this.endpoint} ${what}`, options, instead);
  }
}
