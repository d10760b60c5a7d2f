import { connect as connectClient, type AriClient, type Bridge, type Channel, type ChannelHandle } from 'asterisk-ari';
import { connect, dial, gather, play } from 'asterisk-ari/flows';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../conformance/expectations.js';
import { realAsterisk } from './real.js';

describe.each(['22', '16'] as const)('calls on Asterisk %s', (release) => {
  const asterisk = realAsterisk(release);
  const patience = { timeoutMs: 5_000 };
  let client: AriClient;
  let app: string;
  /** A caller in the application, not answered yet, and the other end of the call, which is in it as well. */
  let channel: Channel;
  let caller: ChannelHandle;
  let count = 0;
  /** What was there before the test. */
  let before: ReadonlySet<string>;

  beforeEach(async () => {
    const { url, username, password } = asterisk();
    client = await connectClient(url, username, password);
    count += 1;
    app = `calls-${process.pid}-${count}`;
    await client.start(app);
    before = new Set((await everything()).map(({ id }) => id));
    caller = client.channels.handle();
    const entered = client.channels.waitFor('StasisStart', {
      ...patience,
      where: (event) => event.channel.id !== caller.id,
    });
    await caller.originateWithId({ endpoint: `Local/stasis-${app}@default/n`, app, callerId: 'Jane <100>' });
    ({ channel } = await entered);
  });

  afterEach(async () => {
    for (const id of (await client.applications.get({ applicationName: app })).channel_ids) {
      await client.channels.hangup({ channelId: id }).catch(() => undefined);
    }
    await client.close();
  });

  async function everything(): Promise<(Channel | Bridge)[]> {
    return [...(await client.channels.list()), ...(await client.bridges.list())];
  }

  /** What has come since the test began and is still there. */
  async function left(): Promise<string[]> {
    return (await everything())
      .map(({ id }) => id)
      .filter((id) => !before.has(id))
      .toSorted();
  }

  /** Nothing is left but these channels. */
  async function expectLeft(...channels: readonly { readonly id: string }[]): Promise<void> {
    await eventually(left).toEqual(channels.map(({ id }) => id).toSorted());
  }

  describe('dial', () => {
    it('answers the caller once somebody has answered, and gives the others up', async () => {
      const answered = channel.waitFor('ChannelStateChange', {
        ...patience,
        where: (event) => event.channel.state === 'Up',
      });
      const targets = [['Local/ring@default/n', `PJSIP/wait@loop`]];
      const result = await dial(client, { targets, app, caller: channel });
      expect(result).toMatchObject({
        reason: 'answered',
        targets: [{ status: 'CANCEL', cause: 26 }, { status: 'ANSWER' }],
      });
      await answered;
      expect((await result.channel!.get()).connected).toEqual({ name: 'Jane', number: '100' });
      await result.channel!.hangup();
      await expectLeft(channel, caller);
    });

    it('dials one after the other, and says why nobody answered', async () => {
      const targets = [
        'PJSIP/alice',
        'Local/busy@default',
        'Local/congestion@default',
        'Local/nowhere@default',
        { endpoint: 'Local/ring@default', ringSeconds: 1 },
      ];
      const result = await dial(client, { targets, app, caller: channel, ringback: { moh: 'default' } });
      expect(result.reason).toBe('unanswered');
      expect(result.targets).toMatchObject([
        { status: 'CHANUNAVAIL', error: { status: 500 } },
        { status: 'BUSY' },
        { status: 'CONGESTION' },
        { status: 'CHANUNAVAIL' },
        // 16 does not say why.
        { status: 'NOANSWER', ...(release !== '16' && { cause: 19 }) },
      ]);
      await expectLeft(channel, caller);
    });

    it.each(['answered', 'hangup', 'aborted'] as const)(
      'plays media to the caller while it rings: %s',
      async (reason) => {
        const plays: string[] = [];
        using _started = client.on('PlaybackStarted', ({ playback }) => void plays.push(playback.id));
        using _ended = client.on('PlaybackFinished', ({ playback }) => void plays.push(`${playback.id} ended`));
        const playsAgain = () => eventually(() => plays.length > 3).toBe(true);
        const controller = new AbortController();
        const dialing = dial(client, {
          targets: reason === 'answered' ? 'Local/wait@default/n' : 'Local/ring@default/n',
          app,
          caller: channel,
          ringback: { media: 'sound:beep' },
          signal: controller.signal,
          confirm: async () => (await playsAgain(), true),
        });
        await playsAgain();
        if (reason === 'hangup') {
          await caller.hangup();
        } else if (reason === 'aborted') {
          controller.abort();
        }
        const result = await dialing;
        expect(result.reason).toBe(reason);
        await eventually(() => plays.filter((id) => !plays.includes(`${id} ended`) && !id.endsWith('ended'))).toEqual(
          [],
        );
        const count = plays.length;
        await result.channel?.hangup();
        await expectLeft(...(reason === 'hangup' ? [] : [channel, caller]));
        expect(plays.length).toBe(count);
      },
    );

    it('ends when the caller hangs up, or the signal aborts, while it rings', async () => {
      const controller = new AbortController();
      const ringing = () =>
        client.waitFor('Dial', {
          ...patience,
          where: ({ dialstatus, peer }) => dialstatus === 'RINGING' && peer.id !== caller.id,
        });
      const [options, rings] = [{ targets: 'Local/ring@default', app, caller: channel }, ringing()];
      const aborted = dial(client, { ...options, signal: controller.signal });
      await rings;
      controller.abort();
      expect(await aborted).toMatchObject({ reason: 'aborted', targets: [{ status: 'CANCEL', cause: 16 }] });
      await expectLeft(channel, caller);
      const again = ringing();
      const hungUp = dial(client, options);
      await again;
      await caller.hangup();
      expect(await hungUp).toMatchObject({ reason: 'hangup', targets: [{ status: 'CANCEL' }] });
      await expectLeft();
    });

    it('has the callee confirm', async () => {
      const targets = [['Local/dtmf@default/n', 'Local/ring@default/n']];
      const result = await dial(client, {
        targets,
        app,
        caller: channel,
        confirm: async (callee) => (await gather(callee.channel, { signal: callee.signal })).digits === '1234',
      });
      expect(result).toMatchObject({ reason: 'answered', targets: [{ status: 'ANSWER' }, { status: 'CANCEL' }] });
      const refused = await dial(client, { targets: 'Local/wait@default/n', app, confirm: () => false });
      expect(refused).toMatchObject({ reason: 'unanswered', targets: [{ status: 'NOTACCEPTED' }] });
    });

    it('lets the caller hear early media in a bridge, which connect takes over', async () => {
      const options = { app, caller: channel, ringback: 'earlyMedia' } as const;
      const busy = await dial(client, { ...options, targets: ['PJSIP/busy@loop', 'PJSIP/congestion@loop'] });
      expect(busy).toMatchObject({
        reason: 'unanswered',
        targets: [
          { status: 'BUSY', cause: 17 },
          { status: 'CONGESTION', cause: 34 },
        ],
      });
      await expectLeft(channel, caller);
      const {
        reason,
        channel: callee,
        bridge,
      } = await dial(client, {
        ...options,
        targets: { endpoint: 'PJSIP/wait@loop', callerId: '"Sales" <4>' },
      });
      expect(reason).toBe('answered');
      expect((await bridge!.get()).channels.toSorted()).toEqual([channel.id, callee!.id].toSorted());
      const talking = connect(client, { channels: [channel, callee!], bridge });
      await callee!.hangup();
      expect(await talking).toMatchObject({ reason: 'hangup', by: 'second' });
      await expectLeft();
    });

    it('takes a callee out of the bridge with the caller until he has accepted', async () => {
      let members: readonly string[] = [];
      const { reason, bridge } = await dial(client, {
        targets: 'PJSIP/wait@loop',
        app,
        caller: channel,
        ringback: 'earlyMedia',
        confirm: async (callee) => {
          members = (await client.bridges.list()).find(({ id }) => !before.has(id))?.channels ?? [];
          return (await play(callee.channel, { media: 'sound:digits/1' })).outcome === 'finished';
        },
      });
      expect(reason).toBe('answered');
      expect(members).toEqual([channel.id]);
      expect((await bridge!.get()).channels).toHaveLength(2);
      await bridge!.destroy();
    });
  });

  describe('connect', () => {
    let agent: ChannelHandle;

    beforeEach(async () => {
      agent = (await dial(client, { targets: 'PJSIP/wait@loop', app, caller: channel })).channel!;
    });

    it.each(['first', 'second'] as const)('says that the %s has hung up, and hangs up the other', async (by) => {
      const bridged = channel.waitFor('ChannelEnteredBridge', patience);
      const talking = connect(client, { channels: [channel, agent] });
      await bridged;
      await (by === 'first' ? caller : agent).hangup();
      expect(await talking).toMatchObject({ reason: 'hangup', by });
      await expectLeft();
    });

    it('warns both and one of them, and ends at its time', async () => {
      const played: string[] = [];
      client.on('PlaybackStarted', ({ playback }) => played.push(playback.target_uri));
      const result = await connect(client, {
        channels: [channel, agent],
        limitMs: 1_500,
        warnings: [
          { beforeMs: 1_400, media: 'sound:digits/1' },
          { beforeMs: 300, media: 'sound:tt-monkeys', to: 'first' },
        ],
        hangup: 'second',
      });
      expect(result.reason).toBe('limit');
      expect(played).toEqual([expect.stringMatching(/^bridge:/), `channel:${channel.id}`]);
      await expectLeft(channel, caller);
    });

    it('ends where one is taken out of the bridge, and when it is aborted, and hangs up nobody', async () => {
      const controller = new AbortController();
      const bridged = agent.waitFor('ChannelEnteredBridge', patience);
      const talking = connect(client, { channels: [channel, agent] });
      await (await bridged).bridge.removeChannel({ channel: agent });
      expect(await talking).toMatchObject({ reason: 'left', by: 'second' });
      const again = agent.waitFor('ChannelEnteredBridge', patience);
      const aborted = connect(client, { channels: [channel, agent], signal: controller.signal });
      await again;
      controller.abort();
      expect(await aborted).toMatchObject({ reason: 'aborted' });
      // Asterisk 16 tells of a destroyed bridge until who was in it has left it.
      const bridges = async (): Promise<string[]> => (await client.bridges.list()).map(({ id }) => id);
      await eventually(async () => (await bridges()).filter((id) => !before.has(id))).toEqual([]);
      expect((await client.channels.list()).map(({ id }) => id)).toEqual(
        expect.arrayContaining([channel.id, agent.id]),
      );
    });
  });
});
