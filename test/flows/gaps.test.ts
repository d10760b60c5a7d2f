import type { Channel } from 'asterisk-ari';
import { Conference, connect, Queue, supervise } from 'asterisk-ari/flows';
import { describe, expect, it } from 'vitest';
import { Floor } from './support/floor.js';

/** A flow with channels in a bridge: how it asks who is in there, and how it ends when the bridge is destroyed. */
interface Joined {
  readonly run: (floor: Floor, beforeItJoins?: () => void) => Promise<{ readonly reason: string }>;
  readonly asks: string;
  readonly reason: string;
}

const flows: Readonly<Record<string, Joined>> = {
  connect: {
    run: ({ client, callers }, beforeItJoins) => {
      beforeItJoins?.();
      const [first, second] = callers.map(({ channel }) => channel) as [Channel, Channel];
      return connect(client, { channels: [first, second], hangup: 'none' });
    },
    asks: '/bridges/*',
    reason: 'left',
  },
  'Conference.join': {
    run: (floor, beforeItJoins) => {
      beforeItJoins?.();
      return new Conference(floor.client, { joinSound: false }).join(floor.caller().channel);
    },
    asks: '/bridges/*',
    reason: 'removed',
  },
  'Queue.enter': {
    run: (floor, beforeItJoins) => {
      beforeItJoins?.();
      return new Queue(floor.client, { app: 'flow', announce: false }).enter(floor.caller().channel);
    },
    asks: '/bridges/*',
    reason: 'removed',
  },
  'supervise to barge': {
    run: async (floor, beforeItJoins) => {
      await floor.keepBridge(0);
      beforeItJoins?.();
      return supervise(floor.client, {
        mode: 'barge',
        channel: floor.caller(0).channel,
        supervisor: floor.caller(1).channel,
      });
    },
    asks: '/bridges',
    reason: 'left',
  },
};

/** Runs it to where its channels are in their bridge, which is destroyed while nothing is heard. */
async function destroyUnheard(floor: Floor, { run, asks }: Joined, fail: (fault: Fault) => void): Promise<Outcome> {
  const outcome = run(floor);
  outcome.catch(() => undefined);
  const isSupervised = asks === '/bridges';
  await expect
    .poll(() => floor.requests.filter((request) => request.endsWith('/addChannel')).length)
    .toBe(isSupervised ? 2 : 1);
  await expect.poll(() => floor.requests.at(-1)).toBe('POST /bridges/*/addChannel');
  const [bridge] = await floor.client.bridges.list();
  floor.forget();
  fail(floor.asterisk.faults.next({ method: 'GET', path: asks }));
  floor.asterisk.faults.dropSocket();
  await bridge?.destroy();
  return { outcome };
}

type Fault = ReturnType<Floor['asterisk']['faults']['next']>;
interface Outcome {
  readonly outcome: ReturnType<Joined['run']>;
}

describe.each(Object.entries(flows))(
  '%s, of which nothing is heard while it is put into its bridge',
  (_flow, joined) => {
    it('goes on once it is there', async () => {
      await using floor = await Floor.begin(2);
      const isSupervised = joined.asks === '/bridges';
      const outcome = joined.run(floor, () => {
        floor.asterisk.faults.next({ method: 'POST', path: '/bridges/*/addChannel' }).delay(400);
      });
      outcome.catch(() => undefined);
      const gap = floor.client.waitFor('gap');
      await expect
        .poll(() => floor.requests.filter((request) => request.endsWith('/addChannel')).length)
        .toBe(isSupervised ? 2 : 1);
      floor.asterisk.faults.dropSocket();
      await gap;
      await expect
        .poll(async () => (await floor.client.bridges.list()).map(({ channels }) => channels.length), {
          timeout: 3_000,
        })
        .toEqual([isSupervised || joined.reason === 'left' ? 2 : 1]);
      const settled = Promise.race([outcome, new Promise((resolve) => setTimeout(resolve, 300, 'goes on'))]);
      expect(await settled).toBe('goes on');
      floor.callers.forEach(({ phone }) => phone.hangup());
      expect(await outcome).toMatchObject({ reason: 'hangup' });
      await floor.expectNothingLeft();
    });

    it('has hung up where that was not heard, though it is not seen there', async () => {
      await using floor = await Floor.begin(2);
      const outcome = joined.run(floor);
      outcome.catch(() => undefined);
      await expect
        .poll(async () => (await floor.client.bridges.list()).map(({ channels }) => channels.length))
        .toEqual([joined.reason === 'left' ? 2 : 1]);
      floor.asterisk.faults.next({ method: 'GET', path: '/channels/*' }).fail(500);
      floor.asterisk.faults.dropSocket();
      floor.caller(0).phone.hangup();
      expect(await outcome).toMatchObject({ reason: 'hangup' });
      floor.caller(1).phone.hangup();
      await floor.expectNothingLeft();
    });
  },
);

describe.each(Object.entries(flows))('%s, whose bridge was destroyed while nothing was heard', (_flow, joined) => {
  it('ends, also where Asterisk cannot say so at once', async () => {
    await using floor = await Floor.begin(2);
    const { outcome } = await destroyUnheard(floor, joined, (fault) =>
      fault.times(joined.asks === '/bridges' ? 4 : 2).fail(503),
    );
    expect(await outcome).toMatchObject({ reason: joined.reason });
    const answers = floor.asterisk.journal.requestsTo({ method: 'GET', path: joined.asks }).map(({ status }) => status);
    expect(answers.filter((status) => status === 503).length).toBeGreaterThan(1);
    await floor.expectNothingLeft();
  });

  it('fails where Asterisk will not say so', async () => {
    await using floor = await Floor.begin(2);
    const { outcome } = await destroyUnheard(floor, joined, (fault) => fault.times(9).fail(403));
    await expect(outcome).rejects.toMatchObject({ name: 'ForbiddenError' });
    await floor.expectNothingLeft();
  });
});
