import type { Timer } from '../clock.js';
import { convert, type AudioFrame } from '../media/audio-frame.js';
import type { Engine } from '../parts.js';
import type { Channel, TalkEar } from './channel.js';
import type { Heard } from './far-end.js';

interface TalkSettings {
  /** So much silence ends what somebody says. */
  readonly silenceMs: number;
  /** The mean of a frame's samples from which on it is a sound. */
  readonly energy: number;
}

/**
 * Tells when somebody begins to talk on a channel's far side, and ceases: `TALK_DETECT(set)`. Silence counts where it is
 * sent: of a far side that sends nothing it is not known that it has ceased.
 */
class TalkDetector implements TalkEar {
  #settings: TalkSettings = { silenceMs: 2500, energy: 256 };
  readonly #engine: Engine;
  readonly #channel: Channel;
  /** When somebody began to talk. */
  #since: number | undefined;
  #silenceMs = 0;
  #silence: { readonly since: number; readonly timer: Timer } | undefined;

  constructor(engine: Engine, channel: Channel) {
    this.#engine = engine;
    this.#channel = channel;
  }

  set(silenceMs: number, energy: number): void {
    this.#settings = { silenceMs, energy };
  }

  /** The far side sends what has no samples here: a prompt and music are sounds. */
  hear({ media }: Heard): void {
    this.hearEnd();
    if (media !== 'silence') {
      this.#sound();
      return;
    }
    const wait = Math.max(0, this.#settings.silenceMs - this.#silenceMs);
    const timer = this.#engine.after(wait, 'media', () => this.#addSilence(wait));
    this.#silence = { since: this.#engine.clock.now(), timer };
  }

  hearEnd(): void {
    const silence = this.#silence;
    this.#silence = undefined;
    silence?.timer.cancel();
    if (silence) this.#silenceMs += this.#engine.clock.now() - silence.since;
  }

  frame(frame: AudioFrame): void {
    const samples = convert(frame, 'slin');
    if (!samples || samples.length < 2) return;
    let sum = 0;
    for (let at = 0; at + 1 < samples.length; at += 2) sum += Math.abs(samples.readInt16LE(at));
    if (sum / (samples.length / 2) < this.#settings.energy) this.#addSilence(samples.length / SLIN_BYTES_MS);
    else this.#sound();
  }

  close(): void {
    this.hearEnd();
  }

  begin(): void {
    this.#sound();
  }

  cease(durationMs: number): void {
    this.#since = undefined;
    this.#engine.channels.publish(this.#channel, 'ChannelTalkingFinished', { duration: durationMs });
  }

  #sound(): void {
    this.#silenceMs = 0;
    if (this.#since !== undefined) return;
    this.#since = this.#engine.clock.now();
    this.#engine.channels.publish(this.#channel, 'ChannelTalkingStarted');
  }

  #addSilence(ms: number): void {
    this.#silenceMs += ms;
    if (this.#since === undefined || this.#silenceMs < this.#settings.silenceMs) return;
    this.cease(Math.max(0, Math.round(this.#engine.clock.now() - this.#since - this.#settings.silenceMs)));
  }
}

const SLIN_BYTES_MS = 16;

/** Writes `TALK_DETECT(set)` or `TALK_DETECT(remove)`; what makes no sense changes nothing. */
export function writeTalkDetect(engine: Engine, channel: Channel, action: string, value: string): void {
  if (action === 'remove') {
    channel.talk?.close();
    channel.talk = undefined;
    return;
  }
  const [silenceMs, energy] = ['2500', '256'].map((byDefault, at) => Number(value.split(',')[at] || byDefault));
  if (action !== 'set' || !(Number(silenceMs) > 0) || !(Number(energy) > 0)) return;
  if (!channel.talk) {
    const talk = new TalkDetector(engine, channel);
    channel.talk = talk;
    engine.channels.onDestroyed(channel, () => talk.close());
  }
  channel.talk.set(Number(silenceMs), Number(energy));
}
