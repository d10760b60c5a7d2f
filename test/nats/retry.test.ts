import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { connect } from '@nats-io/transport-node';
import type { Fetch, RequestMessage } from 'asterisk-ari';
import type { TestAsterisk } from 'asterisk-ari/testing';
import { describe, expect, it } from 'vitest';
import { House } from './support/house.js';

/** Attempts of requests of workers that are over, by operation, in their order. */
function attempts(house: House): [operation: string, attempts: number][] {
  const seen: [string, number][] = [];
  const note = (message: unknown): void => {
    const { operation, own, attempts: count } = message as RequestMessage;
    if (!own && operation.startsWith('channels.')) seen.push([operation, count]);
  };
  const names = ['asterisk-ari:request:end', 'asterisk-ari:request:error'] as const;
  names.forEach((name) => subscribe(name, note));
  house.ends(async () => names.forEach((name) => unsubscribe(name, note)));
  return seen;
}

/** Resolves when a diagnostics channel tells something. */
function next(name: string): Promise<void> {
  return new Promise((resolve) => {
    const told = (): void => {
      unsubscribe(name, told);
      resolve();
    };
    subscribe(name, told);
  });
}

const patient = { clientOptions: { retry: { maxRetries: 50, minDelayMs: 20, maxDelayMs: 40 } } };

describe('a request of a worker whose answer was lost', () => {
  it.each(['GET', 'DELETE'])(
    'may have been carried out, if no relay answers when it is repeated: %s',
    async (method) => {
      await using house = await House.open();
      const asterisk = await house.asterisk('a');
      const relay = await house.relay(asterisk);
      const { channels } = (await house.worker()).node('a').client;
      await relay.close();
      const nats = await connect({ servers: house.nats.url });
      house.ends(() => nats.close());
      const lost = JSON.stringify({ type: 'RelayFailure', delivery: 'outcomeUnknown', reason: 'lost' });
      nats.subscribe('ari.v1.request.a', { max: 1, callback: (_error, message) => void message.respond(lost) });
      await nats.flush();
      const asked = method === 'GET' ? channels.list() : channels.hangup({ channelId: 'x' });
      await expect(asked).rejects.toMatchObject({
        name: 'AriConnectionError',
        delivery: 'outcomeUnknown',
        message: expect.stringMatching(/ no relay answers .*; an earlier attempt may have been carried out$/) as string,
        cause: { delivery: 'notSent' },
      });
    },
  );
});

describe('a request of a worker that the relay gets an unreadable answer to', () => {
  it('may have been carried out', async () => {
    await using house = await House.open();
    const { url, username, password } = await house.asterisk('a');
    const fetch: Fetch = async (target, init) => {
      return init.method === 'POST' ? ({} as Response) : globalThis.fetch(target, init);
    };
    await house.relay({} as TestAsterisk, { asterisk: { url, username, password, transport: 'http', fetch } });
    const { channels } = (await house.worker()).node('a').client;
    await expect(channels.answer({ channelId: 'x' })).rejects.toMatchObject({
      name: 'AriConnectionError',
      delivery: 'outcomeUnknown',
      message: expect.stringContaining("what 'fetch' gave is no answer") as string,
    });
  });
});

describe('a request of a worker that was not sent', () => {
  it('is repeated until a relay is there, whatever it does', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const relay = await house.relay(asterisk);
    const { client } = (await house.worker(patient)).node('a');
    const { channelId } = asterisk.call({ to: 'stasis-ivr' });
    await relay.close();
    const seen = attempts(house);
    const asked = Promise.all([client.channels.list(), client.channels.ring({ channelId })]);
    await expect.poll(() => relay.status.state).toBe('gone');
    await house.relay(asterisk);
    expect((await asked)[0].map(({ id }) => id)).toEqual([channelId]);
    expect(seen.map(([operation]) => operation).toSorted()).toEqual(['channels.list', 'channels.ring']);
    expect(seen.every(([, count]) => count > 1)).toBe(true);
    expect(asterisk.journal.requestsTo({ method: 'POST', path: '/channels/*/ring' })).toHaveLength(1);
  });

  it('is repeated until NATS is back', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const nats = { reconnectTimeWait: 20, reconnectJitter: 0 };
    await house.relay(asterisk, { nats });
    const fleet = await house.worker({ ...patient, nats });
    await house.nats.kill();
    await expect.poll(() => fleet.node('a').isUp).toBe(false);
    const seen = attempts(house);
    const asked = fleet.node('a').client.channels.list();
    await house.nats.resume();
    expect(await asked).toEqual([]);
    expect(seen[0]![1]).toBeGreaterThan(1);
  });

  it('is repeated while the relay does not reach Asterisk', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    await house.relay(asterisk);
    const { client } = (await house.worker(patient)).node('a');
    await asterisk.faults.refuse();
    const seen = attempts(house);
    // The relay's own, which it repeats no more than it passes on.
    const relayFailed = next('asterisk-ari:request:error');
    const asked = client.channels.list();
    await relayFailed;
    await asterisk.faults.accept();
    expect(await asked).toEqual([]);
    expect(seen.at(-1)![1]).toBeGreaterThan(1);
  });

  it('is repeated twice where nothing is said of it, never with retry: false, and no longer than its time', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const relay = await house.relay(asterisk);
    const { channels } = (await house.worker()).node('a').client;
    await relay.close();
    const seen = attempts(house);
    const gone = { name: 'AriConnectionError', delivery: 'notSent' };
    await expect(channels.list()).rejects.toMatchObject(gone);
    await expect(channels.list({ retry: false })).rejects.toMatchObject(gone);
    const begun = performance.now();
    const retry = { maxRetries: 1_000, minDelayMs: 10, maxDelayMs: 10 };
    await expect(channels.list({ retry, timeoutMs: 200 })).rejects.toThrow('channels.list');
    expect(performance.now() - begun).toBeLessThan(2_000);
    expect(seen.slice(0, 2).map(([, count]) => count)).toEqual([3, 1]);
    expect(seen[2]![1]).toBeGreaterThan(3);
  });
});
