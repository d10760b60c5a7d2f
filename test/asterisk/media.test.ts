import { connect, type AriClient, type Channel } from 'asterisk-ari';
import { alaw, openMedia, startAudioSocketServer, ulaw, type ControlFormat, type Media } from 'asterisk-ari/media';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pieces, Recording, tone } from '../conformance/media.js';
import { realAsterisk } from './real.js';

const asterisk = realAsterisk('22');
let client: AriClient;
let app: string;
let count = 0;

beforeEach(async () => {
  const { url, username, password } = asterisk();
  client = await connect(url, username, password);
  count += 1;
  app = `media-${process.pid}-${count}`;
  await client.start(app);
});

afterEach(() => client.close());

async function openPair(format: string, controlFormats: readonly [ControlFormat, ControlFormat], farFormat = format) {
  const [one, other] = controlFormats;
  const [near, far] = await Promise.all([
    openMedia(client, { app, format, controlFormat: one }),
    openMedia(client, { app, format: farFormat, controlFormat: other }),
  ]);
  const bridge = await client.bridges.create({ type: 'mixing' });
  await bridge.addChannel({ channel: [near.channel, far.channel] });
  return { near, far, bridge };
}

async function close(...ends: readonly (Media & { readonly channel: Channel })[]): Promise<void> {
  await Promise.all(ends.map((media) => media.close()));
}

/** Without the silence at both ends. */
function trim(audio: Buffer, silence: number): Buffer {
  const isSound = (byte: number): boolean => byte !== silence;
  const first = audio.findIndex(isSound);
  return audio.subarray(first, audio.findLastIndex(isSound) + 1);
}

describe('a sound that Asterisk plays', () => {
  it.each([
    ['slin', 'json', 'plain-text', 0],
    ['slin', 'plain-text', 'json', 0],
    ['slin16', 'json', 'plain-text', 0],
    ['ulaw', 'plain-text', 'json', 0xff],
  ] as const)('in %s, with %s and %s, is sent back as it was heard', async (format, one, other, silence) => {
    const { near, far, bridge } = await openPair(format, [one, other]);
    const [nearHears, farHears] = [new Recording(near), new Recording(far)];
    const playback = await bridge.play({ media: 'sound:hello-world' });
    await playback.waitFor('PlaybackFinished', { timeoutMs: 10_000 });
    const sound = trim(nearHears.bytes, silence);
    // The sound is 1.4 s long.
    expect(sound.length / (near.info.frameBytes / near.info.frameMs)).toBeGreaterThan(1_000);
    expect(farHears.bytes.includes(sound)).toBe(true);
    const before = farHears.bytes.length;
    expect((await near.play(pieces(sound))).outcome).toBe('played');
    await vi.waitFor(() => expect(farHears.bytes.subarray(before).includes(sound)).toBe(true), { timeout: 5_000 });
    await bridge.destroy();
    await close(near, far);
  });
});

describe('formats', () => {
  it.each([
    ['ulaw', ulaw],
    ['alaw', alaw],
  ] as const)('are converted by Asterisk as here: %s', async (format, law) => {
    const { near, far, bridge } = await openPair(format, ['json', 'json'], 'slin');
    const [nearHears, farHears] = [new Recording(near), new Recording(far)];
    const linear = tone(far, 1_000);
    const coded = law.encode(linear);
    await near.play(coded);
    await vi.waitFor(() => expect(farHears.bytes.length).toBe(linear.length), { timeout: 5_000 });
    expect(farHears.bytes.equals(law.decode(coded))).toBe(true);
    await far.play(linear);
    await vi.waitFor(() => expect(nearHears.bytes.length).toBe(coded.length), { timeout: 5_000 });
    const [heard, meant] = [law.decode(nearHears.bytes), law.decode(coded)];
    // How much further from the sample than ours Asterisk's code is: its tables are coarser.
    const further = Array.from({ length: linear.length / 2 }, (_, index) => {
      const sample = linear.readInt16LE(index * 2);
      return Math.abs(heard.readInt16LE(index * 2) - sample) - Math.abs(meant.readInt16LE(index * 2) - sample);
    });
    expect(Math.min(...further)).toBe(0);
    expect(further.filter((distance) => distance > 0).length / further.length).toBeLessThan(0.03);
    await bridge.destroy();
    await close(near, far);
  });
});

describe('what is played', () => {
  it('is known to within a few frames, at any time', async () => {
    const { near, far, bridge } = await openPair('slin16', ['json', 'json']);
    const hears = new Recording(far);
    void near.write(tone(near, 5_000));
    const errors: number[] = [];
    for (let round = 0; round < 50; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 70));
      errors.push(near.playedMs - hears.bytes.length / 32);
    }
    // A frame and a half on an idle machine.
    expect(Math.max(...errors.map(Math.abs))).toBeLessThan(120);
    near.flush();
    await bridge.destroy();
    await close(near, far);
  });

  it('stops within a few frames of a flush', async () => {
    const { near, far, bridge } = await openPair('slin16', ['json', 'json']);
    const hears = new Recording(far);
    const utterance = near.begin();
    void utterance.write(tone(near, 10_000));
    await vi.waitFor(() => expect(hears.bytes.length).toBeGreaterThan(32_000), { timeout: 5_000, interval: 20 });
    near.flush();
    const at = hears.bytes.length / 32;
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(hears.bytes.length / 32 - at).toBeLessThanOrEqual(120);
    expect(Math.abs(utterance.playedMs - hears.bytes.length / 32)).toBeLessThanOrEqual(120);
    await bridge.destroy();
    await close(near, far);
  });
});

describe('AudioSocket', () => {
  it('is silent while nobody talks to the channel, and stays open', async () => {
    await using through = await startAudioSocketServer({});
    const media = await openMedia(client, { app, format: 'slin16', through, pingIntervalMs: 200 });
    await media.write(tone(media, 500));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect([media.receivedMs, through.connections]).toEqual([0, 1]);
    await media.close();
  });

  it('takes a whole recording at once, more than may wait', async () => {
    await using through = await startAudioSocketServer({});
    const media = await openMedia(client, { app, format: 'slin', through, maxQueuedBytes: 1_000 });
    expect(await media.play(tone(media, 1_000))).toMatchObject({ outcome: 'played' });
    await media.close();
  });
});
