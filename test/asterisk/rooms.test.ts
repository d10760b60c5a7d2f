import { connect, type AriClient, type Bridge, type Channel } from 'asterisk-ari';
import {
  Conference,
  detectTalking,
  discardRecording,
  Queue,
  RecordingControl,
  recordMessage,
  saveRecording,
  supervise,
} from 'asterisk-ari/flows';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { realAsterisk } from './real.js';

describe.each(['22', '16'] as const)('rooms on Asterisk %s', (release) => {
  const asterisk = realAsterisk(release);
  const patience = { timeoutMs: 5_000 };
  let client: AriClient;
  let app: string;
  let count = 0;
  let pairs: Pair[];
  /** The test's own. */
  let bridges: Bridge[];
  /** What was there before. */
  let before: ReadonlySet<string>;

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
    bridges = [];
    await client.start(app);
    before = new Set((await client.bridges.list()).map(({ id }) => id));
  });

  /** Those that have come since the test began. */
  async function bridgesNow(): Promise<Bridge[]> {
    return (await client.bridges.list()).filter(({ id }) => !before.has(id));
  }

  /** Of a destroyed bridge, Asterisk 16 tells until who was moved from it into another one leaves that one. */
  async function bridgesInUse(): Promise<Bridge[]> {
    return (await bridgesNow()).filter(({ channels }) => release !== '16' || channels.length > 0);
  }

  /** Nothing is left but the callers: no bridge, no other channel. */
  afterEach(async () => {
    const own = pairs.flatMap(({ channel, caller }) => [channel.id, caller.id]);
    await Promise.all(pairs.map(({ channel }) => channel.hangup().catch(() => undefined)));
    await Promise.all(bridges.map((bridge) => bridge.destroy()));
    await expect.poll(async () => (await bridgesNow()).length).toBe(0);
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
      const entered = client.channels.waitFor('StasisStart', {
        timeoutMs: 10_000,
        where: ({ args }) => args.length > 0,
      });
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
      const [bridge] = await bridgesNow();
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

    it('has somebody back at once who was kicked', async () => {
      const [stays, comes] = [await pair(), await pair()];
      const room = new Conference<Channel>(client, { joinSound: false, leaveSound: false });
      const staying = room.join(stays.channel);
      for (let times = 0; times < 8; times += 1) {
        const joining = room.join(comes.channel);
        await expect.poll(() => room.participants.length).toBe(2);
        await expect.poll(async () => (await bridgesInUse())[0]?.channels.length).toBe(2);
        expect(await room.kick(comes.channel)).toBe(true);
        expect((await joining).reason).toBe('kicked');
      }
      await room.end();
      expect((await staying).reason).toBe('ended');
    });

    it('says that somebody was kicked, or taken out by others', async () => {
      const [one, two] = [await pair(), await pair()];
      const conference = new Conference<Channel>(client);
      const stays = [one, two].map(({ channel }) => conference.join(channel));
      await expect.poll(async () => (await bridgesNow())[0]?.channels).toHaveLength(2);
      expect(await conference.kick(one.channel)).toBe(true);
      await (await bridgesNow())[0]?.destroy();
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
      bridges.push(bridge);
      await bridge.addChannel({ channel });
      const name = `${by}-${app}`;
      const begun = client.waitFor('RecordingStarted', patience);
      const result = recordMessage(channel, {
        ...options,
        name,
        ...(by === 'bridge' ? { bridge } : { snoop: { app } }),
      });
      await begun;
      await speak(caller);
      await caller.sendDTMF({ dtmf: '#' });
      expect(await result).toMatchObject({ reason: 'terminator', terminator: '#', stored: true });
      expect(await discardRecording(client, { name })).toBe(true);
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
        expect(await result).toMatchObject({
          reason: end === 'abort' ? 'aborted' : 'hangup',
          stored: end === 'hangup',
        });
        expect(await discardRecording(client, { name })).toBe(end === 'hangup');
      }
    });
  });

  describe('Queue', () => {
    const options = { announce: false } as const;

    /** The channel at the far end of an agent's call, which rings. */
    async function agentRings(): Promise<Channel> {
      const { channel } = await client.channels.waitFor('StasisStart', {
        ...patience,
        where: ({ args, channel: { name, state } }) => args.length === 0 && state === 'Ring' && name.endsWith(';2'),
      });
      return channel;
    }

    it('goes on from an agent who is busy to one who answers, while the position is announced', async () => {
      const { channel, caller } = await pair();
      const queue = new Queue(client, { app, strategy: 'longestIdle', musicClass: 'default' });
      queue.addAgent('Local/busy@default/n');
      queue.addAgent(`Local/stasis-${app}@default/n`);
      const announced = client.waitFor('PlaybackStarted', patience);
      const rings = agentRings();
      const stay = queue.enter(channel);
      expect((await announced).playback.media_uri).toBe('sound:queue-youarenext');
      const agent = await rings;
      expect(queue.agents.map(({ state }) => state)).toEqual(['resting', 'ringing']);
      await agent.answer();
      await expect.poll(async () => (await bridgesInUse()).map(({ bridge_type }) => bridge_type)).toEqual(['mixing']);
      await caller.hangup();
      expect(await stay).toMatchObject({
        reason: 'answered',
        agent: `Local/stasis-${app}@default/n`,
        endedBy: 'caller',
      });
      expect(queue.stats).toMatchObject({ waiting: 0, answered: 1 });
    });

    it('has a caller wait again at once', async () => {
      const [stays, comes] = [await pair(), await pair()];
      const queue = new Queue(client, { app, announce: false });
      const over = new AbortController();
      const staying = queue.enter(stays.channel, { signal: over.signal });
      for (let times = 0; times < 8; times += 1) {
        expect((await queue.enter(comes.channel, { maxWaitMs: 50 })).reason).toBe('timeout');
      }
      expect((await bridgesInUse()).map(({ channels }) => channels)).toEqual([[stays.channel.id]]);
      over.abort();
      expect((await staying).reason).toBe('aborted');
    });

    it('counts who hangs up while an agent rings, and who has waited long enough', async () => {
      const [one, two] = [await pair(), await pair()];
      const queue = new Queue(client, { ...options, app });
      queue.addAgent(`Local/stasis-${app}@default/n`);
      const rings = agentRings();
      const abandoned = queue.enter(one.channel);
      const agent = await rings;
      const over = agent.waitFor('ChannelDestroyed', patience);
      await one.caller.hangup();
      expect(await abandoned).toMatchObject({ reason: 'hangup' });
      await over;
      queue.pauseAgent(`Local/stasis-${app}@default/n`);
      const waiting = queue.enter(two.channel, { maxWaitMs: 300 });
      await expect.poll(async () => (await bridgesNow()).map(({ bridge_type }) => bridge_type)).toEqual(['holding']);
      expect(await waiting).toMatchObject({ reason: 'timeout' });
      expect(queue.stats).toMatchObject({ waiting: 0, abandoned: 1, timedOut: 1 });
    });

    it('gives the call to one of two who answer at once', async () => {
      const { channel, caller } = await pair();
      const queue = new Queue(client, { ...options, app });
      const endpoints = ['default', 'testbed'].map((context) => `Local/stasis-${app}@${context}/n`);
      const ringing: Channel[] = [];
      const listening = client.channels.on('StasisStart', (each, { args }) => {
        if (args.length === 0 && each.state === 'Ring') {
          ringing.push(each);
        }
      });
      for (const endpoint of endpoints) {
        queue.addAgent(endpoint);
      }
      const stay = queue.enter(channel);
      await expect.poll(() => ringing).toHaveLength(2);
      listening.close();
      await Promise.all(ringing.map((each) => each.answer().catch(() => undefined)));
      await expect.poll(() => queue.agents.map(({ state }) => state).toSorted()).toEqual(['free', 'talking']);
      await expect.poll(async () => (await bridgesInUse()).map(({ channels }) => channels.length)).toEqual([2]);
      await caller.hangup();
      expect((await stay).reason).toBe('answered');
    });
  });

  describe('supervise', () => {
    /** Whether a channel is sent audio while another end speaks. */
    async function hears(listener: Channel, speaker: Channel): Promise<boolean> {
      await listener.setChannelVar({ variable: 'TALK_DETECT(remove)', value: '' });
      await listener.setChannelVar({ variable: 'TALK_DETECT(set)', value: '300,256' });
      let isHeard = false;
      const subscription = listener.on('ChannelTalkingStarted', () => (isHeard = true));
      await speak(speaker);
      subscription.close();
      return isHeard;
    }

    it.each([
      ['listen', [true, true, false, false]],
      ['coach', [true, true, true, false]],
      ['barge', [true, true, true, true]],
    ] as const)('lets hear whom it is for (%s)', async (mode, heard) => {
      const [agent, caller, supervisor] = [await pair(), await pair(), await pair()];
      const call = await client.bridges.create({ type: 'mixing' });
      bridges.push(call);
      await call.addChannel({ channel: [agent.channel, caller.channel] });
      const controller = new AbortController();
      const { signal } = controller;
      const result = supervise(client, { supervisor: supervisor.channel, channel: agent.channel, mode, app, signal });
      const size = mode === 'barge' ? [3] : [2, 2];
      await expect.poll(async () => (await bridgesNow()).map(({ channels }) => channels.length)).toEqual(size);
      const listens = [await hears(supervisor.caller, agent.caller), await hears(supervisor.caller, caller.caller)];
      // Asterisk mixes what is whispered into what the other side sends; a telephone always sends something.
      await caller.caller.startSilence();
      expect([
        ...listens,
        await hears(agent.caller, supervisor.caller),
        await hears(caller.caller, supervisor.caller),
      ]).toEqual(heard);
      controller.abort();
      expect(await result).toMatchObject({ reason: 'aborted' });
      expect((await call.get()).channels).toHaveLength(2);
    });

    it('changes its mode, and whoever is not to hear the supervisor does not meanwhile', async () => {
      const [agent, caller, supervisor] = [await pair(), await pair(), await pair()];
      const call = await client.bridges.create({ type: 'mixing' });
      bridges.push(call);
      await call.addChannel({ channel: [agent.channel, caller.channel] });
      await Promise.all([agent.caller.startSilence(), caller.caller.startSilence()]);
      const parties = { supervisor: supervisor.channel, channel: agent.channel };
      const controller = new AbortController();
      const { signal } = controller;
      const result = supervise(client, { ...parties, app, signal });
      expect(await result.switchTo('listen')).toBe(true);
      // The supervisor speaks all the time.
      const speech = await supervisor.caller.play({ media: Array<'sound:tt-monkeys'>(3).fill('sound:tt-monkeys') });
      const heard = { agent: false, caller: false };
      const listen = async (who: 'agent' | 'caller', { caller: phone }: Pair): Promise<void> => {
        await phone.setChannelVar({ variable: 'TALK_DETECT(set)', value: '300,256' });
        phone.on('ChannelTalkingStarted', () => (heard[who] = true));
      };
      await Promise.all([listen('agent', agent), listen('caller', caller)]);
      const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
      for (const [mode, expected] of [
        ['coach', { agent: true, caller: false }],
        ['listen', { agent: false, caller: false }],
        ['coach', { agent: true, caller: false }],
        ['barge', { agent: true, caller: true }],
        ['listen', { agent: false, caller: false }],
      ] as const) {
        expect(await result.switchTo(mode)).toBe(true);
        if (mode === 'listen') {
          // What was on its way is heard, and the end of it.
          await wait(600);
          Object.assign(heard, { agent: false, caller: false });
        }
        await wait(700);
        expect(heard, mode).toEqual(expected);
      }
      await speech.stop();
      expect((await call.get()).channels).toHaveLength(2);
      controller.abort();
      expect(await result).toMatchObject({ reason: 'aborted' });
    });
  });
});
