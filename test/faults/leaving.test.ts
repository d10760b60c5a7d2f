import { connect, type AriClient, type ConnectOptions } from 'asterisk-ari';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let asterisk: TestAsterisk;

beforeEach(async () => {
  asterisk = await startAsterisk();
});

afterEach(() => asterisk.close());

function newClient(options: ConnectOptions = {}): Promise<AriClient> {
  return connect(asterisk.url, asterisk.username, asterisk.password, options);
}

/** What was unsubscribed from, in the order of the requests. */
function unsubscribed(): (string | undefined)[] {
  return asterisk.journal.requestsTo({ method: 'DELETE' }).map(({ query }) => query['eventSource']);
}

const lamp = 'deviceState:Stasis:lamp';

describe.each(['http', 'websocket'] as const)('before an event connection is closed, over %s', (transport) => {
  it('device states are unsubscribed from, and nothing else', async () => {
    const client = await newClient({ transport });
    await client.start('hello');
    const eventSource = [lamp, 'endpoint:PJSIP/alice', 'deviceState:Stasis:door'];
    await client.applications.subscribe({ applicationName: 'hello', eventSource });
    await client.close();
    expect(unsubscribed()).toEqual([`${lamp},deviceState:Stasis:door`]);
  });

  it('subscribeAll is made less by all device states', async () => {
    const client = await newClient({ transport });
    await client.start(['hello', 'other'], { subscribeAll: true });
    await client.close();
    expect(unsubscribed()).toEqual(['deviceState:', 'deviceState:']);
  });

  it('nothing is asked where no device state is subscribed to', async () => {
    const client = await newClient({ transport });
    await client.start('hello');
    await client.applications.subscribe({ applicationName: 'hello', eventSource: [lamp, 'endpoint:PJSIP/alice'] });
    await client.applications.unsubscribe({ applicationName: 'hello', eventSource: lamp });
    const { length } = asterisk.journal.requests;
    await client.close();
    expect(asterisk.journal.requests).toHaveLength(length);
  });

  it('the rest is unsubscribed from where somebody else has done so with one', async () => {
    const client = await newClient({ transport });
    await client.start('hello');
    await client.applications.subscribe({ applicationName: 'hello', eventSource: [lamp, 'deviceState:Stasis:door'] });
    await using other = await newClient();
    await other.applications.unsubscribe({ applicationName: 'hello', eventSource: lamp });
    await client.stop();
    expect(unsubscribed().slice(1)).toEqual([`${lamp},deviceState:Stasis:door`, lamp, 'deviceState:Stasis:door']);
    await client.close();
  });
});

describe('before an event connection is closed', () => {
  it('an Asterisk that does not answer is not waited for longer than a moment', async () => {
    const client = await newClient({ transport: 'http' });
    await client.start('hello', { subscribeAll: true });
    asterisk.faults.next({ method: 'DELETE' }).delay(60_000);
    const begun = performance.now();
    await client.close();
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(client.state).toBe('closed');
  });

  it('stopped and started again, it is subscribed as before', async () => {
    const client = await newClient();
    await client.start('hello');
    await client.applications.subscribe({ applicationName: 'hello', eventSource: lamp });
    await client.stop();
    expect(unsubscribed()).toEqual([lamp]);
    const restored = client.waitFor('gap', { timeoutMs: 5_000 });
    await client.start('hello');
    await restored;
    const changed = client.waitFor('DeviceStateChanged', { timeoutMs: 5_000 });
    await client.deviceStates.update({ deviceName: 'Stasis:lamp', deviceState: 'BUSY' });
    expect((await changed).device_state.name).toBe('Stasis:lamp');
    await client.close();
  });

  it('Asterisk is told once, however often it is closed at a time', async () => {
    const client = await newClient();
    await client.start('hello', { subscribeAll: true });
    await Promise.all([client.stop(), client.stop(), client.close()]);
    expect(unsubscribed()).toEqual(['deviceState:']);
  });

  it('given up by its signal while it makes subscribeAll true, it is closed the same way', async () => {
    const client = await newClient();
    const over = new AbortController();
    asterisk.faults.next({ method: 'GET', path: '/applications/hello' }).delay(60_000);
    const running = client.run('hello', { subscribeAll: true, signal: over.signal });
    await expect.poll(() => client.state).toBe('open');
    over.abort();
    await running;
    expect(unsubscribed()).toEqual(['deviceState:']);
    await client.close();
  });
});
