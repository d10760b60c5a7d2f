import { EventEmitter, once } from 'node:events';
import type { AriClient } from 'asterisk-ari';
import { openMedia } from 'asterisk-ari/media';

type OpenedMedia = Awaited<ReturnType<typeof openMedia>>;

/** Bytes of a millisecond of `slin16`. */
const bytesPerMs = 32;

/** After so much silence a listener may take it that all has been said, in milliseconds. */
const silenceMs = 600;

/** A caller who is a program, and so has something to say: a channel for media that enters the example's application. */
export class Speaker {
  readonly #media: OpenedMedia;
  /** How much was heard that is no silence, in milliseconds, since it last spoke. */
  #heardMs = 0;
  readonly #changes = new EventEmitter();
  readonly #listening: Promise<void>;

  private constructor(media: OpenedMedia) {
    this.#media = media;
    this.#listening = this.#listen();
  }

  /** Calls, and waits until somebody is there to listen. */
  static async call(client: AriClient, app: string): Promise<Speaker> {
    const answered = client.waitFor('ChannelEnteredBridge', {
      timeoutMs: 10_000,
      where: ({ bridge }) => bridge.channels.length === 2,
    });
    const media = await openMedia(client, { app, format: 'slin16' });
    await answered;
    return new Speaker(media);
  }

  /** Says something that long, and is silent. */
  async says(ms: number): Promise<void> {
    this.#heardMs = 0;
    await this.#media.play([tone(ms), Buffer.alloc(bytesPerMs * silenceMs)]);
  }

  /** Until it has heard as much since it spoke. */
  async hears(ms: number): Promise<void> {
    const signal = AbortSignal.timeout(10_000);
    while (this.#heardMs < ms) await once(this.#changes, 'heard', { signal });
  }

  async hangup(): Promise<void> {
    const over = this.#media.channel.waitFor('ChannelDestroyed', { timeoutMs: 10_000 });
    await this.#media.hangup();
    await Promise.all([over, this.#listening]);
  }

  async #listen(): Promise<void> {
    for await (const audio of this.#media) {
      if (audio.every((byte) => byte === 0)) continue;
      this.#heardMs += audio.length / bytesPerMs;
      this.#changes.emit('heard');
    }
  }
}

/** A tone of 320 Hz. */
function tone(ms: number): Buffer {
  const audio = Buffer.alloc(bytesPerMs * ms);
  for (let at = 0; at < audio.length; at += 2) {
    audio.writeInt16LE(Math.round(9_000 * Math.sin((at / 2) * ((2 * Math.PI * 320) / 16_000))), at);
  }
  return audio;
}
