import {
  audioKindOf,
  dtmfKind,
  encodeFrame,
  formatOfKind,
  hangupKind,
  uuidKind,
} from '../../../media/audiosocket/frames.js';
import type { Channel } from '../channels/channel.js';
import type { FarEnd, Heard } from '../channels/far-end.js';
import { frameSize } from '../channels/frame-size.js';
import { farSideGone } from '../channels/hangup.js';
import type { Engine } from '../parts.js';
import { convert, type AudioFrame } from './audio-frame.js';
import type { AudioSocketConnection, AudioSocketPort } from './media-connection.js';
import { receiveFrame } from './receive-audio.js';
import { SilentPlayer, silenceOf } from './silence.js';

/** The side of an AudioSocket channel: a program that is connected by TCP. What it sends goes on at once. */
export class AudioSocketEnd implements FarEnd, AudioSocketConnection {
  readonly #engine: Engine;
  readonly #address: string;
  readonly #uuid: string;
  readonly #format: string;
  readonly #player: SilentPlayer;
  #channel: Channel | undefined;
  #port: AudioSocketPort | undefined;

  constructor(engine: Engine, address: string, uuid: string, format: string) {
    this.#engine = engine;
    this.#address = address;
    this.#uuid = uuid;
    this.#format = format;
    this.#player = new SilentPlayer(engine, () => this.audio({ format, data: silenceOf(format, frameSize(format)) }));
  }

  attach(channel: Channel): void {
    this.#channel = channel;
  }

  dial(): boolean {
    this.#engine.outgoing.audioSocket(this.#address, this.#uuid, this);
    this.#engine.soon(() => this.#channel?.dial?.receive('answer'));
    return true;
  }

  signal(): void {}

  digit(digit: string): void {
    this.#port?.send(encodeFrame(dtmfKind, Buffer.from(digit)));
  }

  audio(frame: AudioFrame): void {
    const audio = convert(frame, this.#format);
    if (audio) this.#port?.send(encodeFrame(audioKindOf(this.#format) ?? 0x10, audio));
  }

  hear(heard: Heard): void {
    this.#player.hear(heard);
  }

  hearEnd(heard: Heard): void {
    this.#player.hearEnd(heard);
  }

  hungUp(): void {
    this.#player.stop();
    this.#port?.close();
    this.#port = undefined;
  }

  connected(port: AudioSocketPort): void {
    this.#port = port;
    port.send(encodeFrame(uuidKind, Buffer.from(this.#uuid.replaceAll('-', ''), 'hex')));
    // It was hung up before anybody was there.
    if (this.#channel?.gone) this.hungUp();
  }

  receive(kind: number, payload: Buffer): void {
    const format = formatOfKind(kind);
    if (!this.#channel) return;
    if (kind === hangupKind) farSideGone(this.#engine, this.#channel);
    else if (format !== undefined) receiveFrame(this.#engine, this.#channel, { format, data: payload });
  }

  disconnected(): void {
    this.#port = undefined;
    if (this.#channel) farSideGone(this.#engine, this.#channel);
  }
}
