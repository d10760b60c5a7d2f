import { connect, type AriClient, type ConnectOptions, type PresentNotice } from 'asterisk-ari';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let asterisk: TestAsterisk;
let clients: AriClient[];

beforeEach(async () => {
  asterisk = await startAsterisk();
  clients = [];
});

afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await asterisk.close();
});

async function open(options: ConnectOptions = {}): Promise<AriClient> {
  const client = await connect(asterisk.url, asterisk.username, asterisk.password, options);
  clients.push(client);
  return client;
}

/** What the client is told from now on. */
function toldOf(client: AriClient): PresentNotice[] {
  const told: PresentNotice[] = [];
  client.on('present', (notice) => told.push(notice));
  return told;
}

/** A process that has a call in the application, and in a bridge, and then dies. */
async function leaveBehind(app: string): Promise<{ channel: string; bridge: string }> {
  const earlier = await open();
  const started = earlier.waitFor('StasisStart');
  await earlier.start(app);
  asterisk.call({ to: `stasis-${app}` });
  const { channel } = await started;
  const bridge = await earlier.bridges.create({ type: 'mixing' });
  await bridge.addChannel({ channel });
  await earlier.close();
  return { channel: channel.id, bridge: bridge.id };
}

const questions = (): number => asterisk.journal.requestsTo({ method: 'GET', path: '/applications/*' }).length;

describe('what an earlier process has left in an application', () => {
  it('is told before start() resolves, and can be taken on', async () => {
    const { channel, bridge } = await leaveBehind('hello');
    const client = await open();
    const told = toldOf(client);
    await client.start(['hello', 'other']);
    expect(told).toEqual([{ apps: ['hello', 'other'], channels: [channel], bridges: [bridge] }]);
    const handle = client.channels.handle(channel);
    const ended = handle.waitFor('StasisEnd', { timeoutMs: 5_000 });
    await handle.hangup();
    await ended;
  });

  it('is not told where there is nothing, and nobody is asked where nobody listens', async () => {
    const empty = await open();
    const told = toldOf(empty);
    await empty.start('empty');
    expect(told).toEqual([]);
    await leaveBehind('hello');
    const before = questions();
    await (await open()).start('hello');
    expect(questions()).toBe(before);
  });

  it('is everything in Asterisk where everything is heard', async () => {
    const { channel, bridge } = await leaveBehind('hello');
    const client = await open();
    const told = toldOf(client);
    await client.start('other', { subscribeAll: true });
    expect(told).toMatchObject([{ channels: [channel], bridges: [bridge] }]);
  });

  it.each(['auto', 'http'] as const)('has no call in it that comes meanwhile, with transport %s', async (transport) => {
    const { channel } = await leaveBehind('hello');
    const client = await open({ transport });
    const told = toldOf(client);
    const started: string[] = [];
    client.channels.on('StasisStart', ({ id }) => started.push(id));
    asterisk.faults.next({ method: 'GET', path: '/applications/hello' }).delay(100);
    client.on('state', ({ state }) => state === 'open' && asterisk.call({ to: 'stasis-hello', from: '200' }));
    await client.start('hello');
    expect(started).toHaveLength(1);
    expect(told).toMatchObject([{ channels: [channel] }]);
  });

  it('that cannot be asked for is a line in the log', async () => {
    await leaveBehind('hello');
    const lines: string[] = [];
    const silent = (): void => undefined;
    const warn = (line: string): void => void lines.push(line);
    const client = await open({ logger: { debug: silent, info: silent, warn, error: silent } });
    const told = toldOf(client);
    asterisk.faults.next({ method: 'GET', path: '/applications/hello' }).fail(403);
    await client.start('hello');
    expect(told).toEqual([]);
    expect(lines.join()).toContain('could not find out what is in hello already');
  });
});
