import { AriValidationError, type Bridge } from 'asterisk-ari';
import { supervise, type SuperviseOptions } from 'asterisk-ari/flows';
import { describe, expect, it } from 'vitest';
import { endAfterEachRequest, Floor } from './support/floor.js';

/** An agent and a caller who talk, and a supervisor. */
async function begin(): Promise<Floor & { readonly call: Bridge }> {
  const floor = await Floor.begin(3);
  const call = await floor.keepBridge(0, 1);
  floor.forget();
  return Object.assign(floor, { call });
}

function start(
  floor: Floor,
  options: { readonly [Name in keyof SuperviseOptions]?: SuperviseOptions[Name] | undefined } = {},
) {
  const [agent, , supervisor] = floor.callers.map(({ channel }) => channel);
  return supervise(floor.client, { supervisor, channel: agent, app: 'flow', ...options } as SuperviseOptions);
}

/** Until the supervisor is in a bridge. */
async function isIn(floor: Floor): Promise<void> {
  await expect.poll(() => floor.requests.at(-1)).toBe('POST /bridges/*/addChannel');
}

describe('supervise', () => {
  it.each([
    ['listen', 'none'],
    ['coach', 'out'],
  ] as const)('has the supervisor %s until the supervised channel hangs up', async (mode, whisper) => {
    await using floor = await begin();
    const result = start(floor, { mode });
    await isIn(floor);
    expect(floor.asterisk.journal.requestsTo({ path: '/channels/*/snoop/*' })[0]?.body).toEqual({
      app: 'flow',
      appArgs: 'snoop',
      spy: 'both',
      whisper,
    });
    expect((await floor.call.get()).channels).toHaveLength(2);
    floor.caller(0).phone.hangup();
    expect(await result).toEqual({ reason: 'hangup', by: 'channel', durationMs: expect.any(Number) });
    expect(floor.caller(2).phone.state).toBe('talking');
    expect(floor.requests.slice(0, 3)).toEqual([
      'POST /channels/*/snoop/*',
      'POST /bridges/*',
      'POST /bridges/*/addChannel',
    ]);
    await floor.expectNothingLeft();
  });

  it.each(['listen', 'barge'] as const)(
    'ends when the supervisor hangs up (%s), and the call goes on',
    async (mode) => {
      await using floor = await begin();
      const result = start(floor, { mode });
      await isIn(floor);
      floor.caller(2).phone.hangup();
      expect(await result).toMatchObject({ reason: 'hangup', by: 'supervisor' });
      expect((await floor.call.get()).channels).toHaveLength(2);
      await floor.expectNothingLeft();
    },
  );

  it('has the supervisor take part, and takes them out again', async () => {
    await using floor = await begin();
    const controller = new AbortController();
    const result = start(floor, { mode: 'barge', signal: controller.signal, app: undefined });
    await isIn(floor);
    expect((await floor.call.get()).channels).toHaveLength(3);
    controller.abort();
    expect(await result).toMatchObject({ reason: 'aborted' });
    expect((await floor.call.get()).channels).toHaveLength(2);
    expect(floor.requests.filter((request) => !request.startsWith('GET /bridges/'))).toEqual([
      'GET /bridges',
      'POST /bridges/*/addChannel',
      'POST /bridges/*/removeChannel',
    ]);
    await floor.expectNothingLeft();
  });

  it('ends with the call that the supervisor takes part in', async () => {
    await using floor = await begin();
    const result = start(floor, { mode: 'barge' });
    await isIn(floor);
    floor.caller(0).phone.hangup();
    expect(await result).toMatchObject({ reason: 'hangup', by: 'channel' });
    expect((await floor.call.get()).channels).toHaveLength(1);
    await floor.expectNothingLeft();
  });

  it('says that somebody was taken out, also while nothing is heard', async () => {
    await using floor = await begin();
    const first = start(floor, { mode: 'barge' });
    await isIn(floor);
    await floor.call.removeChannel({ channel: floor.caller(2).channel.id });
    expect(await first).toMatchObject({ reason: 'left', by: 'supervisor' });
    floor.forget();
    const second = start(floor, { mode: 'barge' });
    await isIn(floor);
    floor.asterisk.faults.dropSocket();
    await floor.call.removeChannel({ channel: floor.caller(0).channel.id });
    expect(await second).toMatchObject({ reason: 'left', by: 'channel' });
    expect(await start(floor, { mode: 'barge' })).toMatchObject({ reason: 'unbridged' });
    await floor.expectNothingLeft();
  });

  it('ends when the channel that listens is hung up', async () => {
    await using floor = await begin();
    const result = start(floor);
    await isIn(floor);
    const snoop = (await floor.client.channels.list()).find(({ name }) => name.startsWith('Snoop'));
    await snoop?.hangup();
    expect(await result).toMatchObject({ reason: 'hangup', by: 'channel' });
    await floor.expectNothingLeft();
  });

  it('refuses an application that the client is not started for, before anything is sent', async () => {
    await using floor = await begin();
    await expect(start(floor, { app: 'elsewhere' })).rejects.toThrow(
      "supervise: option 'app' is of no use here: the client is not started for 'elsewhere', but for flow",
    );
    expect(floor.requests).toEqual([]);
    expect(floor.caller(0).phone.state).toBe('talking');
    await floor.expectNothingLeft();
  });

  it('leaves no channel that listens where the answer is lost', async () => {
    await using floor = await begin();
    floor.asterisk.faults.next({ method: 'POST', path: '/channels/*/snoop/*' }).dropAnswer();
    await expect(start(floor)).rejects.toMatchObject({ name: 'AriConnectionError' });
    await floor.expectNothingLeft();
  });

  it('survives an interruption of the event connection while it begins', async () => {
    await using floor = await begin();
    const { channel } = floor.caller(0);
    let isCut = false;
    const snoopChannelWithId = async (...params: Parameters<typeof channel.snoopChannelWithId>) => {
      const snoop = await channel.snoopChannelWithId(...params);
      // Gone before its StasisStart is heard.
      if (!isCut) {
        isCut = true;
        floor.asterisk.faults.dropSocket();
        await snoop.hangup();
      }
      return snoop;
    };
    const result = start(floor, {
      channel: Object.assign(Object.create(channel) as typeof channel, { snoopChannelWithId }),
    });
    await expect
      .poll(async () => (await floor.client.bridges.list()).map((each) => each.channels.length))
      .toEqual([2, 2]);
    floor.caller(0).phone.hangup();
    expect(await result).toMatchObject({ reason: 'hangup', by: 'channel' });
    await floor.expectNothingLeft();
  });

  it.each(['/channels/*', '/bridges/*'])('tries again to end what it has made: DELETE %s', async (path) => {
    await using floor = await begin();
    const controller = new AbortController();
    const result = start(floor, { signal: controller.signal });
    await isIn(floor);
    floor.asterisk.faults.next({ method: 'DELETE', path }).times(2).fail(500);
    controller.abort();
    expect(await result).toMatchObject({ reason: 'aborted' });
    await floor.expectNothingLeft();
  });

  describe('in another mode', () => {
    const modes = ['listen', 'coach', 'barge'] as const;
    const changes = modes.flatMap((from) => modes.filter((to) => to !== from).map((to) => [from, to] as const));

    /** What the channels that listen say to the one that they hear. */
    async function whispers(floor: Floor): Promise<string[]> {
      const there = (await floor.client.channels.list()).map(({ id }) => id);
      const made = floor.asterisk.journal.requestsTo({ path: '/channels/*/snoop/*' });
      return made
        .filter(({ response }) => there.includes((response as { id: string }).id))
        .map(({ body }) => (body as { whisper: string }).whisper);
    }

    /** How many are in the bridges that there are. */
    async function sizes(floor: Floor): Promise<number[]> {
      return (await floor.client.bridges.list()).map(({ channels }) => channels.length);
    }

    const whispered = { listen: ['none'], coach: ['out'], barge: [] };

    it.each(changes)('goes on from %s in %s, and back', async (from, to) => {
      await using floor = await begin();
      const controller = new AbortController();
      const result = start(floor, { mode: from, signal: controller.signal });
      for (const mode of [from, to, from]) {
        expect(await result.switchTo(mode)).toBe(true);
        expect(await whispers(floor)).toEqual(whispered[mode]);
        expect(await sizes(floor)).toEqual(mode === 'barge' ? [3] : [2, 2]);
        expect((await floor.call.get()).channels.includes(floor.caller(2).channel.id)).toBe(mode === 'barge');
      }
      controller.abort();
      expect(await result).toMatchObject({ reason: 'aborted' });
      expect(await result.switchTo(to)).toBe(false);
      expect((await floor.call.get()).channels).toHaveLength(2);
      await floor.expectNothingLeft();
    });

    it.each(changes)('has the supervisor in one bridge at any time, from %s to %s', async (from, to) => {
      await using floor = await begin();
      const controller = new AbortController();
      const supervisor = floor.caller(2).channel.id;
      const result = start(floor, { mode: from, signal: controller.signal });
      await result.switchTo(from);
      const before = floor.asterisk.journal.events.length;
      expect(await result.switchTo(to)).toBe(true);
      const moves = floor.asterisk.journal.events
        .slice(before)
        .map(({ event }) => event as { type: string; channel?: { id: string } })
        .filter(({ type, channel }) => type.endsWith('Bridge') && channel?.id === supervisor)
        .map(({ type }) => type);
      expect(moves).toEqual(['ChannelLeftBridge', 'ChannelEnteredBridge']);
      controller.abort();
      await result;
      await floor.expectNothingLeft();
    });

    const endings = {
      aborted: (_floor: Floor, controller: AbortController) => controller.abort(),
      'left by the supervisor': (floor: Floor) => floor.caller(2).phone.hangup(),
      'left by the channel': (floor: Floor) => floor.caller(0).phone.hangup(),
    };

    it.each(changes.flatMap(([from, to]) => Object.keys(endings).map((end) => [from, to, end] as const)))(
      'leaves nothing from %s to %s when it is %s after any request',
      async (from, to, end) => {
        const run = async (floor: Floor, signal: AbortSignal): Promise<unknown> => {
          const result = start(floor, { mode: from, signal });
          const switched = result.switchTo(to);
          expect(await switched).toBeTypeOf('boolean');
          return result;
        };
        const count = await endAfterEachRequest(begin, run, endings[end as keyof typeof endings]);
        expect(count).toBeGreaterThanOrEqual(from === 'barge' ? 5 : 6);
      },
    );

    it('rejects where the supervision itself fails meanwhile', async () => {
      await using floor = await begin();
      const result = start(floor, { mode: 'listen' });
      await result.switchTo('listen');
      floor.asterisk.faults.next({ method: 'DELETE', path: '/bridges/*' }).times(4).fail(500);
      const [switched, ended] = await Promise.allSettled([result.switchTo('coach'), result]);
      expect([switched.status, ended.status]).toEqual(['rejected', 'rejected']);
    });

    it('says what it could not end where somebody hangs up meanwhile', async () => {
      await using floor = await begin();
      const result = start(floor, { mode: 'listen' });
      await result.switchTo('listen');
      const ended = expect(result).rejects.toMatchObject({ operation: 'bridges.destroy', status: 500 });
      floor.asterisk.faults.next({ method: 'POST', path: '/bridges/*/addChannel' }).fail(400);
      floor.asterisk.journal.clear();
      const refused = floor.asterisk.journal.waitForRequest({ path: '/bridges/*/addChannel' });
      const switched = result.switchTo('coach');
      const { path } = await refused;
      floor.asterisk.faults
        .next({ method: 'DELETE', path: path.replace('/addChannel', '') })
        .times(4)
        .fail(500);
      floor.caller(0).phone.hangup();
      expect(await switched).toBe(false);
      await ended;
    });

    it.each([
      ['listen', 'coach', '/channels/*/snoop/*'],
      ['listen', 'coach', '/bridges/*/addChannel'],
      ['coach', 'barge', '/bridges/*/addChannel'],
      ['barge', 'listen', '/bridges/*'],
    ] as const)('goes on as before when it fails, from %s to %s by %s', async (from, to, path) => {
      await using floor = await begin();
      const controller = new AbortController();
      const result = start(floor, { mode: from, signal: controller.signal });
      await result.switchTo(from);
      floor.asterisk.faults.next({ method: 'POST', path }).fail(503);
      await expect(result.switchTo(to)).rejects.toMatchObject({ status: 503 });
      expect(await whispers(floor)).toEqual(whispered[from]);
      expect(await sizes(floor)).toEqual(from === 'barge' ? [3] : [2, 2]);
      expect(await result.switchTo(to)).toBe(true);
      expect(await whispers(floor)).toEqual(whispered[to]);
      controller.abort();
      await result;
      await floor.expectNothingLeft();
    });

    it('fails where the supervisor has gone over and nobody could tell', async () => {
      await using floor = await begin();
      const result = start(floor, { mode: 'listen' });
      result.catch(() => undefined);
      await result.switchTo('listen');
      floor.asterisk.faults.next({ method: 'POST', path: '/bridges/*/addChannel' }).dropAnswer();
      await expect(result.switchTo('barge')).rejects.toMatchObject({ name: 'AriConnectionError' });
      await expect(result).rejects.toMatchObject({ name: 'AriConnectionError' });
      await floor.expectNothingLeft();
    });

    it('takes the last of several, and says that the others have come to nothing', async () => {
      await using floor = await begin();
      const controller = new AbortController();
      const result = start(floor, { mode: 'listen', signal: controller.signal });
      const switched = [result.switchTo('barge'), result.switchTo('listen'), result.switchTo('coach')];
      expect(await Promise.all(switched)).toEqual([false, false, true]);
      expect(await whispers(floor)).toEqual(['out']);
      controller.abort();
      await result;
      await floor.expectNothingLeft();
    });

    it('says that there is no call to take part in, and listens on', async () => {
      await using floor = await begin();
      const controller = new AbortController();
      const result = start(floor, { mode: 'listen', signal: controller.signal });
      await result.switchTo('listen');
      await floor.call.destroy();
      expect(await result.switchTo('barge')).toBe(false);
      expect(await whispers(floor)).toEqual(['none']);
      controller.abort();
      expect(await result).toMatchObject({ reason: 'aborted' });
      await floor.expectNothingLeft();
    });

    it('refuses what it cannot do', async () => {
      await using floor = await begin();
      const controller = new AbortController();
      const result = start(floor, { mode: 'barge', app: undefined, signal: controller.signal });
      await expect(result.switchTo('spy' as never)).rejects.toThrow(
        /^switchTo: option 'mode' must be listen or coach or barge, not "spy"/,
      );
      await expect(result.switchTo(undefined as never)).rejects.toThrow(/option 'mode' is missing/);
      await expect(result.switchTo('listen')).rejects.toThrow(/switchTo: listen needs option 'app' of supervise/);
      expect(await result.switchTo('barge')).toBe(true);
      controller.abort();
      expect(await result).toMatchObject({ reason: 'aborted' });
      await floor.expectNothingLeft();
    });
  });

  const ends = {
    aborted: (_floor: Floor, controller: AbortController) => controller.abort(),
    'left by the supervisor': (floor: Floor) => floor.caller(2).phone.hangup(),
    'left by the channel': (floor: Floor) => floor.caller(0).phone.hangup(),
  };

  it.each(Object.keys(ends).flatMap((end) => (['coach', 'barge'] as const).map((mode) => [end, mode] as const)))(
    'leaves nothing when it is %s after any request (%s)',
    async (end, mode) => {
      const run = (floor: Floor, signal: AbortSignal): Promise<unknown> => start(floor, { mode, signal });
      const count = await endAfterEachRequest(begin, run, ends[end as keyof typeof ends]);
      expect(count).toBe(mode === 'barge' ? 2 : 3);
    },
  );

  it.each([
    [{ mode: 'spy' }, /option 'mode' must be listen or coach or barge, not "spy"/],
    [{ mode: 'barge', app: undefined, appArgs: 'x' }, /option 'appArgs' needs 'app', which was not given/],
    [{ mode: 'barge', app: '' }, /option 'app' must be a text that is not blank, not ""/],
    [{ app: undefined }, /^supervise: option 'app' is missing; must be a text/],
    [{ supervisor: {} }, /^supervise: option 'supervisor' must be a channel of the client/],
    [{ bridge: {} }, /option 'bridge' does not exist; allowed are supervisor, channel, mode/],
  ])('refuses %o before anything is sent', async (options, message) => {
    await using floor = await begin();
    const refusal = start(floor, options as unknown as Partial<SuperviseOptions>);
    await expect(refusal).rejects.toThrow(AriValidationError);
    await expect(refusal).rejects.toThrow(message);
    const same = start(floor, { supervisor: floor.caller(0).channel });
    await expect(same).rejects.toThrow(/option 'supervisor' must be another channel/);
    expect(floor.requests).toEqual([]);
  });
});
