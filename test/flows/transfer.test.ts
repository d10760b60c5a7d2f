import { AriValidationError, ServerError, type Bridge, type Channel } from 'asterisk-ari';
import {
  attendedTransfer,
  blindTransfer,
  connect,
  hold,
  onTransferRequested,
  type TransferRequest,
} from 'asterisk-ari/flows';
import { describe, expect, it } from 'vitest';
import { Deferred } from '../../src/support/deferred.js';
import { Switchboard } from './support/switchboard.js';

const to = { targets: 'PJSIP/bob', app: 'flow' } as const;

/** The caller, answered, and alice, who is to transfer him to bob. */
async function inCall() {
  const board = await Switchboard.open();
  await board.channel.answer();
  const agent = await board.inCall(board.alice);
  return { board, agent, call: { transferee: board.channel, transferrer: agent } };
}

describe('blindTransfer', () => {
  it('hangs the transferrer up, dials, and hands the target over', async () => {
    const { board, call } = await inCall();
    await using _ = board;
    const transfer = blindTransfer(board.client, { ...call, ...to });
    await board.bob.rings();
    await board.alice.ended();
    expect(board.caller.signals.at(-1)).toBe('ringing');
    board.bob.answer();
    const { reason, channel } = await transfer;
    expect(reason).toBe('answered');
    await board.expectNothingLeft(board.channel, channel!);
    expect(board.requests.slice(0, 6)).toEqual([
      'GET bridges',
      'DELETE channels/ID',
      'POST channels/ID/ring',
      'POST channels/ID',
      'POST channels/ID/answer',
      'DELETE channels/ID/ring',
    ]);
  });

  it.each(['told', 'found'])('takes both out of a conversation that goes on, whose bridge is %s', async (how) => {
    const { board, agent, call } = await inCall();
    await using _ = board;
    const bridged = board.client.bridges.waitFor('ChannelEnteredBridge', {
      where: ({ bridge }) => bridge.channels.length === 2,
    });
    const talking = connect(board.client, { channels: [board.channel, agent] });
    const { bridge } = await bridged;
    const transfer = blindTransfer(board.client, { ...call, ...to, ...(how === 'told' && { bridge }) });
    expect(await talking).toMatchObject({ reason: 'left', by: 'first' });
    await board.bob.rings();
    board.bob.answer();
    const { channel } = await transfer;
    await board.expectNothingLeft(board.channel, channel!);
  });

  it.each([
    ['onAnswer', 'answered', false],
    ['onAnswer', 'unanswered', true],
    ['never', 'answered', true],
    ['atOnce', 'unanswered', false],
  ] as const)('with release %s, once it is %s, keeps the transferrer: %s', async (release, reason, isKept) => {
    const { board, agent, call } = await inCall();
    await using _ = board;
    const transfer = blindTransfer(board.client, { ...call, ...to, release });
    await board.bob.rings();
    expect(board.alice.state).toBe(release === 'atOnce' ? 'idle' : 'talking');
    if (reason === 'answered') {
      board.bob.answer();
    } else {
      board.bob.decline();
    }
    const result = await transfer;
    expect(result.reason).toBe(reason);
    const left = [...(isKept ? [agent] : []), ...(result.channel ? [result.channel] : [])];
    await board.expectNothingLeft(board.channel, ...left);
  });

  it('ends when the transferee hangs up', async () => {
    const { board, call } = await inCall();
    await using _ = board;
    const transfer = blindTransfer(board.client, { ...call, ...to });
    await board.bob.rings();
    board.caller.hangup();
    expect(await transfer).toMatchObject({ reason: 'hangup' });
    await board.expectNothingLeft();
  });
});

describe('a transfer of who is on hold', () => {
  it.each([
    ['blind', blindTransfer],
    ['attended', attendedTransfer],
  ] as const)('takes them off it (%s)', async (_name, transfer) => {
    const { board, call } = await inCall();
    await using _ = board;
    await hold(call.transferee, { musicClass: 'jazz' });
    const result = transfer(board.client, { ...call, ...to });
    await board.bob.rings();
    board.bob.answer();
    if (transfer === attendedTransfer) {
      await expect.poll(async () => (await board.client.bridges.list())[0]?.channels.length).toBe(2);
      board.alice.hangup();
    }
    const { channel } = await result;
    expect(board.caller.playing).toEqual([]);
    expect(board.requests.filter((request) => request.endsWith('/mute'))).toEqual([
      'POST channels/ID/mute',
      'DELETE channels/ID/mute',
    ]);
    await board.expectNothingLeft(board.channel, channel!);
  });
});

describe('a transfer whose transferrer cannot be hung up', () => {
  /** For as long as anybody tries. */
  function holdFast(board: Switchboard, agent: Channel): void {
    board.asterisk.faults
      .next({ method: 'DELETE', path: `/channels/${agent.id}` })
      .times(4)
      .fail(500);
  }

  it.each(['onAnswer', 'atOnce'] as const)('goes on all the same, and says so (%s)', async (release) => {
    const { board, agent, call } = await inCall();
    await using _ = board;
    holdFast(board, agent);
    const transfer = blindTransfer(board.client, { ...call, ...to, release });
    await board.bob.rings();
    board.bob.answer();
    const { reason, channel, hangupError } = await transfer;
    expect([reason, board.bob.state]).toEqual(['answered', 'talking']);
    expect(hangupError).toMatchObject({ operation: 'channels.hangup', path: `/channels/${agent.id}`, status: 500 });
    await board.expectNothingLeft(board.channel, agent, channel!);
  });

  it('goes on after a consultation, too', async () => {
    const { board, agent, call } = await inCall();
    await using _ = board;
    holdFast(board, agent);
    const transfer = attendedTransfer(board.client, { ...call, ...to, decide: () => true });
    await board.bob.rings();
    board.bob.answer();
    const { outcome, channel, hangupError } = await transfer;
    expect([outcome, board.bob.state]).toEqual(['transferred', 'talking']);
    expect(hangupError).toBeInstanceOf(ServerError);
    await board.expectNothingLeft(board.channel, agent, channel!);
  });

  it('fails once the client is closed', async () => {
    const { board, agent, call } = await inCall();
    await using _ = board;
    holdFast(board, agent);
    const transfer = blindTransfer(board.client, { ...call, ...to });
    const failed = expect(transfer).rejects.toThrow('the client was closed during blindTransfer');
    await board.asterisk.journal.waitForRequest({ method: 'DELETE', path: '/channels/*' });
    await board.client.close();
    await failed;
  });
});

describe('attendedTransfer', () => {
  /** Alice talks to bob, the caller hears music. */
  async function consulting(options: Partial<Parameters<typeof attendedTransfer>[1]> = {}) {
    const { board, agent, call } = await inCall();
    const transfer = attendedTransfer(board.client, { ...call, ...to, musicClass: 'jazz', ...options });
    await board.bob.rings();
    expect(board.caller.playing).toEqual(['moh:jazz']);
    const bridged = board.client.bridges.waitFor('ChannelEnteredBridge', {
      where: ({ bridge }) => bridge.channels.length === 2,
    });
    board.bob.answer();
    const { bridge } = await bridged;
    expect(bridge.channels.toSorted()).toEqual([board.alice.channelId, board.bob.channelId].toSorted());
    return { board, agent, transfer };
  }

  it('transfers when the transferrer hangs up after the consultation', async () => {
    const { board, transfer } = await consulting();
    await using _ = board;
    board.alice.hangup();
    const { outcome, channel } = await transfer;
    expect([outcome, channel?.id]).toEqual(['transferred', board.bob.channelId]);
    expect(board.caller.playing).toEqual([]);
    await board.expectNothingLeft(board.channel, channel!);
  });

  it('is abandoned when the transferrer hangs up while it rings, and only the transferee is left', async () => {
    const { board, call } = await inCall();
    await using _ = board;
    const transfer = attendedTransfer(board.client, { ...call, ...to });
    await board.bob.rings();
    board.alice.hangup();
    const { outcome, channel, dialed } = await transfer;
    expect([outcome, channel, dialed?.reason]).toEqual(['abandoned', undefined, 'hangup']);
    expect([board.caller.state, board.caller.playing]).toEqual(['talking', []]);
    await board.expectNothingLeft(board.channel);
  });

  it('is abandoned when the transferrer has hung up before', async () => {
    const { board, agent, call } = await inCall();
    await using _ = board;
    const heard = agent.waitFor('StasisEnd');
    board.alice.hangup();
    await heard;
    expect(await attendedTransfer(board.client, { ...call, ...to })).toMatchObject({ outcome: 'abandoned' });
    await board.expectNothingLeft(board.channel);
  });

  it('returns when the target hangs up', async () => {
    const { board, agent, transfer } = await consulting();
    await using _ = board;
    board.bob.hangup();
    expect(await transfer).toMatchObject({ outcome: 'returned', channel: undefined });
    expect(board.caller.playing).toEqual([]);
    await board.expectNothingLeft(board.channel, agent);
  });

  it.each([true, false])('asks whether to transfer, and does so: %s', async (decision) => {
    let ended: AbortSignal | undefined;
    const talking = new Deferred<void>();
    const decide = async ({ signal }: { signal: AbortSignal }) => {
      ended = signal;
      await talking.promise;
      return decision;
    };
    const { board, agent, transfer } = await consulting({ decide });
    await using _ = board;
    talking.resolve();
    const { outcome, channel } = await transfer;
    expect(outcome).toBe(decision ? 'transferred' : 'returned');
    expect(ended?.aborted).toBe(true);
    await board.expectNothingLeft(board.channel, decision ? channel! : agent);
  });

  it.each(['returned', 'abandoned'] as const)('is %s where the target hangs up as it is decided', async (expected) => {
    const talking = new Deferred<void>();
    const hangups: (() => void)[] = [];
    const decide = async () => {
      await talking.promise;
      hangups.forEach((hangup) => hangup());
      return true;
    };
    const { board, agent, transfer } = await consulting({ decide });
    await using _ = board;
    hangups.push(() => board.bob.hangup());
    if (expected === 'abandoned') {
      hangups.push(() => board.alice.hangup());
    }
    talking.resolve();
    expect(await transfer).toMatchObject({ outcome: expected, channel: undefined });
    await board.expectNothingLeft(board.channel, ...(expected === 'returned' ? [agent] : []));
  });

  it('fails with the error of the question, and both are still there', async () => {
    const talking = new Deferred<void>();
    const decide = async () => {
      await talking.promise;
      throw new TypeError('no idea');
    };
    const { board, agent, transfer } = await consulting({ decide });
    await using _ = board;
    talking.resolve();
    await expect(transfer).rejects.toThrow('no idea');
    await board.expectNothingLeft(board.channel, agent);
  });

  it('ends when the transferee hangs up, and when it is aborted', async () => {
    const first = await consulting();
    {
      await using _ = first.board;
      first.board.caller.hangup();
      expect(await first.transfer).toMatchObject({ outcome: 'hangup', channel: undefined });
      await first.board.expectNothingLeft(first.agent);
    }
    const controller = new AbortController();
    const second = await consulting({ signal: controller.signal });
    await using _ = second.board;
    controller.abort();
    expect(await second.transfer).toMatchObject({ outcome: 'aborted', channel: undefined });
    await second.board.expectNothingLeft(second.board.channel, second.agent);
  });

  it.each(['busy', 'gone'])('returns where the target is %s', async (how) => {
    const { board, agent, call } = await inCall();
    await using _ = board;
    board.bob.manner = 'busy';
    const targets = how === 'busy' ? 'PJSIP/bob' : 'PJSIP/nobody';
    const { outcome, dialed } = await attendedTransfer(board.client, { ...call, targets, app: 'flow' });
    expect([outcome, dialed?.reason]).toEqual(['returned', 'unanswered']);
    expect(board.caller.playing).toEqual([]);
    await board.expectNothingLeft(board.channel, agent);
  });

  it.each([
    [{ transferrer: undefined }, /option 'transferrer' is missing; must be a channel of the client/],
    [{ targets: 'bob' }, /option 'targets' must be an endpoint such as 'PJSIP\/alice', not "bob"/],
    [{ decide: true }, /^attendedTransfer: option 'decide' must be a function, not true/],
    [{ musicClass: 1 }, /^attendedTransfer: option 'musicClass' must be a text that is not blank, not 1/],
    [{ caller: {} }, /option 'caller' does not exist; allowed are targets, app/],
    [{ bridge: {} }, /option 'bridge' must be a bridge of the client/],
  ])('refuses %o before anything is sent', async (options, message) => {
    const { board, call } = await inCall();
    await using _ = board;
    for (const flow of 'decide' in options || 'musicClass' in options
      ? [attendedTransfer]
      : [attendedTransfer, blindTransfer]) {
      const refusal = flow(board.client, { ...call, ...to, ...options } as never);
      await expect(refusal).rejects.toThrow(AriValidationError);
      await expect(refusal).rejects.toThrow(message);
    }
    expect(board.requests).toEqual([]);
  });
});

describe('onTransferRequested', () => {
  type Request = TransferRequest<Channel, Bridge>;

  /** The caller and alice in a bridge; alice's transfers are left to the application. */
  async function talking(listener: (request: Request) => unknown, options?: Parameters<typeof onTransferRequested>[2]) {
    const { board, agent } = await inCall();
    const bridge = await board.client.bridges.create({ type: 'mixing' });
    await bridge.addChannel({ channel: [board.channel.id, agent.id] });
    await agent.setChannelVar({ variable: 'PJSIP_TRANSFER_HANDLING()', value: 'ari-only' });
    const subscription = onTransferRequested(board.client, listener as never, options);
    return { board, agent, bridge, subscription };
  }

  it('says who asks, whom, and where to, and tells the phone how it gets on', async () => {
    const requests: Request[] = [];
    const { board, agent, bridge, subscription } = await talking(async (request) => {
      requests.push(request);
      expect(await request.progress()).toBe(true);
      expect(await request.accept()).toBe(true);
      expect(await request.decline()).toBe(false);
      expect(await request.progress()).toBe(false);
      expect(request.signal.aborted).toBe(true);
    });
    await using _ = board;
    board.alice.transfer('600');
    expect(await board.alice.transferEnds()).toBe('200 OK');
    const [request] = requests;
    await expect.poll(() => request?.isAnswered).toBe(true);
    expect(request).toMatchObject({ kind: 'blind', destination: '600', second: undefined });
    expect([request?.transferrer.id, request?.transferee?.id]).toEqual([agent.id, board.channel.id]);
    expect(request?.bridge).toMatchObject({ id: bridge.id });
    expect(requests).toHaveLength(1);
    subscription.close();
    await bridge.destroy();
    await board.expectNothingLeft(board.channel, agent);
  });

  it.each(['recorded', 'played to'] as const)(
    'says whom where the bridge is %s, and Asterisk does not',
    async (how) => {
      let request: Request | undefined;
      const { board, bridge } = await talking((each) => {
        request = each;
        return each.accept();
      });
      await using _ = board;
      const asked = board.client.waitFor('ChannelTransfer');
      await (how === 'recorded'
        ? bridge.record({ name: 'call', format: 'wav' })
        : bridge.play({ media: 'sound:long' }));
      board.alice.transfer('600');
      expect(await board.alice.transferEnds()).toBe('200 OK');
      expect((await asked).referred_by.connected_channel).toBeUndefined();
      expect(request?.transferee?.id).toBe(board.channel.id);
    },
  );

  it('says of nobody that he is transferred where several are in the bridge', async () => {
    let request: Request | undefined;
    const { board, bridge } = await talking((each) => {
      request = each;
      return each.accept();
    });
    await using _ = board;
    await bridge.addChannel({ channel: (await board.inCall(board.bob)).id });
    board.alice.transfer('600');
    expect(await board.alice.transferEnds()).toBe('200 OK');
    expect(request?.transferee).toBeUndefined();
    expect(request?.bridge?.channels).toHaveLength(3);
  });

  it('says to whom an attended transfer goes', async () => {
    let request: Request | undefined;
    const { board } = await talking((each) => {
      request = each;
      return each.accept();
    });
    await using _ = board;
    const [secondLine, bob] = [await board.inCall(board.asterisk.phone('alice-2')), await board.inCall(board.bob)];
    const second = await board.client.bridges.create({ type: 'mixing' });
    await second.addChannel({ channel: [secondLine.id, bob.id] });
    board.alice.transfer(board.asterisk.phone('alice-2'));
    expect(await board.alice.transferEnds()).toBe('200 OK');
    expect(request?.kind).toBe('attended');
    expect(request?.second).toMatchObject({
      channel: { id: secondLine.id },
      party: { id: bob.id },
      bridge: { id: second.id },
    });
  });

  it.each([
    ['nothing', () => undefined, '603 Decline'],
    ['that it is not wanted', (request: Request) => request.decline(), '603 Decline'],
    ['that it did not succeed', (request: Request) => request.unavailable(), '503 Service Unavailable'],
  ])('where the listener says %s, tells the phone so', async (_what, listener, notice) => {
    const { board } = await talking(listener);
    await using _ = board;
    board.alice.transfer('600');
    expect(await board.alice.transferEnds()).toBe(notice);
  });

  it('tells the phone that it is unavailable where the listener fails, and passes the error on', async () => {
    const { board } = await talking(() => Promise.reject(new TypeError('not today')));
    await using _ = board;
    const failed = board.client.waitFor('listenerError');
    board.alice.transfer('600');
    expect(await board.alice.transferEnds()).toBe('503 Service Unavailable');
    expect((await failed).error).toMatchObject({ message: 'not today' });
  });

  it.each(['late', 'closed', 'aborted'])('lets no phone wait for ever, where it is %s', async (how) => {
    const controller = new AbortController();
    const options = { signal: controller.signal, ...(how === 'late' && { answerWithinMs: 20 }) };
    let asked = (): void => undefined;
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    const { board, subscription } = await talking(() => {
      asked();
      return new Promise(() => undefined);
    }, options);
    await using _ = board;
    board.alice.transfer('600');
    await isAsked;
    if (how === 'closed') {
      subscription.close();
    } else if (how === 'aborted') {
      controller.abort();
    }
    expect(await board.alice.transferEnds()).toBe('503 Service Unavailable');
  });

  const path = '/channels/*/transfer_progress';

  it('does not take a report that failed for one that was told', async () => {
    const { board } = await talking(async (request) => {
      await expect(request.accept()).rejects.toMatchObject({ name: 'ServerError' });
      expect([request.isAnswered, request.signal.aborted]).toEqual([false, false]);
      expect(await Promise.all([request.accept(), request.decline()])).toEqual([true, false]);
      expect([request.isAnswered, request.signal.aborted]).toEqual([true, true]);
    });
    await using _ = board;
    board.asterisk.faults.next({ path }).fail(500);
    board.alice.transfer('600');
    expect(await board.alice.transferEnds()).toBe('200 OK');
  });

  it('tells the phone again where it could not be told', async () => {
    const { board } = await talking(() => undefined, { answerWithinMs: 200 });
    await using _ = board;
    // That it is declined, that it is unavailable, and that it is once more.
    for (let each = 0; each < 3; each += 1) {
      board.asterisk.faults.next({ path }).fail(500);
    }
    const failed = board.client.waitFor('listenerError');
    board.alice.transfer('600');
    expect(await board.alice.transferEnds()).toBe('503 Service Unavailable');
    expect((await failed).error).toMatchObject({ name: 'ServerError' });
  });

  it('leaves no timer when the client is closed', async () => {
    let asked = (): void => undefined;
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    const timers = (): number => process.getActiveResourcesInfo().filter((what) => what === 'Timeout').length;
    const { board } = await talking(() => {
      asked();
      return new Promise(() => undefined);
    });
    await using _ = board;
    const before = timers();
    board.alice.transfer('600');
    await isAsked;
    await expect.poll(timers).toBeGreaterThan(before);
    await board.client.close();
    await expect.poll(timers).toBeLessThanOrEqual(before);
  });

  it('says that nobody was told where the phone has hung up', async () => {
    let told: boolean | undefined;
    const { board, agent } = await talking(async (request) => {
      const gone = agent.waitFor('ChannelDestroyed');
      board.alice.hangup();
      await gone;
      told = await request.accept();
    });
    await using _ = board;
    board.alice.transfer('600');
    await expect.poll(() => told).toBe(false);
  });

  it('refuses wrong options', async () => {
    await using board = await Switchboard.open();
    expect(() => onTransferRequested(board.client, undefined as never)).toThrow(/listener must be a function/);
    const wrong = (options: object) => () => onTransferRequested(board.client, () => undefined, options);
    expect(wrong({ answerWithinMs: 0 })).toThrow(/option 'answerWithinMs' must be a whole number, at least 1, not 0/);
    expect(wrong(null as never)).toThrow(
      /onTransferRequested: options must be an object with answerWithinMs, signal, not null/,
    );
    expect(wrong({ timeout: 1 })).toThrow(/option 'timeout' does not exist; allowed are answerWithinMs, signal/);
  });
});
