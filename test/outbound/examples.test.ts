import { AriClient, connect } from 'asterisk-ari';
import { serve } from 'asterisk-ari/outbound';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerCall } from '../../examples/outbound/call-worker-application.js';
import { claimCalls } from '../../examples/outbound/claiming-worker-application.js';

let asterisk: TestAsterisk;

const credentials = { username: 'pbx', password: 'pbx-secret' };

describe('the example of a worker for single calls', () => {
  it('serves each call on a connection of its own, and drains', async () => {
    const served: Promise<void>[] = [];
    const worker = await serve({ client: AriClient, port: 0, ...credentials }, (connection) => {
      served.push(answerCall(connection));
    });
    const outbound = [{ ...credentials, uri: `ws://127.0.0.1:${worker.port}/`, apps: ['ivr'] }];
    asterisk = await startAsterisk({
      outbound: outbound.map((each) => ({ ...each, connectionType: 'per_call_config' as const })),
    });
    const phones = ['100', '200'].map((from) => asterisk.call({ to: 'stasis-ivr', from }));
    await expect.poll(() => phones.map(({ state }) => state)).toEqual(['talking', 'talking']);
    const drained = worker.drain();
    for (const phone of phones) {
      await expect.poll(() => phone.heard).toContain('sound:hello-world');
      phone.press('1');
    }
    expect(await drained).toBe(0);
    await Promise.all(served);
    expect(phones.map(({ state }) => state)).toEqual(['idle', 'idle']);
    await asterisk.close();
  });
});

describe('the example of a fleet that claims', () => {
  const clients: AriClient[] = [];

  beforeEach(async () => {
    asterisk = await startAsterisk();
  });

  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
    await asterisk.close();
  });

  it('takes each call exactly once', async () => {
    const taken: string[] = [];
    for (const app of ['a', 'b', 'c']) {
      const client = await connect(asterisk.url, asterisk.username, asterisk.password);
      clients.push(client);
      claimCalls(client, (id) => taken.push(id));
      await client.start(app);
    }
    const phones = ['1', '2', '3', '4', '5'].map((from) => asterisk.call({ to: 'broadcast', from }));
    await expect.poll(() => phones.map(({ state }) => state)).toEqual(phones.map(() => 'idle'));
    expect(taken).toHaveLength(5);
    expect(new Set(taken).size).toBe(5);
  });
});
