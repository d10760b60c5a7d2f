import { channel } from 'node:diagnostics_channel';
import { execFileSync } from 'node:child_process';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { AriClient, connect, type ClientOptions } from 'asterisk-ari';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { start } from '../support/events.js';
import { RawAsterisk } from './support/raw-asterisk.js';
import { atOnce, until } from './support/states.js';

const credentials = { url: 'http://127.0.0.1:9/', username: 'ari', password: 'secret-word' };

let client: AriClient;
let lines: string[];

const write = (line: string): unknown => lines.push(line);
const logger = { debug: write, info: write, warn: write, error: write };

beforeEach(() => {
  lines = [];
  client = new AriClient({ ...credentials, logger });
});

afterEach(() => client.close());

/** Values that resist being read, each in its own way. */
const awkward: readonly (readonly [name: string, make: () => unknown])[] = [
  ['an object without a prototype', () => Object.assign(Object.create(null) as object, { year: '2026' })],
  ['the groups of a regular expression', () => /(?<year>\d+)/.exec('2026')?.groups],
  ['an error whose stack throws', () => awkwardError('stack')],
  ['an error of which everything throws', () => awkwardError('stack', 'message', 'name', 'toString')],
  ['an error whose stack is no text', () => Object.assign(new Error('words'), { stack: Symbol('stack') })],
  ['an error whose message is no text', () => Object.assign(new Error(), { stack: 5, message: Symbol('words') })],
  ['a proxy that was revoked', revoked],
  ['undefined', () => undefined],
  ['a symbol', () => Symbol('thrown')],
  ['a text of some megabytes', () => 'x'.repeat(5_000_000)],
];

function awkwardError(...names: readonly string[]): Error {
  const get = (): never => {
    throw new Error('not to be read');
  };
  return Object.defineProperties(new Error('words'), Object.fromEntries(names.map((name) => [name, { get }])));
}

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

const failing: readonly (readonly [name: string, listener: () => unknown])[] = [
  ...awkward.map(([name, make]) => [`throws ${name}`, () => fail(make())] as const),
  ...awkward.map(([name, make]) => [`rejects with ${name}`, () => Promise.reject(make())] as const),
  ['returns something whose then throws', () => thenable(() => fail(new Error('then')))],
  ['returns something whose then cannot be read', () => new Proxy({}, { get: () => fail(5) })],
  ['returns something whose then fails late', () => thenable(() => Promise.reject(new Error('late')))],
  ['returns a proxy that was revoked', revoked],
];

function thenable(then: () => unknown): object {
  // oxlint-disable-next-line unicorn/no-thenable -- that is the point
  return { then };
}

function fail(thrown: unknown): never {
  throw thrown;
}

describe('a listener that', () => {
  it.each(failing)('%s stops nobody, and is told once in the log', async (_name, listener) => {
    const heard: string[] = [];
    client.on('StasisStart', listener);
    client.on('StasisStart', () => heard.push('client'));
    client.channels.on('StasisStart', listener);
    client.channels.handle('1').on('StasisStart', () => heard.push('object'));
    client.dispatch(start('1'));
    client.dispatch(start('1'));
    await setImmediate();
    expect(heard).toEqual(['client', 'object', 'client', 'object']);
    const told = lines.filter((line) => line.startsWith('a listener for StasisStart failed: '));
    expect(told).toHaveLength(4);
    expect(Math.max(...told.map(({ length }) => length))).toBeLessThan(20_000);
  });

  it.each(failing)('%s is told to listenerError, whatever that one does', async (_name, listener) => {
    const causes: string[] = [];
    client.on('listenerError', listener);
    client.on('listenerError', ({ event }) => causes.push(event.type));
    client.on('StasisStart', listener);
    client.dispatch(start('1'));
    await setImmediate();
    expect(causes).toEqual(['StasisStart']);
    expect(lines.filter((line) => line.startsWith('a listener for listenerError failed: '))).toHaveLength(1);
  });

  it('throws what it was told of is no failure of listenerError', () => {
    const causes: unknown[] = [];
    client.on('listenerError', ({ event }) => causes.push(event));
    client.on('unknown', (event) => fail(event));
    const lookalike = { ...start('1'), type: 'Lookalike', error: 'x', event: {} };
    client.dispatch(lookalike);
    expect(causes).toEqual([lookalike]);
  });

  it('spoils the event it was handed does not keep others from it', () => {
    const spoil = (event: object): unknown =>
      Object.defineProperty(event, 'type', { get: () => fail(new Error('spoilt')) });
    client.on('StasisStart', (event) => {
      spoil(event);
      fail(new Error('and failed'));
    });
    let heard = 0;
    client.on('StasisStart', () => (heard += 1));
    client.dispatch(start('1'));
    expect(heard).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/^a listener for an event failed: Error: and failed/)]);
  });
});

describe('a logger that', () => {
  it.each(failing)('%s stops nobody', async (_name, log) => {
    const logged = new AriClient({ ...credentials, logger: { debug: log, info: log, warn: log, error: log } });
    let heard = 0;
    logged.on('StasisStart', () => fail(new Error('for the log')));
    logged.on('StasisStart', () => (heard += 1));
    logged.dispatch(start('1'));
    await setImmediate();
    await logged.close();
    expect(heard).toBe(1);
  });
});

describe('while the event connection is open', () => {
  let raw: RawAsterisk;

  beforeEach(async () => {
    raw = await RawAsterisk.start();
  });

  afterEach(() => raw[Symbol.asyncDispose]());

  async function connected(options: Partial<ClientOptions> = {}): Promise<AriClient> {
    await client.close();
    client = await connect({ ...credentials, url: raw.url, logger, reconnect: atOnce, ...options });
    return client;
  }

  it.each(failing)('a callback of an application that %s stops no other, and is told', async (_name, callback) => {
    await connected();
    const told: string[] = [];
    client.onApplicationRegistered('hello', callback);
    client.onApplicationRegistered('hello', (app) => told.push(`+${app}`));
    client.onApplicationDeregistered('hello', callback);
    client.onApplicationDeregistered('hello', (app) => told.push(`-${app}`));
    await client.start('hello');
    client.onApplicationRegistered('hello', callback);
    await client.stop();
    await setImmediate();
    expect(told).toEqual(['+hello', '-hello']);
    expect(lines.filter((line) => line.startsWith('a listener for application hello failed: '))).toHaveLength(3);
  });

  it.each(failing)('a delay that %s gives way to the built-in one', async (_name, delay) => {
    await connected({ reconnect: { delay: delay as () => number, minDelayMs: 1, maxDelayMs: 1 } });
    await client.start('hello');
    const back = until(client, 'reconnecting').then(() => until(client, 'open'));
    raw.socket.terminate();
    await back;
  });

  it('a listener that alters the state it is told of changes nothing', async () => {
    await connected();
    client.on('state', (change) => Object.assign(change, { state: 'closed', previous: 'closed', error: 5 }));
    const registered: string[] = [];
    client.onApplicationRegistered('hello', (app) => registered.push(app));
    await client.start('hello');
    expect(client.state).toBe('open');
    await client.stop();
    expect(await client.closed).toBeUndefined();
    await client.start('hello');
    expect(registered).toEqual(['hello', 'hello']);
  });

  it('a diagnostics subscriber that alters or freezes what it is told changes nothing', async () => {
    await connected();
    const starts = channel('asterisk-ari:request:start');
    const get = (): never => fail(new Error('not to be read'));
    const spoil = (message: unknown): void => {
      Object.freeze(Object.defineProperty(message as object, 'attempts', { get, set: get }));
    };
    starts.subscribe(spoil);
    try {
      await expect(client.asterisk.getInfo()).resolves.toEqual({ system: { version: '22.10.1' } });
      raw.answer = (_, response) => response.writeHead(404).end();
      await expect(client.asterisk.ping()).rejects.toThrow('404');
    } finally {
      starts.unsubscribe(spoil);
    }
  });
});

it('without a logger, a warning of the process tells what a listener threw, without the password', () => {
  const program = `
    import { AriClient } from 'asterisk-ari';
    const client = new AriClient(${JSON.stringify(credentials)});
    const events = ['StasisStart', 'StasisEnd'].map((type) => ({ type, channel: { id: '1' } }));
    client.on('StasisStart', () => { throw Object.create(null, { groups: { value: 'secret-word', enumerable: true } }); });
    client.on('StasisStart', () => Promise.reject(Object.create(null)));
    client.on('StasisStart', () => console.log('start'));
    client.on('StasisEnd', () => console.log('end'));
    events.forEach((event) => client.dispatch(event));
    process.emitWarning = () => { throw new Error('no warnings here'); };
    events.forEach((event) => client.dispatch(event));
  `;
  const args = [
    '--input-type=module',
    '-e',
    `${program}\nprocess.on('warning', ({ message }) => console.log(message));`,
  ];
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const output = execFileSync(process.execPath, ['--no-warnings', ...args], { cwd: root, encoding: 'utf8' });
  const [first, ...rest] = output.trim().split('\n');
  expect([first, ...rest].filter((line) => !line?.startsWith('a listener'))).toEqual(['start', 'end', 'start', 'end']);
  expect(rest.filter((line) => line.startsWith('a listener'))).toEqual([
    "a listener for StasisStart failed: [Object: null prototype] { groups: '***' }",
  ]);
});
