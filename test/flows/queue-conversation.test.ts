import type { Bridge, Channel, ChannelHandle } from 'asterisk-ari';
import {
  attendedTransfer,
  blindTransfer,
  connect,
  onTransferRequested,
  Queue,
  type QueueOptions,
  type QueueResult,
  type TransferRequest,
} from 'asterisk-ari/flows';
import { describe, expect, it } from 'vitest';
import { Floor } from './support/floor.js';

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
    expect(queue.agents).toEqual([{ endpoint: 'PJSIP/ann', state: 'resting', calls: 1 }]);
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
});
