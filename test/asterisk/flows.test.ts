import { connect, type AriClient, type Channel } from 'asterisk-ari';
import { gather, menu, play, recordMessage, say } from 'asterisk-ari/flows';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { realAsterisk } from './real.js';

describe.each(['22', '16'] as const)('flows on Asterisk %s', (release) => {
  const asterisk = realAsterisk(release);
  let client: AriClient;
  /** In the application, and the other end of the call, which is in it as well and sends digits. */
  let channel: Channel;
  let caller: Channel;
  let count = 0;

  beforeEach(async () => {
    const { url, username, password } = asterisk();
    client = await connect(url, username, password);
    count += 1;
    const app = `flows-${process.pid}-${count}`;
    await client.start(app);
    const near = client.channels.handle();
    const far = client.channels.handle();
    const [nearStarts, farStarts] = [near, far].map((each) => each.waitFor('StasisStart', { timeoutMs: 5_000 }));
    await near.originateWithId({ endpoint: `Local/stasis-${app}@default`, app, otherChannelId: far.id });
    caller = (await farStarts!).channel;
    await caller.answer();
    channel = (await nearStarts!).channel;
  });

  afterEach(async () => {
    await Promise.all([channel, caller].map((each) => each.hangup().catch(() => undefined)));
    await client.close();
  });

  /** Sends digits to the channel. */
  async function press(dtmf: string): Promise<void> {
    await caller.sendDTMF({ dtmf, duration: 60, between: 60 });
  }

  describe('play', () => {
    it('waits until all has been heard', async () => {
      expect(await play(channel, { media: ['sound:digits/1', say(2)] })).toEqual({ outcome: 'finished', times: 1 });
    });

    it('is stopped by a digit', async () => {
      const result = play(channel, { media: 'sound:tt-monkeys', stopDigits: '5' });
      await client.waitFor('PlaybackStarted', { timeoutMs: 5_000 });
      await press('5');
      expect(await result).toEqual({ outcome: 'stopped', stoppedBy: '5', times: 0 });
    });

    it('names the medium that cannot be played', async () => {
      const media = 'sound:no-such-sound';
      expect(await play(channel, { media })).toEqual({ outcome: 'failed', failedMedia: media, times: 0 });
    });

    it.each(['near', 'far'])('says that the %s end has hung up', async (end) => {
      const result = play(channel, { media: 'sound:tt-monkeys' });
      await client.waitFor('PlaybackStarted', { timeoutMs: 5_000 });
      await (end === 'near' ? channel : caller).hangup();
      expect((await result).outcome).toBe('hangup');
    });

    it('is aborted, and nothing plays any more', async () => {
      const controller = new AbortController();
      const result = play(channel, { media: 'sound:tt-monkeys', signal: controller.signal });
      const { playback } = await client.waitFor('PlaybackStarted', { timeoutMs: 5_000 });
      const finished = client.playbacks.handle(playback.id).waitFor('PlaybackFinished', { timeoutMs: 5_000 });
      controller.abort();
      expect((await result).outcome).toBe('aborted');
      await finished;
    });

    it('is aborted while a number is read after a sound, and plays nothing of what comes then', async () => {
      const controller = new AbortController();
      const media = ['sound:digits/1', say(42), 'sound:demo-congrats', 'sound:demo-instruct'];
      const result = play(channel, { media, signal: controller.signal });
      const where = ({ playback }: { playback: { media_uri: string } }): boolean => playback.media_uri === 'number:42';
      await client.waitFor('PlaybackStarted', { timeoutMs: 5_000, where });
      controller.abort();
      expect((await result).outcome).toBe('aborted');
      const begin = performance.now();
      await play(channel, { media: 'sound:beep' });
      expect(performance.now() - begin).toBeLessThan(3_000);
    });
  });

  describe('gather and menu', () => {
    it('take what is typed during the prompt', async () => {
      const result = gather(channel, { prompt: 'sound:tt-monkeys', length: 3 });
      await client.waitFor('PlaybackStarted', { timeoutMs: 5_000 });
      await press('123');
      expect(await result).toEqual({ digits: '123', reason: 'length', tries: 1, interrupted: true });
    });

    it('end by a terminator', async () => {
      const result = gather(channel);
      await press('42#');
      expect(await result).toMatchObject({ digits: '42', reason: 'terminator', terminator: '#' });
    });

    it('ask again and give up', async () => {
      const choices = { 1: () => 'one' };
      const result = await menu(channel, { prompt: 'sound:digits/1', choices, firstDigitMs: 100, tries: 2 });
      expect(result).toMatchObject({ choice: undefined, reason: 'firstDigitTimeout', tries: 2 });
    });

    it('say that the caller has hung up', async () => {
      const result = gather(channel, { prompt: 'sound:digits/1' });
      await client.waitFor('PlaybackStarted', { timeoutMs: 5_000 });
      await caller.hangup();
      expect(await result).toMatchObject({ reason: 'hangup' });
    });
  });

  describe('recordMessage', () => {
    const options = { beep: false, ifExists: 'overwrite', maxSilenceSeconds: 0 } as const;

    it('ends by a digit', async () => {
      const result = recordMessage(channel, { ...options, name: 'flows-digit' });
      await client.waitFor('RecordingStarted', { timeoutMs: 5_000 });
      await press('#');
      expect(await result).toMatchObject({ reason: 'terminator', terminator: '#', stored: true });
      await client.recordings.deleteStored({ recordingName: 'flows-digit' });
    });

    it.each(['during', 'after'])('ends by a digit that comes %s its beep', async (when) => {
      const heard = client.waitFor(when === 'during' ? 'PlaybackStarted' : 'PlaybackFinished', { timeoutMs: 5_000 });
      const result = recordMessage(channel, { ...options, beep: true, name: 'flows-beep' });
      await heard;
      await press('#');
      // Asterisk 16 tells nothing of a recording that is stopped as it begins: the message ends, and nobody knows of a file.
      const isTold = release === '22' || when === 'after';
      expect(await result).toMatchObject(
        isTold
          ? { reason: 'terminator', digits: '', terminator: '#', stored: true }
          : { reason: 'stopped', digits: '', stored: undefined },
      );
      await client.recordings.deleteStored({ recordingName: 'flows-beep' }).catch((error: unknown) => {
        if (isTold) throw error;
      });
    });

    it('ends at its limit', async () => {
      const far = play(caller, { media: 'sound:tt-monkeys' });
      const result = await recordMessage(channel, { ...options, name: 'flows-limit', maxDurationSeconds: 1 });
      expect(result).toMatchObject({ reason: 'maxDuration', stored: true });
      await client.recordings.deleteStored({ recordingName: 'flows-limit' });
      await caller.hangup();
      await far;
    });

    it('is stored when the caller hangs up', async () => {
      const result = recordMessage(channel, { ...options, name: 'flows-hangup' });
      await client.waitFor('RecordingStarted', { timeoutMs: 5_000 });
      await caller.hangup();
      expect(await result).toMatchObject({ reason: 'hangup', stored: true });
      await client.recordings.deleteStored({ recordingName: 'flows-hangup' });
    });

    it('is thrown away when it is aborted', async () => {
      const controller = new AbortController();
      const result = recordMessage(channel, { ...options, name: 'flows-abort', signal: controller.signal });
      await client.waitFor('RecordingStarted', { timeoutMs: 5_000 });
      controller.abort();
      expect(await result).toMatchObject({ reason: 'aborted', stored: false });
      const stored = await client.recordings.listStored();
      expect(stored.map(({ name }) => name)).not.toContain('flows-abort');
    });

    it('takes what is typed after it for its review', async () => {
      const review = { prompt: 'sound:tt-monkeys' } as const;
      const result = recordMessage(channel, { ...options, name: 'flows-review', review });
      await client.waitFor('RecordingStarted', { timeoutMs: 5_000 });
      await caller.sendDTMF({ dtmf: '7#3', duration: 50, between: 10 });
      expect(await result).toMatchObject({ reason: 'terminator', digits: '7', terminator: '#', stored: true });
      await client.recordings.deleteStored({ recordingName: 'flows-review' });
    });
  });
});
