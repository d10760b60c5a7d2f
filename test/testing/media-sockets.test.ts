import { connect, type AriClient, type Channel } from 'asterisk-ari';
import { alaw, openMedia, ulaw, type Media } from 'asterisk-ari/media';
import { startAsterisk, type TestAsterisk, type TestAsteriskOptions } from 'asterisk-ari/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';

let asterisk: TestAsterisk;
let client: AriClient;

type Bot = Media & { readonly channel: Channel };

afterEach(async () => {
  await client.close();
  await asterisk.close();
});

/** A caller and a program in one bridge. */
async function begin(options: TestAsteriskOptions = {}, format = 'slin16') {
  asterisk = await startAsterisk(options);
  client = await connect(asterisk.url, asterisk.username, asterisk.password);
  await client.start('bot');
  const entered = client.waitFor('StasisStart', { where: ({ channel }) => channel.name.startsWith('PJSIP') });
  const caller = asterisk.call({ to: 'stasis-bot', from: 'Ann <100>' });
  const { channel } = await entered;
  await channel.answer();
  const media: Bot = await openMedia(client, { app: 'bot', format, data: 'media' });
  const bridge = await client.bridges.create({ type: 'mixing' });
  await bridge.addChannel({ channel: [channel, media.channel] });
  return { caller, media, bridge, channel };
}

function collect(media: Media): Buffer[] {
  const heard: Buffer[] = [];
  void (async () => {
    for await (const audio of media) {
      heard.push(audio);
    }
  })();
  return heard;
}

const speech = (bytes: number, seed = 1): Buffer =>
  Buffer.from(Array.from({ length: bytes }, (_, index) => (index * 7 * seed) % 251));

describe('a telephone of the double', () => {
  it('hears what a program says, and is heard by it', async () => {
    const { caller, media } = await begin();
    const heard = collect(media);
    const [question, answer] = [speech(64_000), speech(64_000, 3)];
    await caller.speak(question, 'slin16');
    await vi.waitFor(() => expect(Buffer.concat(heard).equals(question)).toBe(true));
    expect(await media.play(answer)).toEqual({ outcome: 'played', playedMs: 2_000 });
    await caller.hearsAudio(answer, 'slin16');
    expect(caller.audio('slin16').equals(answer)).toBe(true);
  });

  it('speaks half a minute in no time', async () => {
    const { caller, media } = await begin();
    const begun = performance.now();
    const before = asterisk.clock.now();
    await Promise.all([media.play(Buffer.alloc(960_000)), caller.speak(Buffer.alloc(960_000), 'slin16')]);
    expect(asterisk.clock.now() - before).toBeGreaterThanOrEqual(30_000);
    expect(performance.now() - begun).toBeLessThan(15_000);
  });

  it('speaks another format than the program', async () => {
    const { caller, media } = await begin({}, 'ulaw');
    const heard = collect(media);
    const said = speech(640);
    await caller.speak(said, 'slin');
    await vi.waitFor(() => expect(Buffer.concat(heard)).toEqual(ulaw.encode(said)));
    await media.play(ulaw.encode(said));
    await caller.hearsAudio(alaw.encode(ulaw.decode(ulaw.encode(said))), 'alaw');
    // Twice the rate: each sample twice.
    const linear = ulaw.decode(ulaw.encode(said));
    expect(caller.audio('slin16').subarray(0, 4)).toEqual(
      Buffer.concat([linear.subarray(0, 2), linear.subarray(0, 2)]),
    );
    expect(() => caller.speak(said, 'opus')).toThrow(
      "phone.speak: format must be a format of audio such as 'slin16' or 'ulaw', not \"opus\"",
    );
  });

  it('says what it has not heard', async () => {
    const { caller } = await begin();
    await expect(caller.hearsAudio(Buffer.of(1), 'slin16', { timeoutMs: 20 })).rejects.toThrow(
      'waited 20 ms in vain for PJSIP/100 to hear 1 bytes of slin16; it is talking and has heard nothing',
    );
    caller.hangup();
    expect(() => caller.speak(Buffer.alloc(2), 'slin16')).toThrow('cannot speak: it is in no call');
  });

  it('that hangs up speaks no more', async () => {
    const { caller } = await begin({ autoAdvance: false });
    const speaking = caller.speak(Buffer.alloc(64_000), 'slin16');
    asterisk.advance(100);
    caller.hangup();
    asterisk.advance(100);
    await speaking;
  });
});

describe('audio of the double', () => {
  it('flows with its clock, and only with that', async () => {
    const { caller, media } = await begin({ autoAdvance: false });
    void media.write(Buffer.alloc(64_000, 1));
    const status = async () => (await media.status()).queue_length;
    expect(await status()).toBe(100);
    expect(caller.audio('slin16')).toHaveLength(0);
    asterisk.advance(200);
    expect(caller.audio('slin16')).toHaveLength(10 * 640);
    expect(await status()).toBe(90);
    asterisk.advance(1_800);
    expect(caller.audio('slin16')).toHaveLength(100 * 640);
    expect(await status()).toBe(0);
  });

  it('is told by the sender as it is, though the clocks differ', async () => {
    const { media } = await begin({ autoAdvance: false });
    const utterance = media.begin();
    void utterance.write(Buffer.alloc(64_000, 1));
    await media.status();
    asterisk.advance(1_500);
    // The mark at one second has been reached long before its time.
    await vi.waitFor(() => expect(utterance.playedMs).toBeGreaterThanOrEqual(1_000));
    expect(utterance.playedMs).toBeLessThan(2_000);
    media.flush();
    expect((await media.status()).queue_length).toBe(0);
  });

  it('does not reach, nor come from, a channel that is muted', async () => {
    const { caller, media, bridge, channel } = await begin();
    const heard = collect(media);
    await bridge.removeChannel({ channel });
    await bridge.addChannel({ channel, mute: true });
    await caller.speak(Buffer.alloc(640, 1), 'slin16');
    await media.play(Buffer.alloc(640, 2));
    expect(heard).toEqual([]);
    expect(caller.audio('slin16')).toEqual(Buffer.alloc(640, 2));
  });

  it('of a prompt is silence of its length', async () => {
    const { media, bridge } = await begin();
    const heard = collect(media);
    const playback = await bridge.play({ media: 'sound:hello-world' });
    await playback.waitFor('PlaybackFinished');
    await vi.waitFor(() => expect(media.receivedMs).toBeGreaterThan(1_300));
    expect(Buffer.concat(heard).every((byte) => byte === 0)).toBe(true);
    const after = media.receivedMs;
    await client.asterisk.ping();
    expect(media.receivedMs - after).toBeLessThanOrEqual(20);
  });

  it('ends with the double', async () => {
    const { media } = await begin();
    void media.write(Buffer.alloc(64_000));
    await asterisk.close();
    await media.closed;
  });
});
