import { AriValidationError } from 'asterisk-ari';
import { connect, dial } from 'asterisk-ari/flows';
import { describe, expect, it } from 'vitest';
import { Switchboard } from './support/switchboard.js';

/** Connects the caller with alice; resolves when they are in the bridge. */
async function connected(board: Switchboard, options: Partial<Parameters<typeof connect>[1]> = {}) {
  const agent = await board.inCall(board.alice);
  const bridged = board.client.bridges.waitFor('ChannelEnteredBridge', {
    where: ({ bridge }) => bridge.channels.length === 2,
  });
  const talking = connect(board.client, { channels: [board.channel, agent], ...options });
  const { bridge } = await bridged;
  return { agent, bridge, talking };
}

describe('connect', () => {
  it.each(['first', 'second'] as const)('says that the %s has hung up, and hangs up the other', async (by) => {
    await using board = await Switchboard.open();
    const { talking } = await connected(board);
    (by === 'first' ? board.caller : board.alice).hangup();
    const { durationMs, ...result } = await talking;
    expect(result).toEqual({ reason: 'hangup', by });
    expect(durationMs).toBeGreaterThanOrEqual(0);
    expect(board.requests.toSorted()).toEqual([
      'DELETE bridges/ID',
      'DELETE channels/ID',
      'POST bridges/ID',
      'POST bridges/ID/addChannel',
    ]);
    await board.expectNothingLeft();
  });

  it.each([
    ['none', 'caller', ['alice']],
    ['none', 'alice', ['caller']],
    ['first', 'caller', ['alice']],
    ['first', 'alice', []],
    ['second', 'caller', []],
    ['second', 'alice', ['caller']],
  ] as const)('with hangup %s, when the %s hangs up, leaves %o', async (hangup, who, left) => {
    await using board = await Switchboard.open();
    const { agent, talking } = await connected(board, { hangup });
    board[who].hangup();
    expect((await talking).reason).toBe('hangup');
    await board.expectNothingLeft(...left.map((each) => (each === 'caller' ? board.channel : agent)));
  });

  it('ends at its time, after warnings to whom they are for', async () => {
    await using board = await Switchboard.open();
    const { talking } = await connected(board, {
      limitMs: 120,
      warnings: [
        { beforeMs: 40, media: 'sound:long', to: 'second' },
        { beforeMs: 90, media: ['sound:short'] },
      ],
    });
    await board.caller.hears('sound:short');
    await board.alice.hears('sound:short');
    await board.alice.hears('sound:long');
    expect(board.caller.heard).toEqual(['sound:short']);
    const result = await talking;
    expect(result.reason).toBe('limit');
    expect(result.by).toBeUndefined();
    expect(result.durationMs).toBeGreaterThanOrEqual(119);
    await board.expectNothingLeft();
  });

  it('stops a warning that still plays when somebody hangs up', async () => {
    await using board = await Switchboard.open();
    board.asterisk.clock.autoAdvance = false;
    const { talking } = await connected(board, {
      limitMs: 60_000,
      warnings: [{ beforeMs: 59_990, media: 'sound:long', to: 'first' }],
      hangup: 'none',
    });
    await board.caller.hears('sound:long');
    board.alice.hangup();
    expect(await talking).toMatchObject({ reason: 'hangup', by: 'second' });
    await board.expectNothingLeft(board.channel);
  });

  it('leaves both in the application when it is aborted', async () => {
    await using board = await Switchboard.open();
    const controller = new AbortController();
    const { agent, talking } = await connected(board, { signal: controller.signal });
    controller.abort();
    expect(await talking).toMatchObject({ reason: 'aborted' });
    await board.expectNothingLeft(board.channel, agent);
  });

  it('ends where one is taken out of the bridge, and hangs up nobody', async () => {
    await using board = await Switchboard.open();
    const { agent, bridge, talking } = await connected(board);
    await bridge.removeChannel({ channel: agent.id });
    expect(await talking).toMatchObject({ reason: 'left', by: 'second' });
    await board.expectNothingLeft(board.channel, agent);
  });

  it('ends where somebody destroys the bridge', async () => {
    await using board = await Switchboard.open();
    const { agent, bridge, talking } = await connected(board);
    await bridge.destroy();
    expect(await talking).toMatchObject({ reason: 'left' });
    await board.expectNothingLeft(board.channel, agent);
  });

  it('takes the bridge of dial over', async () => {
    await using board = await Switchboard.open();
    const { client, channel, alice } = board;
    const dialing = dial(client, { targets: alice.endpoint, app: 'flow', caller: channel, ringback: 'earlyMedia' });
    await alice.rings();
    alice.answer();
    const dialed = await dialing;
    const talking = connect(client, { channels: [channel, dialed.channel!], bridge: dialed.bridge });
    alice.hangup();
    expect(await talking).toMatchObject({ reason: 'hangup', by: 'second' });
    await board.expectNothingLeft();
  });

  it('says so where one has hung up before', async () => {
    await using board = await Switchboard.open();
    const agent = await board.inCall(board.alice);
    board.alice.hangup();
    expect(await connect(board.client, { channels: [board.channel, agent] })).toMatchObject({
      reason: 'hangup',
      by: 'second',
    });
    await board.expectNothingLeft();
  });

  it('sees who has hung up while the event connection was lost', async () => {
    await using board = await Switchboard.open();
    const { talking } = await connected(board);
    board.asterisk.faults.dropSocket();
    board.alice.hangup();
    expect(await talking).toMatchObject({ reason: 'hangup', by: 'second' });
    await board.expectNothingLeft();
  });

  it('sees who was taken out of the bridge while the event connection was lost', async () => {
    await using board = await Switchboard.open();
    const { agent, bridge, talking } = await connected(board);
    board.asterisk.faults.dropSocket();
    await bridge.removeChannel({ channel: agent.id });
    expect(await talking).toMatchObject({ reason: 'left', by: 'second' });
    await board.expectNothingLeft(board.channel, agent);
  });

  it.each([
    [{ channels: [] }, /option 'channels' must be a list of two channels, not an empty list/],
    [{ hangup: 'caller' }, /^connect: option 'hangup' must be both or first or second or none, not "caller"/],
    [{ limitMs: -1 }, /option 'limitMs' must be a whole number, at least 0, not -1/],
    [{ warnings: [{ beforeMs: 5, media: 'sound:a' }] }, /option 'warnings\[0\].beforeMs' needs limitMs, not 5/],
    [
      { limitMs: 9, warnings: [{ beforeMs: 9, media: 'sound:a' }] },
      /'warnings\[0\].beforeMs' must be at least 1 and less/,
    ],
    [{ limitMs: 9, warnings: [{ beforeMs: 5, media: 'beep' }] }, /option 'warnings\[0\].media' must be a media URI/],
    [{ limitMs: 9, warnings: [{ beforeMs: 5, media: 'sound:a', to: 'third' }] }, /must be both or first or second/],
    [{ limitMs: 9, warnings: [{ before: 5 }] }, /option 'warnings\[0\].before' does not exist; allowed are beforeMs/],
    [{ bridge: {} }, /^connect: option 'bridge' must be a bridge of the client, not an object/],
    [{ limit: 1 }, /option 'limit' does not exist; allowed are channels, bridge, hangup, limitMs, warnings, signal/],
  ])('refuses %o before anything is sent', async (options, message) => {
    await using board = await Switchboard.open();
    const other = board.client.channels.handle();
    const refusal = connect(board.client, { channels: [board.channel, other], ...options } as never);
    await expect(refusal).rejects.toThrow(AriValidationError);
    await expect(refusal).rejects.toThrow(message);
    expect(board.requests).toEqual([]);
    expect([board.client.listeners, board.channel.listeners]).toEqual([0, 0]);
  });
});
