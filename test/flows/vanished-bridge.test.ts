import { Conference, connect, Queue } from 'asterisk-ari/flows';
import { describe, expect, it } from 'vitest';
import { Floor } from './support/floor.js';

const adding = { method: 'POST', path: '/bridges/*/addChannel' };

/** The flows that put channels into a bridge of their own; what they give where somebody else destroys it. */
const rows = [
  {
    flow: 'connect',
    run: (floor: Floor) =>
      connect(floor.client, { channels: [floor.caller(0).channel, floor.caller(1).channel], hangup: 'none' }),
    reason: 'left',
  },
  {
    flow: 'Conference.join',
    run: (floor: Floor) => new Conference(floor.client).join(floor.caller(0).channel),
    reason: 'removed',
  },
  {
    flow: 'Queue.enter',
    run: (floor: Floor) =>
      new Queue(floor.client, { app: 'flow', announce: false }).enter(floor.caller(0).channel, { maxWaitMs: 20_000 }),
    reason: 'removed',
  },
] as const;

/** The application is told no more of these events. */
function deaf(floor: Floor, ...types: readonly string[]): Promise<unknown> {
  const disallowed = types.map((type) => ({ type }));
  return floor.client.applications.filter({ applicationName: 'flow', filter: { disallowed } });
}

describe.each(rows)('$flow', ({ flow, run, reason }) => {
  it.each(['is destroyed', 'is there still'])('notices that nobody is in a bridge that %s', async (how) => {
    await using floor = await Floor.begin(2);
    await deaf(floor, 'BridgeDestroyed');
    floor.forget();
    // As of one that is being destroyed: it takes them in, and no event comes.
    floor.asterisk.faults.next(adding).fail(204);
    const result = run(floor);
    await floor.asterisk.journal.waitForRequest(adding);
    if (how === 'is destroyed') {
      const [bridge] = await floor.client.bridges.list();
      await bridge?.destroy();
    }
    const since = performance.now();
    expect(await result).toMatchObject({ reason });
    expect(performance.now() - since).toBeLessThan(2_500);
    expect(floor.requests.filter((request) => request === 'GET /bridges/*')).toHaveLength(1);
    await floor.expectNothingLeft();
  });

  it('goes on where only the event is late', async () => {
    await using floor = await Floor.begin(2);
    await deaf(floor, 'ChannelEnteredBridge');
    floor.forget();
    const result = run(floor);
    await expect.poll(() => floor.requests, { timeout: 2_500 }).toContain('GET /bridges/*');
    const early = await Promise.race([result, new Promise((resolve) => setTimeout(resolve, 300, 'goes on'))]);
    expect(early).toBe('goes on');
    floor.caller(0).phone.hangup();
    expect(await result).toMatchObject({ reason: 'hangup' });
    await floor.expectNothingLeft();
  });

  it.each([
    [404, 'Bridge not found'],
    [409, 'Bridge not in Stasis application'],
  ])('takes %i %s for a bridge that was destroyed', async (status, message) => {
    await using floor = await Floor.begin(2);
    floor.asterisk.faults.next(adding).fail(status, message);
    const result = run(floor);
    if (flow !== 'connect') {
      // There is another one.
      await expect
        .poll(() => floor.asterisk.journal.requestsTo(adding).map((sent) => sent.status))
        .toEqual([status, 204]);
      floor.caller(0).phone.hangup();
    }
    expect(await result).toMatchObject({ reason: flow === 'connect' ? reason : 'hangup' });
    // The one that was told to be gone is there on the double, where nobody has destroyed it.
    await Promise.all((await floor.client.bridges.list()).map((bridge) => bridge.destroy()));
    await floor.expectNothingLeft();
  });
});
