import { channel } from 'node:diagnostics_channel';
import { connect, NotFoundError, type AriClient } from 'asterisk-ari';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instrument, type Meter, type Tracer } from '../../examples/opentelemetry.js';
import { atOnce, until } from './support/states.js';

const names = ['request:start', 'request:end', 'request:error', 'event', 'connection'] as const;

let asterisk: TestAsterisk;
let client: AriClient;
let told: [name: string, message: Record<string, unknown>][];
let stops: (() => void)[];

beforeEach(async () => {
  asterisk = await startAsterisk();
  client = await connect(asterisk.url, asterisk.username, asterisk.password, {
    reconnect: atOnce,
    retry: { minDelayMs: 1, maxDelayMs: 2 },
    transport: 'http',
  });
  told = [];
  stops = names.map((name) => {
    const full = `asterisk-ari:${name}`;
    const subscriber = (message: unknown): void => {
      // A copy: what is told at the start grows until the end.
      told.push([name, { ...(message as object) }]);
    };
    channel(full).subscribe(subscriber);
    return () => channel(full).unsubscribe(subscriber);
  });
});

afterEach(async () => {
  stops.forEach((stop) => stop());
  await client.close();
  await asterisk.close();
});

function of(...wanted: string[]) {
  return told.filter(([name]) => wanted.includes(name));
}

describe('the example for OpenTelemetry', () => {
  it('makes a span of each request and counts events', async () => {
    const spans: string[] = [];
    const counted: string[] = [];
    const tracer: Tracer = {
      startSpan: (name, { attributes }) => {
        const noted: Record<string, unknown> = { ...attributes };
        return {
          setAttribute: (key, value) => (noted[key] = value),
          setStatus: ({ code }) => (noted['status'] = code),
          recordException: (error) => (noted['exception'] = error.name),
          end: () => spans.push(`${name} ${JSON.stringify({ ...noted, 'server.address': '' })}`),
        };
      },
    };
    const meter: Meter = {
      createCounter: (name) => ({
        add: (value, { type, state }) => void counted.push(`${name} ${type ?? state} ${value}`),
      }),
    };
    stops.push(instrument(tracer, meter));
    await client.start('hello');
    await client.bridges.get({ bridgeId: 'none' }).catch(() => undefined);
    const started = client.waitFor('StasisStart');
    asterisk.call({ to: 'stasis-hello' });
    await started;
    expect(counted).toEqual(
      expect.arrayContaining([
        'ari.connection.changes connecting 1',
        'ari.connection.changes open 1',
        'ari.events StasisStart 1',
      ]),
    );
    expect(spans).toContain(
      'bridges.get {"http.request.method":"GET","url.path":"/ari/bridges/none","server.address":"",' +
        '"http.request.resend_count":0,"http.response.status_code":404,"exception":"NotFoundError","status":2}',
    );
  });
});

describe('diagnostics channels', () => {
  it('tell of requests, at the start and at the end', async () => {
    const server = new URL(asterisk.url).host;
    await client.bridges.createWithId({ bridgeId: 'a/b', type: 'mixing' });
    const request = {
      client: { name: expect.stringMatching(/^ari-\d+$/) as string, redact: expect.any(Function) as unknown },
      server,
      operation: 'bridges.createWithId',
      method: 'POST',
      path: '/bridges/a%2Fb',
      route: '/bridges/{bridgeId}',
      query: '',
      body: '{"type":"mixing"}',
      own: false,
    };
    expect(of('request:start', 'request:end')).toEqual([
      ['request:start', { ...request, attempts: 0 }],
      ['request:end', { ...request, attempts: 1, status: 200, answer: expect.stringMatching(/^\{.*"id":/) as string }],
    ]);
  });

  it('tell of failures and of repetitions', async () => {
    const error = await client.bridges.get({ bridgeId: 'none' }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(NotFoundError);
    asterisk.faults.next({ path: '/asterisk/ping' }).drop();
    await client.asterisk.ping();
    expect(of('request:error')).toEqual([
      ['request:error', expect.objectContaining({ operation: 'bridges.get', status: 404, error, attempts: 1 })],
    ]);
    expect(of('request:end')).toEqual([['request:end', expect.objectContaining({ attempts: 2, status: 200 })]]);
  });

  it('hand the same message to start and end, so that a span can be kept by it', async () => {
    const seen: unknown[] = [];
    const keep = (message: unknown): void => void seen.push(message);
    channel('asterisk-ari:request:start').subscribe(keep);
    channel('asterisk-ari:request:end').subscribe(keep);
    await client.asterisk.ping();
    channel('asterisk-ari:request:start').unsubscribe(keep);
    channel('asterisk-ari:request:end').unsubscribe(keep);
    expect(seen).toHaveLength(2);
    expect(seen[0]).toBe(seen[1]);
  });

  it('tell of events before any listener, and of the connection', async () => {
    await client.start('hello');
    const order: string[] = [];
    channel('asterisk-ari:event').subscribe(onEvent);
    client.on('StasisStart', () => order.push('listener'));
    const started = client.waitFor('StasisStart');
    asterisk.call({ to: 'stasis-hello' });
    await started;
    channel('asterisk-ari:event').unsubscribe(onEvent);
    expect(order).toEqual(['channel', 'listener']);
    const back = until(client, 'open');
    asterisk.faults.dropSocket();
    await back;
    await client.stop();
    expect(of('connection').map(([, { state, apps }]) => [state, apps])).toEqual([
      ['connecting', ['hello']],
      ['open', ['hello']],
      ['reconnecting', ['hello']],
      ['open', ['hello']],
      ['closed', ['hello']],
    ]);
    const [event] = of('event').map(([, message]) => JSON.parse(message['event'] as string) as { type: string });
    expect(event?.type).toBe('StasisStart');

    function onEvent(message: unknown): void {
      if ((message as { event: string }).event.includes('"StasisStart"')) {
        order.push('channel');
      }
    }
  });

  it('a subscriber that throws spoils nothing', async () => {
    const caught: unknown[] = [];
    const listeners = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', (error) => caught.push(error));
    const fail = (): never => {
      throw new Error('my subscriber');
    };
    channel('asterisk-ari:request:end').subscribe(fail);
    expect((await client.asterisk.ping()).ping).toBe('pong');
    channel('asterisk-ari:request:end').unsubscribe(fail);
    // Node reports it by itself, as for any subscriber.
    await expect.poll(() => caught.length).toBe(1);
    process.removeAllListeners('uncaughtException');
    listeners.forEach((listener) => process.on('uncaughtException', listener));
  });
});
