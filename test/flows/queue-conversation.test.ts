import type { Bridge, BridgeHandle, Channel, ChannelHandle } from 'asterisk-ari';
import {
  attendedTransfer,
  blindTransfer,
  connect,
  onTransferRequested,
  Queue,
  type QueueConversation,
  type QueueOptions,
  type QueueResult,
  type TransferRequest,
} from 'asterisk-ari/flows';
import { describe, expect, it } from 'vitest';
import { Floor } from './support/floor.js';
import { Switchboard } from './support/switchboard.js';

/** A caller who talks to ann, whom the queue has given him; bob is somebody else. */
async function talking(options: Partial<QueueOptions<ChannelHandle>> = {}) {
  const floor = await Floor.begin(1);
  const [ann, bob] = [floor.asterisk.phone('ann'), floor.asterisk.phone('bob')];
  let agent: ChannelHandle | undefined;
  const queue = new Queue(floor.client, {
    app: 'flow',
    announce: false,
    wrapUpMs: 60_000,
    confirm: async ({ channel }) => {
      agent = channel;
      await channel.setChannelVar({ variable: 'PJSIP_TRANSFER_HANDLING()', value: 'ari-only' });
      return true;
    },
    ...options,
  });
  queue.addAgent('PJSIP/ann');
  const { channel, phone } = floor.caller();
  const stay = queue.enter(channel);
  await ann.rings();
  ann.answer();
  let bridge: Bridge | undefined;
  await expect
    .poll(async () => (bridge = (await floor.client.bridges.list()).find(({ channels }) => channels.length === 2)))
    .toBeDefined();
  const call = { transferee: channel, transferrer: agent as ChannelHandle, bridge: bridge as Bridge };
  return { floor, queue, ann, bob, phone, call, stay };
}

const to = { targets: 'PJSIP/bob', app: 'flow' } as const;

/** As the queue says it: the conversation is over, and nobody was hung up by it. */
const left = { reason: 'left', agent: 'PJSIP/ann', endedBy: 'caller' } satisfies Partial<QueueResult>;

describe('a conversation from a queue', () => {
  it.each([
    ['atOnce', 'idle', 'idle'],
    ['onAnswer', 'talking', 'idle'],
    ['never', 'talking', 'talking'],
  ] as const)('is transferred blindly with release %s', async (release, whileItRings, afterwards) => {
    const { floor, queue, ann, bob, phone, call, stay } = await talking();
    await using _ = floor;
    const transfer = blindTransfer(floor.client, { ...call, ...to, release });
    expect(await stay).toMatchObject({ ...left, talkedMs: expect.any(Number) });
    await bob.rings();
    expect([ann.state, phone.state]).toEqual([whileItRings, 'talking']);
    expect(queue.agents).toMatchObject([{ endpoint: 'PJSIP/ann', state: 'resting', calls: 1 }]);
    expect(queue.stats).toMatchObject({ waiting: 0, answered: 1, abandoned: 0 });
    bob.answer();
    const { channel, reason } = await transfer;
    expect(reason).toBe('answered');
    expect(ann.state).toBe(afterwards);
    const second = connect(floor.client, { channels: [call.transferee, channel as ChannelHandle] });
    bob.hangup();
    expect(await second).toMatchObject({ reason: 'hangup', by: 'second' });
    if (afterwards === 'talking') {
      ann.hangup();
    }
    await floor.expectNothingLeft();
  });

  it('goes back to the agent who asked by REFER where nobody answers', async () => {
    const { floor, ann, bob, phone, stay } = await talking();
    await using _ = floor;
    let again: Promise<unknown> | undefined;
    onTransferRequested(floor.client as never, async (request: TransferRequest<Channel, Bridge>) => {
      const { transferee, transferrer, bridge } = request;
      const call = { transferee: transferee as Channel, transferrer, bridge };
      const { reason } = await blindTransfer(floor.client, { ...call, ...to, release: 'never' });
      expect(reason).toBe('unanswered');
      await request.unavailable();
      again = connect(floor.client, { channels: [call.transferee, transferrer] });
    });
    ann.transfer('600');
    await bob.rings();
    expect(await stay).toMatchObject({ reason: 'left' });
    bob.decline();
    expect(await ann.transferEnds()).toBe('503 Service Unavailable');
    await expect.poll(() => again !== undefined).toBe(true);
    expect([ann.state, phone.state]).toEqual(['talking', 'talking']);
    ann.hangup();
    expect(await again).toMatchObject({ reason: 'hangup', by: 'second' });
  });

  it('is transferred after a consultation', async () => {
    const { floor, ann, bob, phone, call, stay } = await talking();
    await using _ = floor;
    const transfer = attendedTransfer(floor.client, { ...call, ...to, decide: () => true });
    expect(await stay).toMatchObject(left);
    await bob.rings();
    expect([ann.state, phone.state]).toEqual(['talking', 'talking']);
    bob.answer();
    expect(await transfer).toMatchObject({ outcome: 'transferred' });
    expect([ann.state, phone.state, bob.state]).toEqual(['idle', 'talking', 'talking']);
    bob.hangup();
    await floor.expectNothingLeft();
  });

  it('may lose its agent to somebody else, or its bridge', async () => {
    for (const how of ['agent', 'bridge'] as const) {
      const { floor, queue, ann, phone, call, stay } = await talking();
      await using _ = floor;
      await (how === 'agent' ? call.bridge.removeChannel({ channel: call.transferrer.id }) : call.bridge.destroy());
      expect(await stay).toMatchObject(how === 'agent' ? { ...left, endedBy: 'agent' } : { reason: 'left' });
      expect([ann.state, phone.state]).toEqual(['talking', 'talking']);
      expect(queue.agents[0]?.state).toBe('resting');
      ann.hangup();
      await floor.expectNothingLeft();
    }
  });

  it('is told to the application, with what it needs to record it, and with its end', async () => {
    const told: QueueConversation<ChannelHandle, BridgeHandle>[] = [];
    const onConnected = (conversation: QueueConversation<ChannelHandle, BridgeHandle>) => {
      told.push(conversation);
      void conversation.bridge.record({ name: 'call', format: 'wav' });
      // Nobody waits for that.
      return new Promise(() => undefined);
    };
    const { floor, ann, phone, call, stay } = await talking({ onConnected } as Partial<QueueOptions<ChannelHandle>>);
    await using _ = floor;
    await expect.poll(() => told.length).toBe(1);
    const { caller, channel, endpoint, bridge, signal } = told[0] as (typeof told)[0];
    expect(caller).toBe(call.transferee);
    expect([channel.id, endpoint, bridge.id]).toEqual([ann.channelId, 'PJSIP/ann', call.bridge.id]);
    expect((await bridge.get()).channels.toSorted()).toEqual([ann.channelId, phone.channelId].toSorted());
    await expect.poll(() => floor.asterisk.journal.eventsOf('RecordingStarted')).not.toHaveLength(0);
    expect(signal.aborted).toBe(false);
    ann.hangup();
    expect(await stay).toMatchObject({ reason: 'answered', endedBy: 'agent' });
    expect(signal.aborted).toBe(true);
    await floor.expectNothingLeft();
  });

  it.each([
    ['at once', () => Promise.reject(new TypeError('no screen'))],
    ['by itself', () => raise(new TypeError('no screen'))],
  ])('goes on where telling the application fails %s, which the stay does in the end', async (_how, onConnected) => {
    const { floor, queue, ann, phone, stay } = await talking({ onConnected });
    await using _ = floor;
    expect([ann.state, phone.state]).toEqual(['talking', 'talking']);
    stay.catch(() => undefined);
    phone.hangup();
    await expect(stay).rejects.toThrow('no screen');
    expect(queue.agents[0]?.state).toBe('resting');
    await floor.expectNothingLeft();
  });

  it('may end while the application is at it', async () => {
    const onConnected = ({ signal, channel }: { signal: AbortSignal; channel: ChannelHandle }): Promise<void> => {
      return new Promise((resolve, reject) =>
        signal.addEventListener('abort', () => void channel.get().then(() => resolve(), reject)),
      );
    };
    const { floor, ann, stay } = await talking({ onConnected });
    await using _ = floor;
    ann.hangup();
    expect(await stay).toMatchObject({ reason: 'answered' });
    await floor.expectNothingLeft();
  });

  it('answers a caller who was not answered, once an agent has answered', async () => {
    await using board = await Switchboard.open();
    const queue = new Queue(board.client, { app: 'flow', announce: false });
    queue.addAgent(board.alice.endpoint, {
      callerId: '"Sales" <100>',
      variables: { 'PJSIP_HEADER(add,X-Queue)': 'a' },
    });
    const stay = queue.enter(board.channel);
    await board.alice.rings();
    expect(board.caller.state).toBe('calling');
    const [originate] = board.asterisk.journal.requestsTo({ method: 'POST', path: `/channels/*` });
    expect(originate?.body).toMatchObject({
      callerId: '"Sales" <100>',
      variables: { 'PJSIP_HEADER(add,X-Queue)': 'a' },
    });
    board.alice.answer();
    await board.caller.answered();
    await expect.poll(() => board.requests.filter((request) => request.endsWith('/addChannel'))).toHaveLength(2);
    board.caller.hangup();
    expect(await stay).toMatchObject({ reason: 'answered', endedBy: 'caller' });
    await board.expectNothingLeft();
  });

  it('takes no wrong options of an agent', async () => {
    await using floor = await Floor.begin(0);
    const queue = new Queue(floor.client, { app: 'flow' });
    const wrong = (options: object) => () => queue.addAgent('PJSIP/ann', options);
    expect(wrong({ variables: { A: 1 } })).toThrow(/option 'variables' must be texts by the names of variables, not 1/);
    expect(wrong({ callerId: 1 })).toThrow(/option 'callerId' must be a text that is not blank, not 1/);
    expect(() => new Queue(floor.client, { app: 'flow', onConnected: 1 as never })).toThrow(
      /option 'onConnected' must be a function, not 1/,
    );
    expect(queue.agents).toEqual([]);
  });
});

function raise(error: Error): never {
  throw error;
}
