import type { Timer } from '../clock.js';
import type { Engine } from '../parts.js';
import type { Channel } from './channel.js';
import { receiveDigit } from './digits.js';
import { isEndless, type FarEnd, type Heard, type Signal } from './far-end.js';
import { farSideHungUp } from './hangup.js';
import type { AudioFrame } from '../media/audio-frame.js';
import { receiveAudio, receiveFrame } from '../media/receive-audio.js';

/** Audio is sent in pieces of this length. What is not read from a file must first be made: so long it takes. */
const FRAME_MS = 20;

/** One half of a Local channel: whatever Asterisk does to it happens to the other half as coming from outside. */
class LocalHalf implements FarEnd {
  readonly #engine: Engine;
  /** The half that this one talks to; set as soon as both exist. */
  other: Channel | undefined;
  /** Only the first half can be dialled: the second then runs the dialplan. */
  readonly #first: boolean;
  /** Whether holding is passed on (option `m`); else a half plays music to the other one. */
  readonly #passesHold: boolean;
  /** The first audio, on its way to the other half. */
  #frame: Timer | undefined;

  constructor(engine: Engine, first: boolean, passesHold: boolean) {
    this.#engine = engine;
    this.#first = first;
    this.#passesHold = passesHold;
  }

  /** The second half is called with the first one's variables, by the party that the first one talks to. */
  dial(): boolean {
    const { channels, dialplan } = this.#engine;
    const { other } = this;
    const first = other && localPeer(other);
    if (!this.#first || !other || !first) return false;
    for (const [name, value] of first.variables.entries) channels.setVariable(other, name, value);
    other.language = first.language;
    channels.setParties(other, first.connected, first.caller);
    if (!dialplan.exists(other.position)) return false;
    this.#engine.deviceStates.use(first);
    this.#engine.soon(() => dialplan.run(other));
    return true;
  }

  signal(signal: Signal): void {
    const { other } = this;
    if (!other) return;
    if (signal === 'hold' || signal === 'unhold') {
      if (this.#passesHold) this.#engine.soon(() => tellHold(this.#engine, other, signal === 'hold'));
      return;
    }
    this.#engine.soon(() => other.dial?.receive(signal));
  }

  digit(digit: string, durationMs: number): void {
    if (this.other) receiveDigit(this.#engine, this.other, digit, durationMs);
  }

  audio(frame: AudioFrame): void {
    if (this.other) receiveFrame(this.#engine, this.other, frame);
  }

  hear(heard: Heard): void {
    const { other } = this;
    other?.talk?.hear(heard);
    if (!other?.mediaListener) return;
    this.#frame?.cancel();
    if (!isEndless(heard)) receiveAudio(this.#engine, other);
    else this.#frame = this.#engine.after(FRAME_MS, 'media', () => receiveAudio(this.#engine, other));
  }

  hearEnd(): void {
    this.other?.talk?.hearEnd();
    this.#frame?.cancel();
  }

  hungUp(cause: number): void {
    if (this.other) farSideHungUp(this.#engine, this.other, cause);
  }
}

/** The far side of a channel put it on hold, or took it off. */
export function tellHold(engine: Engine, channel: Channel, on: boolean): void {
  if (on) engine.channels.publish(channel, 'ChannelHold', { musicclass: 'N/A' });
  else engine.channels.publish(channel, 'ChannelUnhold');
}

/** The ids that a request chose for the channels to be made; empty where it did not. */
export interface ChannelIds {
  readonly id: string;
  readonly otherId: string;
}

/** Makes both halves of `Local/exten@context`. The first is the one that is dialled. */
export function createLocal(engine: Engine, resource: string, ids: ChannelIds): Channel {
  const [, exten = '', named = '', options = ''] = /^([^@/]*)(?:@([^/]*))?(?:\/(\w*))?/.exec(resource) ?? [];
  const context = named || 'default';
  const name = `Local/${exten}@${context}-${engine.ids.unreal()}`;
  // An id for the second one alone is not looked at.
  const firstId = ids.id || engine.ids.channel();
  const secondId = ids.id ? ids.otherId || `${ids.id};2` : engine.ids.channel();
  const shared = { technology: 'Local', created: engine.clock.now(), context, exten: exten || 's' } as const;
  const passesHold = options.includes('m');
  const firstEnd = new LocalHalf(engine, true, passesHold);
  const secondEnd = new LocalHalf(engine, false, passesHold);
  const first = engine.channels.add({ ...shared, id: firstId, name: `${name};1`, state: 'Down', farEnd: firstEnd });
  const second = engine.channels.add({ ...shared, id: secondId, name: `${name};2`, state: 'Ring', farEnd: secondEnd });
  firstEnd.other = second;
  secondEnd.other = first;
  second.waits = true;
  return first;
}

/** The other half of a Local channel; `undefined` for any other channel. */
export function localPeer(channel: Channel): Channel | undefined {
  return channel.farEnd instanceof LocalHalf ? channel.farEnd.other : undefined;
}
