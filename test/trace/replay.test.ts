import type { AriClient } from 'asterisk-ari';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { parse, record, replay, stringify, type Trace } from 'asterisk-ari/trace';
import { afterEach, describe, expect, it } from 'vitest';
import { askForBob, startMenu, type Ways } from './support/menu.js';

const asterisks: TestAsterisk[] = [];
const clients: AriClient[] = [];

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await Promise.all(asterisks.splice(0).map((asterisk) => asterisk.close()));
});

async function start(ways: Ways = {}, reconnectMs = 2): Promise<[TestAsterisk, AriClient]> {
  const asterisk = await startAsterisk({
    dialplan: { default: { 100: ['Set(LANGUAGE_WISH=de)', 'Stasis(menu,sales,"a,b")', 'Hangup'] } },
  });
  asterisks.push(asterisk);
  const reconnect = { minDelayMs: reconnectMs, maxDelayMs: reconnectMs };
  const client = await startMenu(asterisk, ways, { reconnect });
  clients.push(client);
  return [asterisk, client];
}

/** What was recorded of a run, after a way through JSON. */
async function recorded(run: (asterisk: TestAsterisk, client: AriClient) => Promise<void>): Promise<Trace> {
  const [asterisk, client] = await start();
  using recorder = record({ clients: { menu: client } });
  await run(asterisk, client);
  await client.idle({ timeoutMs: 5_000 });
  return parse(stringify(recorder.entries));
}

/** Ann presses 1, Bob answers, and hangs up in the end. */
async function connection(asterisk: TestAsterisk, client: AriClient): Promise<void> {
  const ann = asterisk.call({ to: '100', from: 'Ann <555>' });
  await ann.hears('sound:hello-world');
  const bob = await askForBob(asterisk, client, ann);
  bob.hangup();
  await ann.ended();
}

/** Ann presses 2, and is told goodbye. */
async function goodbye(asterisk: TestAsterisk): Promise<void> {
  const ann = asterisk.call({ to: '100', from: 'Ann <555>' });
  await ann.hears('sound:hello-world');
  ann.press('2');
  await ann.ended();
}

async function replayed(trace: Trace, ways: Ways): Promise<string> {
  const [asterisk] = await start(ways);
  return String(await replay(trace, asterisk, { timeoutMs: 500 }));
}

describe('a replay', () => {
  it('finds nothing where the application does as recorded, with other ids', async () => {
    const trace = await recorded(connection);
    const [asterisk, client] = await start();
    const starts: unknown[] = [];
    client.on('StasisStart', ({ args, channel }) => starts.push([args, channel.caller, channel.dialplan.exten]));
    const report = await replay(trace, asterisk);
    expect(String(report)).toBe('as recorded');
    expect(report.differences).toEqual([]);
    expect(report.matched).toBe(8);
    expect(starts).toEqual([
      [['sales', 'a,b'], { name: 'Ann', number: '555' }, '100'],
      [['dialled'], expect.anything(), expect.anything()],
    ]);
    expect(asterisk.channelIds).toEqual([]);
  });

  it('lets what is played end when it did', async () => {
    expect(await replayed(await recorded(goodbye), {})).toBe('as recorded');
  });

  it('tells a request that is other than recorded', async () => {
    const text = await replayed(await recorded(goodbye), { greeting: 'sound:tt-weasels' });
    expect(text).toMatch(
      /^other: play sound:tt-weasels \(POST \/channels\/[\d.]+\/play\): media: \["sound:tt-weasels"\] instead of \["sound:hello-world"\], after ChannelStateChange Up, at \d\.\d{3} s of the record$/,
    );
  });

  it('tells one that is missing', async () => {
    const text = await replayed(await recorded(goodbye), { rude: true });
    expect(text).toMatch(/^missing: playWithId sound:vm-goodbye \(POST .*\), after ChannelDtmfReceived 2, at/);
    expect(text.split('\n')).toHaveLength(1);
  });

  it('tells an additional one', async () => {
    const text = await replayed(await recorded(goodbye), { extra: true });
    expect(text).toMatch(/^additional: setChannelVar EXTRA=1 \(POST \/channels\/[\d.]+\/variable\)$/);
  });

  it('tells of another order, where one had waited for the other', async () => {
    const text = await replayed(await recorded(goodbye), { hasty: true });
    expect(text).toMatch(/^order: play sound:hello-world \(.*\) before answer \(.*\)$/);
  });

  it('tells of what could not be played, and goes on', async () => {
    const trace = await recorded(goodbye);
    const asterisk = await startAsterisk();
    asterisks.push(asterisk);
    const text = String(await replay(trace, asterisk, { timeoutMs: 50 }));
    expect(text).toContain('outside: StasisStart: the call is in no application: is menu started?');
    expect(text).toContain('missing: answer');
  });

  it('is given up by its signal', async () => {
    const trace = await recorded(goodbye);
    const [asterisk] = await start();
    const reason = new Error('enough');
    await expect(replay(trace, asterisk, { signal: AbortSignal.abort(reason) })).rejects.toMatchObject({
      name: 'AriAbortError',
      cause: reason,
    });
  });

  it('refuses options that are none', async () => {
    const [asterisk] = await start();
    await expect(replay([], asterisk, { timeoutMs: -1 })).rejects.toThrow("option 'timeoutMs' must be");
    await expect(replay([], asterisk, { patience: 1 } as never)).rejects.toThrow("option 'patience' does not exist");
    await expect(replay(undefined as never, asterisk)).rejects.toThrow('replay: trace must be a list');
  });

  it('refuses a record of nothing, which any application would do', async () => {
    const [asterisk] = await start();
    const nothing = 'replay: trace must have a request or an event at least, and has none';
    await expect(replay([], asterisk)).rejects.toThrow(nothing);
    const dropped = { kind: 'dropped', seq: 1, at: 0, client: '', count: 7 } as const;
    await expect(replay([dropped], asterisk)).rejects.toThrow(nothing);
  });
});

describe('what comes from outside', () => {
  it('is who does not answer, and who is busy', async () => {
    for (const manner of ['ring', 'busy'] as const) {
      const trace = await recorded(async (asterisk, client) => {
        const bob = asterisk.phone('bob');
        bob.manner = manner;
        const over = client.waitFor('ChannelDestroyed', {
          where: ({ channel }) => channel.name.startsWith('PJSIP/bob'),
          timeoutMs: 5_000,
        });
        const ann = asterisk.call({ to: '100', from: 'Ann <555>' });
        await ann.hears('sound:hello-world');
        await client.idle({ timeoutMs: 5_000 });
        // Nobody waits for Bob here: the application of the test would complain of him.
        await client.channels.originate({ endpoint: 'PJSIP/bob', app: 'menu', appArgs: 'dialled', timeout: 20 });
        if (manner === 'ring') {
          await bob.rings();
          asterisk.advance(20_000);
        }
        await over;
        ann.hangup();
        await ann.ended();
      });
      const [asterisk, client] = await start();
      const told: unknown[] = [];
      client.on('Dial', ({ dialstatus }) => told.push(dialstatus));
      const originated = client
        .waitFor('PlaybackStarted', { timeoutMs: 5_000 })
        .then(() => client.channels.originate({ endpoint: 'PJSIP/bob', app: 'menu', appArgs: 'dialled', timeout: 20 }));
      expect(String(await replay(trace, asterisk))).toBe('as recorded');
      await originated;
      expect(told.at(-1)).toBe(manner === 'ring' ? 'NOANSWER' : 'BUSY');
    }
  });

  it('is what the call brought with it, and events of other kinds', async () => {
    const trace = await recorded(async (asterisk, client) => {
      const ann = asterisk.call({ to: '100', from: 'Ann <555>' });
      const { channelId } = ann;
      await ann.hears('sound:hello-world');
      await client.idle({ timeoutMs: 5_000 });
      expect(await client.channels.getChannelVar({ channelId, variable: 'LANGUAGE_WISH' })).toEqual({ value: 'de' });
      const { channel } = { channel: (await client.channels.get({ channelId })).toJSON() };
      asterisk.emit({ type: 'ChannelUserevent', eventname: 'nps', userevent: { of: channelId }, channel }, ['menu']);
      ann.hangup();
      await ann.ended();
    });
    const [asterisk, client] = await start();
    const events: unknown[] = [];
    client.on('ChannelUserevent', async ({ channel, userevent }) => {
      const { value } = await client.channels.getChannelVar({
        channelId: channel?.id ?? '',
        variable: 'LANGUAGE_WISH',
      });
      events.push([userevent, value]);
    });
    expect(String(await replay(trace, asterisk))).toBe('as recorded');
    const [ann] = asterisk.journal.eventsOf('StasisStart').map(({ event }) => (event['channel'] as { id: string }).id);
    expect(events).toEqual([[{ of: ann }, 'de']]);
  });

  it('is a broken event connection', async () => {
    const trace = await recorded(async (asterisk, client) => {
      const ann = asterisk.call({ to: '100', from: 'Ann <555>' });
      await ann.hears('sound:hello-world');
      await client.idle({ timeoutMs: 5_000 });
      const back = client.waitFor('gap', { timeoutMs: 5_000 });
      asterisk.faults.dropSocket();
      await back;
      ann.press('2');
      await ann.ended();
    });
    const [asterisk, client] = await start({}, 300);
    const states: string[] = [];
    client.on('state', ({ state }) => states.push(state));
    expect(String(await replay(trace, asterisk))).toBe('as recorded');
    expect(states).toEqual(['reconnecting', 'open']);
  });
});
