import type { Bridge, Channel } from 'asterisk-ari';
import { openMedia, type Media, type OpenMediaOptions } from 'asterisk-ari/media';
import { expect } from 'vitest';
import { endBridge } from './actors.js';
import { eventually } from './expectations.js';
import { patience, type World } from './world.js';

export type TestMedia = Media & { readonly channel: Channel };

/** Two programs that are connected for media, in one bridge: what one sends, the other receives. */
export interface MediaPair {
  readonly near: TestMedia;
  readonly far: TestMedia;
  readonly bridge: Bridge;
}

type MediaChoice = Omit<OpenMediaOptions, 'app' | 'format'> & { readonly format?: string };

export function openTestMedia({ client, app }: World, options: MediaChoice = {}): Promise<TestMedia> {
  return openMedia(client, { app, format: 'slin16', ...patience, ...options });
}

export async function openPair(world: World, near: MediaChoice = {}, far: MediaChoice = near): Promise<MediaPair> {
  const [one, two] = await Promise.all([openTestMedia(world, near), openTestMedia(world, far)]);
  return { near: one, far: two, bridge: await joinBridge(world, one.channel, two.channel) };
}

export async function joinBridge({ client }: World, ...channels: readonly Channel[]): Promise<Bridge> {
  const bridge = await client.bridges.createWithId({ bridgeId: client.bridges.handle().id, type: 'mixing' });
  await bridge.addChannel({ channel: channels });
  return bridge;
}

/** Ends what the pair was made of. */
export async function closePair(world: World, { near, far, bridge }: MediaPair): Promise<void> {
  await endBridge(world, bridge, near.channel, far.channel);
  await near.close();
  await far.close();
}

/** Everything that a connection hears from now on. */
export class Recording {
  #bytes: Buffer = Buffer.alloc(0);

  constructor(media: Media) {
    void this.#read(media);
  }

  get bytes(): Buffer {
    return this.#bytes;
  }

  /** Expects that exactly this was heard, or is soon. */
  async expectAll(audio: Buffer): Promise<void> {
    await eventually(() => this.#bytes.length).toBeGreaterThanOrEqual(audio.length);
    // The whole of it in a failure's message would take longer than the test.
    expect(this.#bytes.equals(audio)).toBe(true);
  }

  async #read(media: Media): Promise<void> {
    for await (const audio of media) {
      this.#bytes = Buffer.concat([this.#bytes, audio]);
    }
  }
}

/** Audio of which no two frames are alike: a tone that rises, in the format of the connection. */
export function tone({ info }: Media, ms: number, seed = 1): Buffer {
  const audio = Buffer.alloc((info.frameBytes / info.frameMs) * ms);
  for (let at = 0; at + 1 < audio.length; at += 2) {
    audio.writeInt16LE(Math.round(9_000 * Math.sin(seed + (at / 50) * (1 + at / audio.length))), at);
  }
  return audio;
}

/** Cuts audio into pieces of a size that no frame has. */
export function* pieces(audio: Buffer, bytes = 997): Generator<Buffer> {
  for (let at = 0; at < audio.length; at += bytes) {
    yield audio.subarray(at, at + bytes);
  }
}
