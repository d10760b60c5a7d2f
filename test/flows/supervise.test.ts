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

function start(floor: Floor, options: Partial<SuperviseOptions> = {}) {
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
    expect(floor.asterisk.journal.requestsTo({ path: '/channels/*/snoop' })[0]?.body).toEqual({
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
      'POST /channels/*/snoop',
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
    [{ app: undefined }, /^supervise: option 'app' is missing; must be a text/],
    [{ supervisor: {} }, /supervisor must be a supervisor of the client/],
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
