import type { Channel } from 'asterisk-ari';
import { Conference, connect, dial, Queue, recordMessage, supervise } from 'asterisk-ari/flows';
import { describe, expect, it } from 'vitest';
import { Floor } from './support/floor.js';

/** Two callers, of whom the first has hung up, as the client has heard already. */
async function begin(): Promise<{ floor: Floor; gone: Channel; here: Channel }> {
  const floor = await Floor.begin(2);
  const { channel, phone } = floor.caller(0);
  const heard = channel.waitFor('StasisEnd');
  phone.hangup();
  await heard;
  return { floor, gone: channel, here: floor.caller(1).channel };
}

describe('who has hung up just before a flow began', () => {
  it.each([
    ['both', 'idle'],
    ['none', 'talking'],
  ] as const)('is the hang-up that connect tells, which then hangs up %s', async (hangup, state) => {
    for (const by of ['first', 'second'] as const) {
      const { floor, gone, here } = await begin();
      await using _ = floor;
      const channels = by === 'first' ? ([gone, here] as const) : ([here, gone] as const);
      expect(await connect(floor.client, { channels, hangup })).toMatchObject({ reason: 'hangup', by });
      await expect.poll(() => floor.caller(1).phone.state).toBe(state);
      await floor.expectNothingLeft();
    }
  });

  it('is not taken for one where Asterisk refuses for another reason', async () => {
    await using floor = await Floor.begin(2);
    const [first, second] = floor.callers.map(({ channel }) => channel) as [Channel, Channel];
    await second.record({ name: 'a', format: 'wav' });
    await expect(connect(floor.client, { channels: [first, second] })).rejects.toThrow(/currently recording/);
    expect(floor.callers.map(({ phone }) => phone.state)).toEqual(['talking', 'talking']);
  });

  it('has waited in no queue', async () => {
    const { floor, gone } = await begin();
    await using _ = floor;
    const queue = new Queue(floor.client, { app: 'flow' });
    expect(await queue.enter(gone)).toMatchObject({ reason: 'hangup' });
    expect(queue.stats).toMatchObject({ waiting: 0, abandoned: 1 });
    await floor.expectNothingLeft();
  });

  it('has joined no conference', async () => {
    const { floor, gone } = await begin();
    await using _ = floor;
    const conference = new Conference<Channel>(floor.client);
    expect(await conference.join(gone)).toEqual({ reason: 'hangup', joined: false });
    await floor.expectNothingLeft();
  });

  it.each(['listen', 'coach'] as const)('ends a supervision (%s), as supervisor and as channel', async (mode) => {
    const { floor, gone, here } = await begin();
    await using _ = floor;
    const asChannel = supervise(floor.client, { supervisor: here, channel: gone, mode, app: 'flow' });
    expect(await asChannel).toMatchObject({ reason: 'hangup', by: 'channel' });
    const asSupervisor = supervise(floor.client, { supervisor: gone, channel: here, mode, app: 'flow' });
    expect(await asSupervisor).toMatchObject({ reason: 'hangup', by: 'supervisor' });
    await floor.expectNothingLeft();
  });

  it('takes part in no call as a supervisor', async () => {
    const { floor, gone, here } = await begin();
    await using _ = floor;
    await floor.keepBridge(1);
    const result = supervise(floor.client, { supervisor: gone, channel: here, mode: 'barge' });
    expect(await result).toMatchObject({ reason: 'hangup', by: 'supervisor' });
    await floor.expectNothingLeft();
  });

  it('calls nobody with early media', async () => {
    const { floor, gone } = await begin();
    await using _ = floor;
    floor.asterisk.phone('ann');
    const options = { targets: 'PJSIP/ann', app: 'flow', caller: gone, ringback: 'earlyMedia' } as const;
    expect(await dial(floor.client, options)).toMatchObject({ reason: 'hangup' });
    await floor.expectNothingLeft();
  });

  it('leaves no message', async () => {
    const { floor, gone } = await begin();
    await using _ = floor;
    expect(await recordMessage(gone, { name: 'a', client: floor.client })).toMatchObject({ reason: 'hangup' });
    await floor.expectNothingLeft();
  });
});
