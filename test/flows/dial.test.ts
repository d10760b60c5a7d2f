import { AriValidationError, ServerError } from 'asterisk-ari';
import { dial, gather, type DialOptions } from 'asterisk-ari/flows';
import { describe, expect, it } from 'vitest';
import { Switchboard } from './support/switchboard.js';

const both = { targets: [['PJSIP/alice', 'PJSIP/bob']], app: 'flow' } as const;

describe('dial', () => {
  it('answers the caller once somebody has answered, and tells the others that it was answered elsewhere', async () => {
    await using board = await Switchboard.open();
    const { alice, bob, caller, channel } = board;
    const dialing = dial(board.client, { ...both, caller: channel });
    await Promise.all([alice.rings(), bob.rings()]);
    expect(caller.signals).toEqual(['ringing']);
    expect(caller.state).toBe('calling');
    bob.answer();
    const result = await dialing;
    expect(result).toMatchObject({
      reason: 'answered',
      channel: { id: bob.channelId },
      targets: [
        { endpoint: 'PJSIP/alice', channelId: alice.channelId, status: 'CANCEL', cause: 26 },
        { endpoint: 'PJSIP/bob', channelId: bob.channelId, status: 'ANSWER' },
      ],
    });
    await alice.ended();
    expect(alice.hangupCause).toBe(26);
    expect(caller.state).toBe('talking');
    expect(board.requests.slice(0, 3)).toEqual(['POST channels/ID/ring', 'POST channels/ID', 'POST channels/ID']);
    expect(board.requests.slice(3, 5).toSorted()).toEqual(['DELETE channels/ID', 'POST channels/ID/answer']);
    expect(board.requests.slice(5)).toEqual(['DELETE channels/ID/ring']);
    await board.expectNothingLeft(channel, result.channel!);
  });

  it('dials one after the other', async () => {
    await using board = await Switchboard.open();
    const { alice, bob } = board;
    alice.manner = 'busy';
    const dialing = dial(board.client, { targets: ['PJSIP/alice', 'PJSIP/bob', 'PJSIP/carol'], app: 'flow' });
    await bob.rings();
    expect(alice.state).toBe('idle');
    bob.answer();
    expect((await dialing).targets).toMatchObject([
      { status: 'BUSY' },
      { status: 'ANSWER' },
      { endpoint: 'PJSIP/carol', channelId: undefined, status: 'NOTDIALED' },
    ]);
  });

  it('ends when a target has rung for its time, by the clock of Asterisk', async () => {
    await using board = await Switchboard.open();
    const targets = [{ endpoint: 'PJSIP/alice', ringSeconds: 5 }, 'PJSIP/bob'];
    const dialing = dial(board.client, { targets, app: 'flow', ringSeconds: 10 });
    await board.alice.rings();
    board.asterisk.advance(5_000);
    await board.bob.rings();
    board.asterisk.advance(10_000);
    expect(await dialing).toMatchObject({
      reason: 'unanswered',
      channel: undefined,
      targets: [
        { status: 'NOANSWER', cause: 19 },
        { status: 'NOANSWER', cause: 19 },
      ],
    });
    await board.expectNothingLeft(board.channel);
  });

  it('ends when all of it takes too long', async () => {
    await using board = await Switchboard.open();
    const dialing = dial(board.client, { ...both, caller: board.channel, timeoutMs: 30 });
    expect(await dialing).toMatchObject({
      reason: 'timeout',
      targets: [
        { status: 'CANCEL', cause: 19 },
        { status: 'CANCEL', cause: 19 },
      ],
    });
    expect(board.caller.state).toBe('calling');
    await board.expectNothingLeft(board.channel);
  });

  it('says why nobody answered', async () => {
    await using board = await Switchboard.open();
    board.alice.manner = 'decline';
    board.bob.manner = 'busy';
    const { reason, targets } = await dial(board.client, {
      targets: ['PJSIP/nobody', 'PJSIP/alice', 'PJSIP/bob', 'Local/nowhere@default', 'Local/congestion@default'],
      app: 'flow',
    });
    expect(reason).toBe('unanswered');
    expect(targets).toMatchObject([
      { status: 'CHANUNAVAIL', error: { status: 500, serverMessage: 'Allocation failed' } },
      { status: 'NOANSWER', cause: 21 },
      { status: 'BUSY', cause: 17 },
      { status: 'CHANUNAVAIL' },
      { status: 'CONGESTION' },
    ]);
    await board.expectNothingLeft(board.channel);
  });

  it('tells the targets who calls, and gives their channels variables', async () => {
    await using board = await Switchboard.open();
    const targets = [['PJSIP/alice', { endpoint: 'PJSIP/bob', callerId: '"Sales" <4>', variables: { COLOR: 'red' } }]];
    const dialing = dial(board.client, { targets, app: 'flow', caller: board.channel });
    await Promise.all([board.alice.rings(), board.bob.rings()]);
    const [toAlice, toBob] = [board.alice, board.bob].map(({ channelId }) => board.client.channels.handle(channelId));
    expect((await toAlice!.get()).connected).toEqual({ name: 'Jane', number: '100' });
    expect((await toBob!.get()).connected).toEqual({ name: 'Sales', number: '4' });
    expect(await toBob!.getChannelVar({ variable: 'COLOR' })).toEqual({ value: 'red' });
    board.caller.hangup();
    await dialing;
  });

  it('ends when the caller hangs up while it rings', async () => {
    await using board = await Switchboard.open();
    const dialing = dial(board.client, { ...both, caller: board.channel });
    await Promise.all([board.alice.rings(), board.bob.rings()]);
    board.caller.hangup();
    expect(await dialing).toMatchObject({ reason: 'hangup', channel: undefined });
    expect(board.requests).not.toContain('POST channels/answer');
    await board.expectNothingLeft();
  });

  it('has one winner when two answer at once', async () => {
    await using board = await Switchboard.open();
    const { alice, bob, channel } = board;
    const dialing = dial(board.client, { ...both, caller: channel });
    await Promise.all([alice.rings(), bob.rings()]);
    alice.answer();
    bob.answer();
    const { targets, channel: winner } = await dialing;
    expect(winner?.id).toBe(alice.channelId);
    expect(targets).toMatchObject([{ status: 'ANSWER' }, { status: 'CANCEL', cause: 26 }]);
    await board.expectNothingLeft(channel, winner!);
  });

  it('hangs up who answers as the caller hangs up', async () => {
    await using board = await Switchboard.open();
    const { alice, bob, caller } = board;
    const dialing = dial(board.client, { ...both, caller: board.channel });
    await Promise.all([alice.rings(), bob.rings()]);
    alice.answer();
    caller.hangup();
    expect(await dialing).toMatchObject({ reason: 'hangup', channel: undefined });
    await board.expectNothingLeft();
  });

  it('goes on without who hangs up as he answers', async () => {
    await using board = await Switchboard.open();
    const { alice, bob } = board;
    const dialing = dial(board.client, { ...both, confirm: async () => new Promise<boolean>(() => undefined) });
    await Promise.all([alice.rings(), bob.rings()]);
    alice.answer();
    alice.hangup();
    bob.manner = 'ring';
    await alice.ended();
    bob.decline();
    expect(await dialing).toMatchObject({
      reason: 'unanswered',
      targets: [{ status: 'NOTACCEPTED' }, { status: 'NOANSWER', cause: 21 }],
    });
    await board.expectNothingLeft(board.channel);
  });

  it('plays music of a class to the caller', async () => {
    await using board = await Switchboard.open();
    await board.channel.answer();
    const dialing = dial(board.client, { ...both, caller: board.channel, ringback: { moh: 'jazz' } });
    await board.alice.rings();
    await board.caller.hears('moh:jazz');
    board.alice.answer();
    await dialing;
    await expect.poll(() => board.caller.playing).toEqual([]);
  });
});

describe("dial with media of one's own", () => {
  const options = { ...both, ringback: { media: 'sound:short' } } as const;

  it('plays them again and again until somebody has answered', async () => {
    await using board = await Switchboard.open();
    const dialing = dial(board.client, { ...options, caller: board.channel });
    await board.alice.rings();
    await expect.poll(() => board.asterisk.journal.eventsOf('PlaybackFinished').length).toBeGreaterThan(2);
    expect(board.caller.state).toBe('calling');
    board.alice.answer();
    const result = await dialing;
    expect(result).toMatchObject({ reason: 'answered' });
    expect(result).not.toHaveProperty('failedMedia');
    const played = (): string[] => board.requests.filter((request) => request.endsWith('/play'));
    const before = played();
    await board.expectNothingLeft(board.channel, result.channel!);
    expect(played()).toEqual(before);
    expect(board.requests.filter((request) => request.endsWith('/ring'))).toEqual([]);
  });

  it.each(['hangup', 'aborted', 'timeout', 'unanswered', 'answered'] as const)('ends them upon %s', async (reason) => {
    await using board = await Switchboard.open();
    board.asterisk.clock.autoAdvance = false;
    const controller = new AbortController();
    const dialing = dial(board.client, {
      ...options,
      targets: 'PJSIP/alice',
      ringback: { media: ['sound:long', 'sound:short'] },
      caller: board.channel,
      signal: controller.signal,
      ...(reason === 'timeout' && { timeoutMs: 200 }),
    });
    await board.alice.rings();
    await board.caller.hears('sound:long');
    const ends = {
      hangup: () => board.caller.hangup(),
      aborted: () => controller.abort(),
      timeout: () => undefined,
      unanswered: () => board.alice.decline(),
      answered: () => board.alice.answer(),
    };
    ends[reason]();
    const result = await dialing;
    expect(result.reason).toBe(reason);
    await board.expectNothingLeft(
      ...(reason === 'hangup' ? [] : [board.channel]),
      ...(result.channel === undefined ? [] : [result.channel]),
    );
  });

  it('has the caller hear ringing where they cannot be played, and says so', async () => {
    await using board = await Switchboard.open();
    const media = 'sound:nowhere';
    const dialing = dial(board.client, { ...options, caller: board.channel, ringback: { media } });
    await expect.poll(() => board.caller.signals).toEqual(['progress', 'ringing']);
    board.alice.answer();
    const result = await dialing;
    expect(result).toMatchObject({ reason: 'answered', failedMedia: media });
    expect(board.requests.filter((request) => /play|ring/.test(request))).toEqual([
      'POST channels/ID/play',
      'POST channels/ID/ring',
      'DELETE channels/ID/ring',
    ]);
    await board.expectNothingLeft(board.channel, result.channel!);
  });

  it('leaves no ringing where the answer to that is lost', async () => {
    await using board = await Switchboard.open();
    board.asterisk.faults.next({ method: 'POST', path: '/channels/*/ring' }).dropAnswer();
    const ringback = { media: 'sound:nowhere' };
    const dialing = dial(board.client, { ...options, caller: board.channel, ringback });
    await expect(dialing).rejects.toMatchObject({ name: 'AriConnectionError' });
    expect(board.requests.at(-1)).toBe('DELETE channels/ID/ring');
    await board.expectNothingLeft(board.channel);
  });

  it('fails with what the request to play them fails with, and leaves nothing', async () => {
    await using board = await Switchboard.open();
    board.asterisk.faults.next({ path: '/channels/*/play' }).fail(500);
    const dialing = dial(board.client, { ...options, caller: board.channel });
    await expect(dialing).rejects.toMatchObject({ name: 'ServerError' });
    await board.expectNothingLeft(board.channel);
  });

  it('plays nothing where there is no caller', async () => {
    await using board = await Switchboard.open();
    board.alice.manner = 'answer';
    expect(await dial(board.client, options)).toMatchObject({ reason: 'answered' });
    expect(board.requests.filter((request) => request.endsWith('/play'))).toEqual([]);
  });
});

describe('the confirmation of dial', () => {
  /** Accepted with 1. */
  const confirm: DialOptions<Parameters<typeof gather>[0]>['confirm'] = async ({ channel, signal }) =>
    (await gather(channel, { prompt: 'sound:long', length: 1, signal })).digits === '1';

  it('has the others ring on, and whoever accepts first gets the call', async () => {
    await using board = await Switchboard.open();
    const { alice, bob, caller, channel } = board;
    const dialing = dial(board.client, { ...both, caller: channel, confirm });
    await Promise.all([alice.rings(), bob.rings()]);
    board.asterisk.clock.autoAdvance = false;
    alice.answer();
    await alice.hears('sound:long');
    expect(bob.state).toBe('ringing');
    bob.answer();
    await bob.hears('sound:long');
    expect(caller.state).toBe('calling');
    bob.press('1');
    const result = await dialing;
    expect(result.channel?.id).toBe(bob.channelId);
    expect(result.targets).toMatchObject([{ status: 'CANCEL', cause: 26 }, { status: 'ANSWER' }]);
    await board.expectNothingLeft(channel, result.channel!);
  });

  it('leaves the call to the others where somebody does not accept', async () => {
    await using board = await Switchboard.open();
    const { alice, bob } = board;
    const dialing = dial(board.client, { ...both, confirm });
    await Promise.all([alice.rings(), bob.rings()]);
    board.asterisk.clock.autoAdvance = false;
    alice.answer();
    await alice.hears('sound:long');
    alice.press('2');
    await alice.ended();
    expect(bob.state).toBe('ringing');
    bob.answer();
    await bob.hears('sound:long');
    bob.press('1');
    expect((await dialing).targets).toMatchObject([{ status: 'NOTACCEPTED' }, { status: 'ANSWER' }]);
  });

  it.each(['websocket', 'http'] as const)(
    'leaves alone whom it has moved out of the application (%s)',
    async (transport) => {
      await using board = await Switchboard.open({ transport });
      const { alice } = board;
      const dialing = dial(board.client, {
        targets: alice.endpoint,
        app: 'flow',
        confirm: async ({ channel }) => {
          await channel.continueInDialplan({ context: 'default', extension: 'wait', priority: 1 });
          return false;
        },
      });
      await alice.rings();
      alice.answer();
      expect(await dialing).toMatchObject({ reason: 'unanswered', targets: [{ status: 'NOTACCEPTED' }] });
      expect(alice.state).toBe('talking');
    },
  );

  it('is called off when the caller hangs up', async () => {
    await using board = await Switchboard.open();
    const { alice, caller } = board;
    let reason = '';
    const dialing = dial(board.client, {
      ...both,
      caller: board.channel,
      confirm: async ({ channel, signal }) => {
        ({ reason } = await gather(channel, { prompt: 'sound:long', signal }));
        return true;
      },
    });
    await alice.rings();
    board.asterisk.clock.autoAdvance = false;
    alice.answer();
    await alice.hears('sound:long');
    caller.hangup();
    expect((await dialing).reason).toBe('hangup');
    await expect.poll(() => reason).toBe('aborted');
    await board.expectNothingLeft();
  });

  it('fails the whole with its error, and nothing is left', async () => {
    await using board = await Switchboard.open();
    const dialing = dial(board.client, {
      ...both,
      caller: board.channel,
      confirm: () => {
        throw new TypeError('not today');
      },
    });
    await board.alice.rings();
    board.alice.answer();
    await expect(dialing).rejects.toThrow('not today');
    await board.expectNothingLeft(board.channel);
  });
});

describe('a callee who has not accepted and cannot be hung up', () => {
  it('makes dial fail, which waits for nobody any more', async () => {
    await using board = await Switchboard.open();
    const { alice } = board;
    board.asterisk.faults.next({ method: 'DELETE', path: '/channels/*' }).times(4).fail(500);
    const dialing = dial(board.client, { targets: 'PJSIP/alice', app: 'flow', confirm: async () => false });
    await alice.rings();
    alice.answer();
    await expect(dialing).rejects.toThrow(ServerError);
  });

  it('does not take the call from who accepts it, and is told with the result', async () => {
    await using board = await Switchboard.open();
    const { alice, bob } = board;
    board.asterisk.faults.next({ method: 'DELETE', path: '/channels/*' }).times(4).fail(500);
    const isBob = ({ endpoint }: { endpoint: string }) => endpoint === 'PJSIP/bob';
    const dialing = dial(board.client, { ...both, confirm: async (asked) => isBob(asked) });
    await Promise.all([alice.rings(), bob.rings()]);
    alice.answer();
    await expect.poll(() => board.requests.at(-1)).toMatch(/^DELETE/);
    bob.answer();
    const { reason, channel, targets } = await dialing;
    expect([reason, channel?.id]).toEqual(['answered', bob.channelId]);
    expect(targets).toMatchObject([
      { status: 'NOTACCEPTED', channelId: alice.channelId, hangupError: { name: 'ServerError' } },
      { status: 'ANSWER' },
    ]);
    await board.expectNothingLeft(board.channel, channel!, { id: alice.channelId });
  });
});

describe('somebody who rings on and cannot be hung up', () => {
  it('does not take the call from who has answered, and is told with the result', async () => {
    await using board = await Switchboard.open();
    const { alice, bob, caller, channel } = board;
    const dialing = dial(board.client, { ...both, caller: channel });
    await Promise.all([alice.rings(), bob.rings()]);
    board.asterisk.faults.next({ method: 'DELETE', path: '/channels/*' }).times(4).fail(500);
    bob.answer();
    await expect.poll(() => caller.state).toBe('talking');
    const { reason, targets } = await dialing;
    expect(reason).toBe('answered');
    expect(targets).toMatchObject([{ status: 'CANCEL', hangupError: { name: 'ServerError' } }, { status: 'ANSWER' }]);
    expect(targets[1]).not.toHaveProperty('hangupError');
    expect(alice.state).toBe('ringing');
  });
});

describe('dial with early media', () => {
  const options = { targets: 'PJSIP/alice', app: 'flow', ringback: 'earlyMedia' } as const;

  it('bridges the caller before it rings, and hands the bridge over', async () => {
    await using board = await Switchboard.open();
    const { alice, caller, channel } = board;
    const dialing = dial(board.client, { ...options, caller: channel });
    await alice.rings();
    const [bridge] = await board.client.bridges.list();
    expect(bridge?.channels.toSorted()).toEqual([channel.id, alice.channelId].toSorted());
    expect(caller.state).toBe('calling');
    expect(caller.signals).toEqual(['ringing']);
    expect((await board.client.channels.get({ channelId: alice.channelId })).connected.number).toBe('100');
    alice.answer();
    const result = await dialing;
    expect(result).toMatchObject({ reason: 'answered', bridge: { id: bridge?.id } });
    expect(caller.state).toBe('talking');
    await result.bridge?.destroy();
    await board.expectNothingLeft(channel, result.channel!);
    // The client repeats what comes before the channel is in the application.
    const requests = board.requests.filter((request, index, all) => request !== all[index - 1]);
    expect(requests).toEqual([
      'POST bridges/ID',
      'POST bridges/ID/addChannel',
      'POST channels/create',
      'POST bridges/ID/addChannel',
      'POST channels/ID/dial',
      'GET bridges',
      'GET channels/ID',
      'POST channels/ID/answer',
      'DELETE channels/ID/ring',
      'DELETE bridges/ID',
      'GET bridges',
    ]);
  });

  it.each(['/channels/*/dial', '/bridges/*/addChannel'])('leaves no channel that %s refuses', async (path) => {
    await using board = await Switchboard.open();
    const made = board.asterisk.journal.waitForRequest({ path: '/channels/create' });
    const dialing = dial(board.client, { ...options, caller: board.channel });
    await made;
    board.asterisk.faults.next({ method: 'POST', path }).fail(409);
    expect(await dialing).toMatchObject({ reason: 'unanswered' });
    await board.expectNothingLeft(board.channel);
  });

  it('leaves no channel where it was made and cannot be dialled', async () => {
    await using board = await Switchboard.open();
    board.asterisk.faults.next({ method: 'POST', path: '/channels/*/dial' }).fail(500);
    const result = await dial(board.client, { ...options, caller: board.channel });
    expect(result).toMatchObject({ reason: 'unanswered', targets: [{ status: 'CHANUNAVAIL' }] });
    await board.expectNothingLeft(board.channel);
  });

  it('tells who calls as it was asked to, not who is in the bridge', async () => {
    await using board = await Switchboard.open();
    const target = { endpoint: 'PJSIP/alice', callerId: '"Jane" <777>' };
    const dialing = dial(board.client, { ...options, targets: [target], caller: board.channel });
    await board.alice.rings();
    const added = board.asterisk.journal.requestsTo({ method: 'POST', path: '/bridges/*/addChannel' });
    expect(added.at(-1)?.body).toMatchObject({ inhibitConnectedLineUpdates: true });
    board.caller.hangup();
    await dialing;
  });

  it.each([
    ['busy', 'BUSY', 17],
    ['decline', 'NOANSWER', 21],
  ] as const)('leaves nothing of a phone that says %s', async (manner, status, cause) => {
    await using board = await Switchboard.open();
    board.alice.manner = manner;
    const result = await dial(board.client, { ...options, caller: board.channel });
    expect(result).toMatchObject({ reason: 'unanswered', bridge: undefined, targets: [{ status, cause }] });
    await board.expectNothingLeft(board.channel);
  });

  it.each([true, false])(
    'hangs up a Local channel that is busy, with a caller who is answered: %s',
    async (isAnswered) => {
      await using board = await Switchboard.open();
      await (isAnswered ? board.channel.answer() : undefined);
      const result = await dial(board.client, { ...options, targets: 'Local/busy@default', caller: board.channel });
      // Asterisk passes it on, which ends a caller who is not answered: his phone says that it is busy.
      expect(result).toMatchObject({
        reason: isAnswered ? 'unanswered' : 'hangup',
        targets: [{ status: 'BUSY', cause: 17 }],
      });
      expect(board.caller.hangupCause).toBe(isAnswered ? undefined : 17);
      await board.expectNothingLeft(...(isAnswered ? [board.channel] : []));
    },
  );

  it('refuses an answer that is neither true nor false', async () => {
    await using board = await Switchboard.open();
    const dialing = dial(board.client, { ...both, caller: board.channel, confirm: (() => 'yes') as never });
    await board.alice.rings();
    board.alice.answer();
    await expect(dialing).rejects.toThrow(/^dial: confirm must return true or false, not .*yes/);
    await board.expectNothingLeft(board.channel);
  });

  it('lets nobody hear the confirmation but who is asked', async () => {
    await using board = await Switchboard.open();
    const { alice, channel } = board;
    let members: readonly string[] = [];
    const dialing = dial(board.client, {
      ...options,
      caller: channel,
      confirm: async () => {
        members = (await board.client.bridges.list())[0]?.channels ?? [];
        return true;
      },
    });
    await alice.rings();
    alice.answer();
    const { bridge, channel: winner } = await dialing;
    expect(members).toEqual([channel.id]);
    expect((await bridge!.get()).channels).toHaveLength(2);
    await bridge!.destroy();
    await board.expectNothingLeft(channel, winner!);
  });
});

describe('dial, whatever happens', () => {
  it('sees what was answered while the event connection was lost', async () => {
    await using board = await Switchboard.open();
    const { alice, bob, channel } = board;
    const dialing = dial(board.client, { ...both, caller: channel });
    await Promise.all([alice.rings(), bob.rings()]);
    board.asterisk.faults.dropSocket();
    bob.answer();
    const result = await dialing;
    expect(result).toMatchObject({ reason: 'answered', channel: { id: bob.channelId } });
    await board.expectNothingLeft(channel, result.channel!);
  });

  it('waits for the answer of what it has asked for, so that it can be undone', async () => {
    await using board = await Switchboard.open({ transport: 'http' });
    const controller = new AbortController();
    board.asterisk.faults.next({ method: 'POST', path: '/channels/*' }).delay(60);
    const dialing = dial(board.client, { targets: 'PJSIP/alice', app: 'flow', signal: controller.signal });
    await expect.poll(() => board.requests).toContain('POST channels/ID');
    controller.abort();
    expect(await dialing).toMatchObject({ reason: 'aborted', targets: [{ status: 'CANCEL' }] });
    await board.alice.ended();
    await board.expectNothingLeft(board.channel);
  });

  it('does not wait for ever where nothing is heard of a target', async () => {
    await using board = await Switchboard.open();
    await board.client.applications.filter({
      applicationName: 'flow',
      filter: { allowed: [{ type: 'TextMessageReceived' }] },
    });
    const dialing = dial(board.client, { targets: 'PJSIP/alice', app: 'flow', ringSeconds: 1 });
    await board.alice.rings();
    board.asterisk.advance(1_000);
    expect(await dialing).toMatchObject({ reason: 'unanswered' });
    await board.expectNothingLeft(board.channel);
  });

  it('refuses an application in which nothing is heard of a target', async () => {
    await using board = await Switchboard.open();
    const dialing = dial(board.client, { targets: 'PJSIP/alice', app: 'another' });
    await expect(dialing).rejects.toThrow(
      "dial: option 'app' is of no use here: the client is not started for 'another'",
    );
    expect(board.requests).toEqual([]);
  });

  it.each([
    ['drop', 'AriConnectionError'],
    ['hang', 'AriTimeoutError'],
  ] as const)('goes on to the next one where one is not asked for (%s)', async (how, name) => {
    await using board = await Switchboard.open({ transport: 'http', timeoutMs: 200 });
    board.asterisk.faults.next({ method: 'POST', path: '/channels/*' })[how]();
    const dialing = dial(board.client, { targets: ['PJSIP/alice', 'PJSIP/bob'], app: 'flow' });
    await board.bob.rings();
    board.bob.answer();
    const { reason, channel, targets } = await dialing;
    expect(reason).toBe('answered');
    expect(targets).toMatchObject([{ status: 'CHANUNAVAIL', error: { name } }, { status: 'ANSWER' }]);
    await board.expectNothingLeft(board.channel, channel!);
  });

  it('fails when the client is closed', async () => {
    await using board = await Switchboard.open();
    const dialing = dial(board.client, { ...both, caller: board.channel });
    await board.alice.rings();
    await Promise.all([expect(dialing).rejects.toMatchObject({ name: 'AriAbortError' }), board.client.close()]);
  });

  it.each([
    [{ app: 'flow' }, /option 'targets' is missing; must be an endpoint such as 'PJSIP\/alice'/],
    [{ targets: [], app: 'flow' }, /option 'targets' must not be empty/],
    [{ targets: [[]], app: 'flow' }, /option 'targets\[0\]' must not be empty/],
    [{ targets: ['PJSIP/a', ['alice']], app: 'flow' }, /option 'targets\[1\]\[0\]' must be an endpoint .* not "alice"/],
    [
      { targets: [{ endpoint: 'PJSIP/a', ring: 1 }], app: 'flow' },
      /option 'targets\[0\].ring' does not exist; allowed/,
    ],
    [
      { targets: [{ endpoint: 'PJSIP/a', ringSeconds: 0 }], app: 'flow' },
      /option 'targets\[0\].ringSeconds' must be a whole number, at least 1, not 0/,
    ],
    [
      { targets: [{ endpoint: 'PJSIP/a', variables: { A: 1 } }], app: 'flow' },
      /option 'targets\[0\].variables' must be texts by the names of variables, not 1/,
    ],
    [{ targets: 'PJSIP/a' }, /option 'app' is missing; must be a text/],
    [{ targets: 'PJSIP/a', app: 'a,b' }, /option 'app' must not be empty or hold commas/],
    [{ targets: 'PJSIP/a', app: 'a'.repeat(74) }, /option 'app' must have 73 bytes at most/],
    [{ targets: 'PJSIP/a', app: 'flow', ringSeconds: 1e12 }, /option 'ringSeconds' must be at most 2147483/],
    [null, /dial: options must be an object with targets, app/],
    [undefined, /dial: options must be an object with targets, app/],
    [
      { targets: { endpoint: 'PJSIP/a', variables: { A: 'a\0b' } }, app: 'flow' },
      /'targets.variables.A' must not hold a NUL/,
    ],
    [
      { targets: { endpoint: 'PJSIP/a', variables: new String('ab') }, app: 'flow' },
      /must be texts by .*, not a String/,
    ],
    [{ targets: 'PJSIP/a', app: 'flow', ringback: { moh: 'a\0b' } }, /'ringback.moh' must be a text without control/],
    [{ targets: 'PJSIP/a', app: 'flow', ringback: 'music' }, /must be ring or earlyMedia or none or { moh: CLASS }/],
    [{ targets: 'PJSIP/a', app: 'flow', ringback: {} }, /must be .* or { media: MEDIA }, not an object/],
    [{ targets: 'PJSIP/a', app: 'flow', ringback: { moh: 'a', media: 'sound:a' } }, /must be ring or/],
    [{ targets: 'PJSIP/a', app: 'flow', ringback: { media: 'a' } }, /option 'ringback.media' must be a media URI/],
    [{ targets: 'PJSIP/a', app: 'flow', ringback: 'earlyMedia' }, /can be earlyMedia only with 'caller'/],
    [{ targets: 'PJSIP/a', app: 'flow', confirm: true }, /option 'confirm' must be a function, not true/],
    [
      { targets: 'PJSIP/a', app: 'flow', caller: {} },
      /^dial: option 'caller' must be a channel of the client, not an object/,
    ],
    [{ targets: 'PJSIP/a', app: 'flow', timeout: 1 }, /option 'timeout' does not exist; allowed are targets, app/],
  ])('refuses %o before anything is sent', async (options, message) => {
    await using board = await Switchboard.open();
    const refusal = dial(board.client, options as never);
    await expect(refusal).rejects.toThrow(AriValidationError);
    await expect(refusal).rejects.toThrow(message);
    expect(board.requests).toEqual([]);
    expect([board.client.listeners, board.channel.listeners]).toEqual([0, 0]);
  });
});
