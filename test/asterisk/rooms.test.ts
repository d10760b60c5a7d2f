import { connect, type AriClient, type Channel } from 'asterisk-ari';
import {
  Conference,
  detectTalking,
  discardRecording,
  RecordingControl,
  recordMessage,
  saveRecording,
} from 'asterisk-ari/flows';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { realAsterisk } from './real.js';

const asterisk = realAsterisk('22');
const patience = { timeoutMs: 5_000 };
let client: AriClient;
let app: string;
let count = 0;
let pairs: Pair[];

/** A channel in the application, and the other end of its call, which is in it as well: it speaks and sends digits. */
interface Pair {
  readonly channel: Channel;
  readonly caller: Channel;
}

async function pair(): Promise<Pair> {
  const [near, far] = [client.channels.handle(), client.channels.handle()];
  const [nearStarts, farStarts] = [near, far].map((each) => each.waitFor('StasisStart', patience));
  await near.originateWithId({ endpoint: `Local/stasis-${app}@default/n`, app, otherChannelId: far.id });
  const caller = (await farStarts!).channel;
  await caller.answer();
  const made = { channel: (await nearStarts!).channel, caller };
  pairs.push(made);
  return made;
}

beforeEach(async () => {
  const { url, username, password } = asterisk();
  client = await connect(url, username, password);
  count += 1;
  app = `rooms-${process.pid}-${count}`;
  pairs = [];
  await client.start(app);
});

/** Nothing is left but the callers: no bridge, no other channel. */
afterEach(async () => {
  const own = pairs.flatMap(({ channel, caller }) => [channel.id, caller.id]);
  await Promise.all(pairs.map(({ channel }) => channel.hangup().catch(() => undefined)));
  await expect.poll(async () => (await client.bridges.list()).length).toBe(0);
  await expect
    .poll(async () =>
      (await client.channels.list()).filter(({ id, name }) => own.includes(id) || /Snoop|ARI/.test(name)),
    )
    .toEqual([]);
  await client.close();
});

/** Says something that takes a second. */
async function speak(channel: Channel): Promise<void> {
  await (await channel.play({ media: ['sound:digits/1', 'sound:digits/2'] })).waitFor('PlaybackFinished', patience);
}

describe('detectTalking', () => {
  it('tells when the caller talks and for how long', async () => {
    const { channel, caller } = await pair();
    const controller = new AbortController();
    const talks = detectTalking(channel, { silenceMs: 700, signal: controller.signal });
    const first = talks.next();
    await speak(caller);
    expect(await first).toEqual({ done: false, value: { type: 'start' } });
    await caller.startSilence();
    const { value } = await talks.next();
    expect(value).toMatchObject({ type: 'stop' });
    expect((value as { durationMs: number }).durationMs).toBeGreaterThan(500);
    controller.abort();
    expect(await talks.next()).toEqual({ done: true, value: 'aborted' });
    // Nothing is detected any more.
    let isHeard = false;
    channel.on('ChannelTalkingStarted', () => (isHeard = true));
    await speak(caller);
    expect(isHeard).toBe(false);
  });
});

describe('the dialplan', () => {
  it.each([
    ['HUMAN', 'sound:digits/1'],
    ['MACHINE', 'sound:demo-congrats'],
  ] as const)('tells the application that a %s has answered', async (found, media) => {
    const answered = client.channels.waitFor('StasisStart', { ...patience, where: ({ args }) => args.length === 0 });
    const entered = client.channels.waitFor('StasisStart', { timeoutMs: 10_000, where: ({ args }) => args.length > 0 });
    const place = { context: 'default', extension: `amd-${app}`, priority: 1 };
    const channel = await client.channels.originate({ endpoint: `Local/stasis-${app}@default/n`, ...place });
    const caller = (await answered).channel;
    pairs.push({ channel, caller });
    await caller.answer();
    const greeting = await caller.play({ media });
    greeting.on('PlaybackFinished', () => caller.startSilence().catch(() => undefined));
    expect((await entered).args).toEqual([found, expect.any(String)]);
  });
});

describe('Conference', () => {
  it('has participants wait for a moderator, announces, tells who talks, and ends with the moderator', async () => {
    const [guest, leader] = [await pair(), await pair()];
    const conference = new Conference<Channel>(client, {
      waitForModerator: true,
      endWithModerator: true,
      detectTalking: { silenceMs: 700 },
    });
    const over = new AbortController();
    const news: string[] = [];
    const reading = (async () => {
      for await (const { type, participant } of conference.changes({ signal: over.signal })) {
        news.push(`${participant.channel.id === guest.channel.id ? 'guest' : 'leader'} ${type}`);
      }
    })();
    const stays = [conference.join(guest.channel, { muted: true })];
    await expect.poll(() => news).toEqual(['guest muted', 'guest waiting']);
    stays.push(conference.join(leader.channel, { moderator: true }));
    await expect.poll(() => news).toContain('guest joined');
    const [bridge] = await client.bridges.list();
    expect(bridge?.channels).toHaveLength(2);
    expect(await conference.announce({ media: 'sound:digits/1' })).toEqual({ outcome: 'finished' });
    expect(await conference.unmute(guest.channel)).toBe(true);
    await speak(guest.caller);
    await guest.caller.startSilence();
    await expect.poll(() => news).toContain('guest quiet');
    const name = `room-${app}`;
    const recording = conference.record({ name });
    await client.waitFor('RecordingStarted', patience);
    const announced = conference.announce({ media: 'sound:tt-monkeys' });
    await client.waitFor('PlaybackStarted', patience);
    await leader.caller.hangup();
    expect(await Promise.all(stays)).toEqual([
      { reason: 'ended', joined: true },
      { reason: 'hangup', joined: true },
    ]);
    expect(await announced).toEqual({ outcome: 'ended' });
    expect(await recording).toMatchObject({ reason: 'ended' });
    expect(await discardRecording(client, { name })).toBe(true);
    over.abort();
    await reading;
  });

  it('says that somebody was kicked, or taken out by others', async () => {
    const [one, two] = [await pair(), await pair()];
    const conference = new Conference<Channel>(client);
    const stays = [one, two].map(({ channel }) => conference.join(channel));
    await expect.poll(async () => (await client.bridges.list())[0]?.channels).toHaveLength(2);
    expect(await conference.kick(one.channel)).toBe(true);
    await (await client.bridges.list())[0]?.destroy();
    expect(await Promise.all(stays)).toEqual([
      { reason: 'kicked', joined: true },
      { reason: 'removed', joined: true },
    ]);
  });
});

describe('recordMessage', () => {
  const options = { beep: false, maxSilenceSeconds: 0 } as const;

  it('records a channel that was dialled, and has it reviewed', async () => {
    const channel = client.channels.handle();
    const entered = channel.waitFor('StasisStart', patience);
    const farEnters = client.channels.waitFor('StasisStart', {
      ...patience,
      where: (event) => event.channel.id !== channel.id,
    });
    await channel.create({ endpoint: `Local/stasis-${app}@default/n`, app });
    await entered;
    await channel.dial({});
    const caller = (await farEnters).channel;
    pairs.push({ channel: (await entered).channel, caller });
    await caller.answer();
    await expect.poll(async () => (await channel.get()).state).toBe('Up');
    const name = `review-${app}`;
    const control = new RecordingControl();
    const begun = client.waitFor('RecordingStarted', patience);
    const result = recordMessage(channel, {
      ...options,
      name,
      client,
      control,
      review: { prompt: 'sound:tt-monkeys' },
    });
    await begun;
    expect(await control.pause()).toBe(true);
    expect(await control.resume()).toBe(true);
    await speak(caller);
    await caller.sendDTMF({ dtmf: '#' });
    await client.waitFor('PlaybackStarted', patience);
    await caller.sendDTMF({ dtmf: '1' });
    const { playback } = await client.waitFor('PlaybackStarted', patience);
    expect(playback).toMatchObject({ media_uri: `recording:${name}`, state: 'playing' });
    const again = client.waitFor('RecordingStarted', patience);
    await caller.sendDTMF({ dtmf: '2' });
    await again;
    await speak(caller);
    await caller.sendDTMF({ dtmf: '#' });
    await client.waitFor('PlaybackStarted', patience);
    await caller.sendDTMF({ dtmf: '3' });
    const message = await result;
    expect(message).toMatchObject({ reason: 'terminator', stored: true });
    await saveRecording(client, message, `${name}-kept`);
    expect(await discardRecording(client, message)).toBe(false);
    expect(await discardRecording(client, { name: `${name}-kept` })).toBe(true);
  });

  it.each(['bridge', 'snoop'] as const)('records a channel that is in a bridge, by a %s', async (by) => {
    const { channel, caller } = await pair();
    const bridge = await client.bridges.create({ type: 'mixing' });
    await bridge.addChannel({ channel });
    const name = `${by}-${app}`;
    const begun = client.waitFor('RecordingStarted', patience);
    const result = recordMessage(channel, { ...options, name, ...(by === 'bridge' ? { bridge } : { snoop: { app } }) });
    await begun;
    await speak(caller);
    await caller.sendDTMF({ dtmf: '#' });
    expect(await result).toMatchObject({ reason: 'terminator', terminator: '#', stored: true });
    expect(await discardRecording(client, { name })).toBe(true);
    await bridge.destroy();
  });

  it('hangs its own channel up when it is aborted, and when the caller hangs up', async () => {
    for (const end of ['abort', 'hangup'] as const) {
      const { channel, caller } = await pair();
      const controller = new AbortController();
      const begun = client.waitFor('RecordingStarted', patience);
      const name = `${end}-${app}`;
      const result = recordMessage(channel, { ...options, name, snoop: { app }, signal: controller.signal });
      await begun;
      await (end === 'abort' ? controller.abort() : caller.hangup());
      expect(await result).toMatchObject({ reason: end === 'abort' ? 'aborted' : 'hangup', stored: end === 'hangup' });
      expect(await discardRecording(client, { name })).toBe(end === 'hangup');
    }
  });
});
