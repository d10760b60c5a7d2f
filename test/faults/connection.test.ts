import { AriConnectionError, AriError, connect, ForbiddenError, ServerError, UnauthorizedError } from 'asterisk-ari';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FaultProxy } from './support/proxy.js';
import { RawAsterisk, refuseWith } from './support/raw-asterisk.js';
import { atOnce, names, until, watchStates } from './support/states.js';

let asterisk: TestAsterisk;
let proxy: FaultProxy;

beforeEach(async () => {
  asterisk = await startAsterisk();
  proxy = await FaultProxy.start(asterisk.url);
});

afterEach(async () => {
  await proxy[Symbol.asyncDispose]();
  await asterisk.close();
});

const user = { username: 'ari', password: 'ari-secret' };

describe('a connection that breaks', () => {
  it('comes back after a cut, and says why it was gone', async () => {
    await using client = await connect({ ...user, url: proxy.url, reconnect: atOnce });
    const changes = watchStates(client);
    await client.start('hello');
    const back = until(client, 'open');
    proxy.cut();
    await back;
    expect(names(changes)).toEqual(['connecting', 'open', 'reconnecting', 'open']);
    const [, , lost] = changes;
    expect(lost).toMatchObject({ previous: 'open', attempt: 1 });
    expect(lost?.error).toBeInstanceOf(AriConnectionError);
    expect(client.state).toBe('open');
  });

  it('survives ten cuts in a row without doubling: one socket, every event once', async () => {
    await using client = await connect({ ...user, url: proxy.url, reconnect: { ...atOnce, stableMs: 0 } });
    await client.start('hello');
    for (let time = 0; time < 10; time += 1) {
      const back = until(client, 'open');
      proxy.cut(time % 2 === 0 ? 'reset' : 'end');
      await back;
    }
    let heard = 0;
    client.channels.on('StasisStart', () => (heard += 1));
    const started = client.waitFor('StasisStart', { timeoutMs: 5_000 });
    await client.channels.originate({ endpoint: 'Local/wait@default', app: 'hello' });
    await started;
    // Whatever else was on its way has arrived before the answer to another request.
    await client.asterisk.ping();
    expect(heard).toBe(1);
  });

  it('asks again while nobody listens, with growing delays that a hook may choose', async () => {
    const asked: [attempt: number, error: Error][] = [];
    const delay = (attempt: number, error: Error): number => {
      asked.push([attempt, error]);
      return 1;
    };
    await using client = await connect({ ...user, url: proxy.url, reconnect: { delay } });
    await client.start('hello');
    const tries = client.waitFor('state', { timeoutMs: 5_000, where: ({ attempt }) => attempt === 5 });
    proxy.refuse();
    proxy.cut();
    await tries;
    const back = until(client, 'open');
    await proxy.accept();
    await back;
    expect(asked.map(([attempt]) => attempt).slice(0, 5)).toEqual([1, 2, 3, 4, 5]);
    expect(asked[1]?.[1].message).toContain('ECONNREFUSED');
  });

  it('a hook that throws or returns nonsense ends nothing', async () => {
    const answers = [Number.NaN, -1, undefined as unknown as number];
    const delay = (attempt: number): number => {
      if (attempt > 3) {
        throw new Error('a hook of mine');
      }
      return answers[attempt - 1] as number;
    };
    await using client = await connect({ ...user, url: proxy.url, reconnect: { delay, minDelayMs: 1, maxDelayMs: 2 } });
    await client.start('hello');
    const tries = client.waitFor('state', { timeoutMs: 5_000, where: ({ attempt }) => attempt === 5 });
    proxy.refuse();
    proxy.cut();
    await tries;
    const back = until(client, 'open');
    await proxy.accept();
    await back;
  });

  it('counts attempts on until a connection has held for the stable time', async () => {
    const reconnect = { delay: () => 0, stableMs: 60_000 };
    await using client = await connect({ ...user, url: proxy.url, reconnect });
    const changes = watchStates(client);
    await client.start('hello');
    for (let time = 0; time < 3; time += 1) {
      const back = until(client, 'open');
      proxy.cut();
      await back;
    }
    expect(changes.flatMap(({ attempt }) => attempt ?? [])).toEqual([1, 2, 3]);
  });

  it('gives up after the attempts it was allowed: run() throws, closed resolves with the reason', async () => {
    await using client = await connect({ ...user, url: proxy.url, reconnect: { ...atOnce, maxAttempts: 2 } });
    const { closed } = client;
    const run = client.run('hello');
    await until(client, 'open');
    proxy.refuse();
    proxy.cut();
    await expect(run).rejects.toThrow(/ECONNREFUSED/);
    expect(await closed).toBeInstanceOf(AriConnectionError);
    expect(client.state).toBe('closed');
    await proxy.accept();
    await client.start('hello');
    expect(client.state).toBe('open');
  });

  it('stays closed where reconnecting is switched off', async () => {
    await using client = await connect({ ...user, url: proxy.url, reconnect: false });
    const changes = watchStates(client);
    await client.start('hello');
    proxy.cut();
    expect(await client.closed).toBeInstanceOf(AriConnectionError);
    expect(names(changes)).toEqual(['connecting', 'open', 'closed']);
  });

  it('is not opened again once it was closed on purpose, whatever the old socket still does', async () => {
    await using client = await connect({ ...user, url: proxy.url, reconnect: atOnce });
    const changes = watchStates(client);
    await client.start('hello');
    const before = proxy.accepted;
    const stopped = client.stop();
    proxy.cut();
    await stopped;
    expect(await client.closed).toBeUndefined();
    await client.asterisk.ping();
    expect(names(changes)).toEqual(['connecting', 'open', 'closed']);
    expect(proxy.accepted).toBeLessThanOrEqual(before + 1);
  });

  it('stop() ends it while it waits for the next attempt, and while it is opening', async () => {
    await using client = await connect({ ...user, url: proxy.url, reconnect: { delay: () => 60_000 } });
    await client.start('hello');
    const waiting = until(client, 'reconnecting');
    proxy.cut();
    await waiting;
    await client.stop();
    expect(client.state).toBe('closed');
    proxy.freeze();
    const opening = client.start('hello');
    opening.catch(() => undefined);
    await client.stop();
    await expect(opening).rejects.toThrow(/opening the event connection to .* was aborted/);
    expect(client.state).toBe('closed');
  });
});

describe('a line that is slow', () => {
  it('changes nothing but the time it takes', async () => {
    proxy.delay(40);
    await using client = await connect({ ...user, url: proxy.url });
    await client.start('hello');
    const types: string[] = [];
    client.on('*', ({ type }) => types.push(type));
    const ended = client.waitFor('StasisEnd', { timeoutMs: 5_000 });
    const channel = await client.channels.originate({ endpoint: 'Local/wait@default', app: 'hello' });
    await channel.hangup();
    await ended;
    expect(types.indexOf('StasisStart')).toBeGreaterThanOrEqual(0);
    expect(types.indexOf('StasisEnd')).toBeGreaterThan(types.indexOf('StasisStart'));
  });

  it.each([1, 3, 100])('or cuts everything into pieces of %i bytes', async (bytes) => {
    proxy.slice(bytes);
    await using client = await connect({ ...user, url: proxy.url });
    await client.start('hello');
    const started = client.waitFor('StasisStart', { timeoutMs: 5_000 });
    const channel = await client.channels.originate({ endpoint: 'Local/wait@default', app: 'hello' });
    expect((await started).channel.toJSON()).toMatchObject({ id: channel.id, dialplan: { app_name: 'Stasis' } });
  });
});

describe('a connection that is only seemingly there', () => {
  it('is found out by pings, and replaced', async () => {
    await using client = await connect({ ...user, url: proxy.url, pingIntervalMs: 50, reconnect: atOnce });
    await client.start('hello');
    const lost = until(client, 'reconnecting');
    proxy.freeze();
    await lost;
    const back = until(client, 'open');
    proxy.cut();
    proxy.thaw();
    await back;
  });

  it('is found out soon after the process stood still, however rare the pings are', async () => {
    await using client = await connect({ ...user, url: proxy.url, pingIntervalMs: 60_000, reconnect: atOnce });
    await client.start('hello');
    const lost = until(client, 'reconnecting');
    proxy.freeze();
    const end = performance.now() + 300;
    while (performance.now() < end) {
      // The event loop is blocked.
    }
    await lost;
    proxy.cut();
    proxy.thaw();
  });

  it('is not given up because the process itself stood still', async () => {
    await using client = await connect({ ...user, url: proxy.url, pingIntervalMs: 100, slowAfterMs: 0 });
    const changes = watchStates(client);
    await client.start('hello');
    for (let time = 0; time < 3; time += 1) {
      const until = performance.now() + 350;
      while (performance.now() < until) {
        // The event loop is blocked.
      }
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    expect(names(changes)).toEqual(['connecting', 'open']);
  });

  it('does not keep close() waiting', async () => {
    await using client = await connect({ ...user, url: proxy.url, pingIntervalMs: 0 });
    await client.start('hello');
    proxy.freeze();
    const begun = performance.now();
    await client.close();
    expect(performance.now() - begun).toBeLessThan(3_000);
  });
});

describe('a server that refuses', () => {
  it.each([
    [401, UnauthorizedError],
    [403, ForbiddenError],
  ])('%i is final, also after it was open', async (status, errorClass) => {
    await using raw = await RawAsterisk.start();
    await using client = await connect({ ...user, url: raw.url, reconnect: atOnce });
    await client.start('hello');
    raw.refusal = refuseWith(status);
    raw.socket.terminate();
    expect(await client.closed).toBeInstanceOf(errorClass);
    await expect(client.start('hello')).rejects.toThrow(errorClass);
  });

  it('404 is final at the first time, but not while Asterisk is starting again; nor are 503, 502, 429', async () => {
    await using raw = await RawAsterisk.start();
    await using client = await connect({ ...user, url: raw.url, reconnect: { delay: () => 5 } });
    await client.start('hello');
    const attempts: string[] = [];
    const answers = [404, 404, 503, 502, 429];
    raw.refusal = (request, socket) => {
      const status = answers[attempts.length];
      attempts.push(String(status));
      if (attempts.length === answers.length) {
        raw.refusal = undefined;
      }
      refuseWith(status as number)?.(request, socket);
    };
    const back = until(client, 'open');
    raw.socket.terminate();
    await back;
    expect(attempts).toEqual(['404', '404', '503', '502', '429']);
    await client.stop();
    raw.refusal = refuseWith(404, '<h1>Not Found</h1>', 'text/html');
    await expect(client.start('hello')).rejects.toThrow(/404 Not Found/);
  });

  it('start() waits for an Asterisk that has not finished starting, not longer than its time allows', async () => {
    await using raw = await RawAsterisk.start();
    await using client = await connect({ ...user, url: raw.url, timeoutMs: 600 });
    let refused = 0;
    raw.refusal = (request, socket) => {
      refused += 1;
      if (refused === 2) {
        raw.refusal = undefined;
      }
      refuseWith(503, '{"message":"Asterisk not booted"}')?.(request, socket);
    };
    await client.start('hello');
    expect(refused).toBe(2);
    await client.stop();
    raw.refusal = refuseWith(503, '{"message":"Asterisk not booted"}');
    await expect(client.start('hello')).rejects.toThrow(ServerError);
  });

  it.each([
    [1000, 'open'],
    [1001, 'open'],
    [1011, 'open'],
    [1013, 'open'],
    [4000, 'open'],
    [1010, 'closed'],
    [1008, 'closed'],
  ] as const)('close code %i leads to %s', async (code, state) => {
    await using raw = await RawAsterisk.start();
    await using client = await connect({ ...user, url: raw.url, reconnect: atOnce });
    await client.start('hello');
    const next = until(client, state);
    raw.socket.close(code, 'because');
    await next;
    if (state === 'closed') {
      expect(await client.closed).toMatchObject({ message: expect.stringContaining(`(${code}): because`) as string });
    }
  });

  it('an upgrade that never comes, or ends in nothing, fails within its time', async () => {
    await using raw = await RawAsterisk.start();
    await using client = await connect({ ...user, url: raw.url, timeoutMs: 200 });
    raw.refusal = () => undefined;
    await expect(client.start('hello')).rejects.toThrow(AriConnectionError);
    raw.refusal = (_, socket) => socket.destroy();
    await expect(client.start('hello')).rejects.toThrow(/socket hang up/);
    raw.refusal = (_, socket) => socket.write('HTTP/1.1 403 No\r\nContent-Length: 100\r\n\r\n');
    await expect(client.start('hello')).rejects.toThrow(AriError);
    expect(client.state).toBe('closed');
  });
});
