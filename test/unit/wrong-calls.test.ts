import { AriAbortError, AriClient, AriValidationError, connect, toDate, type ClientOptions } from 'asterisk-ari';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { start } from '../support/events.js';
import { startRecordingServer } from '../support/recording-server.js';

type Wrong = never;

let server: Awaited<ReturnType<typeof startRecordingServer>>;
let options: ClientOptions;
let client: AriClient;

beforeAll(async () => {
  server = await startRecordingServer((_, response) => response.end('{}'));
  options = { url: server.url, username: 'ari', password: 'secret' };
});

afterAll(() => server.close());

beforeEach(() => {
  client = new AriClient(options);
});

afterEach(async () => {
  await client.close();
  expect(server.requests.splice(0), 'nothing of this is sent').toEqual([]);
});

/** Makes a wrong call, whose failure may come at once or as a rejection, and gives its message. */
async function refusal(call: () => unknown): Promise<string> {
  try {
    await call();
  } catch (error) {
    expect(error).toBeInstanceOf(AriValidationError);
    return (error as AriValidationError).message;
  }
  return 'was not refused';
}

const circular: Record<string, unknown> = {};
circular['self'] = circular;

describe('parameters', () => {
  it.each([
    [null, 'channels.get: parameters must be an object with channelId, not null'],
    ['1700000000.1', 'channels.get: parameters must be an object with channelId, not "1700000000.1"'],
    [[], 'channels.get: parameters must be an object with channelId, not an empty list'],
    [7, 'channels.get: parameters must be an object with channelId, not 7'],
    [() => undefined, 'channels.get: parameters must be an object with channelId, not a function'],
    [undefined, "channels.get: parameter 'channelId' is required"],
  ])('that are %s', async (params, message) => {
    expect(await refusal(() => client.channels.get(params as Wrong))).toBe(message);
  });

  it.each([
    ['x', 'GET /channels: parameters must be an object, not "x"'],
    [[1], 'GET /channels: parameters must be an object, not a list'],
  ])("%o, of a request of one's own", async (params, message) => {
    expect(await refusal(() => client.request('GET /channels', params as Wrong))).toBe(message);
  });

  it.each([Symbol('s'), undefined, {}, 5])('%o is no route', async (route) => {
    expect(await refusal(() => client.request(route as Wrong))).toMatch(
      /^request: route must be GET, POST, PUT or DEL/,
    );
  });

  it('null, of any operation', async () => {
    const { asterisk, endpoints, channels, bridges, recordings, sounds, playbacks } = client;
    const { deviceStates, mailboxes, events, applications } = client;
    const all = [asterisk, endpoints, channels, bridges, recordings, sounds, playbacks, deviceStates, mailboxes];
    for (const repository of [...all, events, applications]) {
      const methods = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(repository) as object));
      for (const [name, { value }] of methods.filter(([each]) => !/^constructor$|handle$/i.test(each))) {
        const call = (value as (...args: unknown[]) => unknown).bind(repository, null);
        expect(await refusal(call), name).toMatch(/ must be an object with .*, not null$/);
      }
    }
  });
});

describe('parameters of an object that fills in its id', () => {
  /** Everything that has operations and an id, with the names by which its operations know the id. */
  const objects = (): [handle: object, ids: string[]][] => {
    const { channels, bridges, playbacks, recordings, endpoints, deviceStates } = client;
    const { mailboxes, sounds, applications, asterisk } = client;
    return [
      [channels.handle('1'), ['channelId']],
      [bridges.handle('1'), ['bridgeId']],
      [playbacks.handle('1'), ['playbackId']],
      [recordings.liveRecordingHandle('1'), ['recordingName']],
      [recordings.storedRecordingHandle('1'), ['recordingName']],
      [endpoints.handle('PJSIP', 'ann'), ['tech', 'resource']],
      [deviceStates.handle('Stasis:1'), ['deviceName']],
      [mailboxes.handle('1@x'), ['mailboxName']],
      [sounds.handle('1'), ['soundId']],
      [applications.handle('1'), ['applicationName']],
      [asterisk.moduleHandle('1'), ['moduleName']],
      [asterisk.logChannelHandle('1'), ['logChannelName']],
    ];
  };

  /** Has all their operations called with that, and gives what is said, by operation. */
  async function refusals(given: (ids: string[]) => unknown): Promise<[string, string][]> {
    const said: [string, string][] = [];
    for (const [handle, ids] of objects()) {
      const methods = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(handle) as object));
      for (const [name, { value }] of methods) {
        if (name !== 'constructor' && typeof value === 'function') {
          const call = (value as (...args: unknown[]) => unknown).bind(handle, given(ids));
          said.push([`${handle.constructor.name}.${name}`, await refusal(call)]);
        }
      }
    }
    expect(said.length).toBeGreaterThan(70);
    return said;
  }

  it.each([
    [5, '5'],
    [null, 'null'],
    ['sound:hello-world', '"sound:hello-world"'],
    [['2'], 'a list'],
    [() => undefined, 'a function'],
    [new Date(), 'a Date'],
    [Promise.resolve(), 'a Promise'],
    [new Map(), 'a Map'],
  ])('that are %o', async (given, what) => {
    for (const [operation, message] of await refusals(() => given)) {
      expect(message, operation).toMatch(/^\w+\.\w+: (?:parameters|options) must be an object with /);
      expect(message.endsWith(`, not ${what}`), `${operation}: ${message}`).toBe(true);
    }
  });

  it('with that id, of which an object has its own', async () => {
    for (const [operation, message] of await refusals((ids) => ({ [ids.at(-1) ?? '']: 'other' }))) {
      expect(message, operation).toMatch(/'\w+' (?:comes from the object itself|does not exist); allowed are \w/);
    }
    for (const [operation, message] of await refusals((ids) => Object.fromEntries(ids.map((id) => [id, 'other'])))) {
      const [, id = '', allowed = ''] = /'(\w+)' .*; allowed are (.*)$/.exec(message) ?? [];
      expect(allowed.split(', '), operation).not.toContain(id);
    }
    const { channels, endpoints } = client;
    const other = { channelId: 'other', endpoint: 'PJSIP/ann', app: 'hello' };
    expect(await refusal(() => channels.handle('1').hangup(other as Wrong))).toBe(
      "channels.hangup: parameter 'channelId' comes from the object itself; allowed are reason_code, reason",
    );
    expect(await refusal(() => channels.handle('1').originateWithId(other as Wrong))).toContain("'channelId' comes");
    expect(await refusal(() => endpoints.handle('PJSIP', 'ann').sendMessageToEndpoint({ tech: 'SIP' } as Wrong))).toBe(
      "endpoints.sendMessageToEndpoint: parameter 'tech' comes from the object itself; allowed are from, body, variables",
    );
  });

  it('of which some do not exist', async () => {
    expect(await refusal(() => client.channels.handle('1').hangup({ why: 'busy' } as Wrong))).toBe(
      "channels.hangup: parameter 'why' does not exist; allowed are reason_code, reason",
    );
    expect(await refusal(() => client.channels.handle('1').mute({ constructor: 'both' } as Wrong))).toBe(
      "channels.mute: parameter 'constructor' does not exist; allowed are direction",
    );
  });
});

describe('options of a request', () => {
  it.each([
    [null, 'channels.get: options must be an object with signal, timeoutMs, retry, not null'],
    [5_000, 'channels.get: options must be an object with signal, timeoutMs, retry, not 5000'],
    [AbortSignal.abort(), 'channels.get: options must be an object with signal, timeoutMs, retry, not an AbortSignal'],
    [{ timeout: 5 }, "channels.get: option 'timeout' does not exist; allowed are signal, timeoutMs, retry"],
    [{ channelId: '1' }, "channels.get: option 'channelId' does not exist; allowed are signal, timeoutMs, retry"],
    [{ signal: {} }, "channels.get: option 'signal' must be an AbortSignal, not an object"],
    [{ signal: null }, "channels.get: option 'signal' must be an AbortSignal, not null"],
    [{ signal: new AbortController() }, "channels.get: option 'signal' must be an AbortSignal, not an AbortController"],
    [{ timeoutMs: '5' }, 'channels.get: option \'timeoutMs\' must be a whole number, at least 0, not "5"'],
    [{ timeoutMs: Infinity }, "channels.get: option 'timeoutMs' must be a whole number, at least 0, not Infinity"],
    [{ timeoutMs: Number.NaN }, "channels.get: option 'timeoutMs' must be a whole number, at least 0, not NaN"],
    [{ timeoutMs: -1 }, "channels.get: option 'timeoutMs' must be a whole number, at least 0, not -1"],
    [{ timeoutMs: 5n }, "channels.get: option 'timeoutMs' must be a whole number, at least 0, not 5"],
    [
      { retry: null },
      "channels.get: option 'retry' must be an object with maxRetries, minDelayMs, maxDelayMs, not null",
    ],
    [{ retry: 3 }, "channels.get: option 'retry' must be an object with maxRetries, minDelayMs, maxDelayMs, not 3"],
    [
      { retry: { times: 3 } },
      "channels.get: option 'retry.times' does not exist; allowed are maxRetries, minDelayMs, maxDelayMs",
    ],
    [
      { retry: { maxRetries: 0.5 } },
      "channels.get: option 'retry.maxRetries' must be a whole number, at least 0, not 0.5",
    ],
    [
      { retry: { minDelayMs: -5 } },
      "channels.get: option 'retry.minDelayMs' must be a whole number, at least 0, not -5",
    ],
    [
      { retry: { maxDelayMs: Infinity } },
      "channels.get: option 'retry.maxDelayMs' must be a whole number, at least 0, not Infinity",
    ],
  ])('%o', async (wrong, message) => {
    const get = client.channels.get({ channelId: '1' }, wrong as Wrong);
    expect(await refusal(() => get)).toBe(message);
    expect(await refusal(() => client.channels.handle('1').get(wrong as Wrong))).toBe(message);
    expect(await refusal(() => client.probe(wrong as Wrong))).toBe(message.replace('channels.get', 'asterisk.getInfo'));
  });

  it('are looked at of the opening of the event connection, too', async () => {
    const open = (params: unknown, given?: unknown) => () =>
      client.events.eventWebsocket(params as Wrong, given as Wrong);
    expect(await refusal(open({}))).toContain("parameter 'app' is required");
    expect(await refusal(open({ app: 5 }))).toContain("parameter 'app' must be a string, not 5");
    expect(await refusal(open({ app: 'hello', all: true }))).toContain("parameter 'all' does not exist");
    expect(await refusal(open({ app: 'hello' }, { signal: 5 }))).toContain("option 'signal'");
    expect(await refusal(open({ app: 'hello' }, { timeoutMs: '1' }))).toContain("option 'timeoutMs'");
  });
});

describe('listening', () => {
  const listen = ['on', 'once', 'off'] as const;
  const scopes = (): AriClient[] => [client, client.channels, client.channels.handle('1')] as unknown[] as AriClient[];

  it.each(listen)('%s() wants a function', async (method) => {
    for (const scope of scopes()) {
      // Without a listener, off() takes all away.
      const missing = method === 'off' ? [] : [undefined];
      for (const wrong of [...missing, null, 'listener', {}, Promise.resolve()]) {
        const call = (): unknown => scope[method]('StasisStart', wrong as Wrong);
        expect(await refusal(call)).toMatch(new RegExp(`^${method}: listener must be a function, not `));
      }
    }
  });

  it.each(listen)('%s() wants types of events that can come there', async (method) => {
    const names = ['Nonsense', '', 'constructor', '__proto__', ['StasisStart', 'Nonsense']];
    const others = [
      undefined,
      null,
      7,
      Symbol('type'),
      {},
      circular,
      [],
      ['StasisStart', 7],
      [Symbol('type')],
      Array.from<string>({ length: 2 }),
    ];
    for (const scope of scopes()) {
      for (const wrong of names) {
        const message = await refusal(() => scope[method](wrong as Wrong, () => undefined));
        expect(message).toMatch(/^no event '.*' can come from .*StasisStart/);
      }
      for (const wrong of others) {
        const message = await refusal(() => scope[method](wrong as Wrong, () => undefined));
        expect(message).toMatch(/^a type of event, or a list of some, must be named, not /);
      }
    }
  });

  it.each([
    [null, /options must be an object with signal, application, distinct, not null$/],
    [true, /options must be an object with signal, application, distinct, not true$/],
    [{ once: true }, /option 'once' does not exist; allowed are signal, application, distinct$/],
    [{ signal: {} }, /option 'signal' must be an AbortSignal, not an object$/],
  ])('with options %o is refused', async (wrong, message) => {
    expect(await refusal(() => client.on('StasisStart', () => undefined, wrong as Wrong))).toMatch(message);
    expect(await refusal(() => client.channels.once('StasisStart', () => undefined, wrong as Wrong))).toMatch(message);
  });

  it.each([
    [null, 'stream: options must be an object with signal, maxQueued, whenFull, application, distinct, not null'],
    [
      { maxQueue: 5 },
      "stream: option 'maxQueue' does not exist; allowed are signal, maxQueued, whenFull, application, distinct",
    ],
    [{ signal: 'now' }, 'stream: option \'signal\' must be an AbortSignal, not "now"'],
    [{ maxQueued: 0 }, "stream: option 'maxQueued' must be a whole number, at least 1, not 0"],
    [{ maxQueued: Infinity }, "stream: option 'maxQueued' must be a whole number, at least 1, not Infinity"],
    [{ maxQueued: '5' }, 'stream: option \'maxQueued\' must be a whole number, at least 1, not "5"'],
    [{ whenFull: 'drop' }, 'stream: option \'whenFull\' must be close or dropOldest, not "drop"'],
  ])('stream() with options %o is refused', async (wrong, message) => {
    expect(await refusal(() => client.stream('StasisStart', wrong as Wrong))).toBe(message);
    expect(await refusal(() => client.channels.handle('1').stream('StasisStart', wrong as Wrong))).toBe(message);
  });

  it.each([
    [null, 'waitFor: options must be an object with timeoutMs, signal, where, application, distinct, not null'],
    [5_000, 'waitFor: options must be an object with timeoutMs, signal, where, application, distinct, not 5000'],
    [
      { timeout: 5 },
      "waitFor: option 'timeout' does not exist; allowed are timeoutMs, signal, where, application, distinct",
    ],
    [{ timeoutMs: Infinity }, "waitFor: option 'timeoutMs' must be a whole number, at least 0, not Infinity"],
    [{ timeoutMs: '5' }, 'waitFor: option \'timeoutMs\' must be a whole number, at least 0, not "5"'],
    [{ timeoutMs: Number.NaN }, "waitFor: option 'timeoutMs' must be a whole number, at least 0, not NaN"],
    [{ timeoutMs: -1 }, "waitFor: option 'timeoutMs' must be a whole number, at least 0, not -1"],
    [{ timeoutMs: null }, "waitFor: option 'timeoutMs' must be a whole number, at least 0, not null"],
    [{ signal: {} }, "waitFor: option 'signal' must be an AbortSignal, not an object"],
    [{ where: 'digit' }, 'waitFor: option \'where\' must be a function, not "digit"'],
  ])('waitFor() with options %o is refused', async (wrong, message) => {
    expect(await refusal(() => client.waitFor('StasisStart', wrong as Wrong))).toBe(message);
    expect(await refusal(() => client.channels.waitFor('StasisStart', wrong as Wrong))).toBe(message);
  });

  it('waitFor() wants a condition that answers at once', async () => {
    const where = (): Promise<boolean> => Promise.reject(new Error('nobody hears of it'));
    const wait = client.waitFor('StasisStart', { where: where as Wrong });
    client.dispatch(start('1'));
    expect(await refusal(() => wait)).toBe("waitFor: option 'where' must answer at once, not by a promise");
  });

  it('a wait for longer than a timer can hold is not over at once', async () => {
    const wait = client.waitFor('StasisStart', { timeoutMs: 2 ** 31 });
    const other = client.waitFor('StasisEnd', { timeoutMs: Number.MAX_SAFE_INTEGER });
    await new Promise((resolve) => setTimeout(resolve, 20));
    client.dispatch(start('1'));
    expect((await wait).channel.id).toBe('1');
    await client.close();
    await expect(other).rejects.toThrow(AriAbortError);
  });

  it.each([
    ['', 'Channel: id must not be empty'],
    ['.', "Channel: id must not be '.'"],
    ['..', "Channel: id must not be '..'"],
    ['\ud800', 'Channel: id must be well-formed Unicode'],
    ['a\0b', 'Channel: id must not hold a NUL character'],
    [null, 'Channel: id must be a string, not null'],
    [17, 'Channel: id must be a string, not 17'],
    [{}, 'Channel: id must be a string, not an object'],
    [Object.create(null), 'Channel: id must be a string, not an object'],
  ])('to a channel whose id is %o is refused, as every request is', async (id, message) => {
    const channel = client.channels.handle(id as Wrong);
    expect(await refusal(() => channel.on('StasisStart', () => undefined))).toBe(message);
    expect(await refusal(() => channel.once('StasisStart', () => undefined))).toBe(message);
    expect(await refusal(() => channel.stream('StasisStart'))).toBe(message);
    expect(await refusal(() => channel.waitFor('StasisStart'))).toBe(message);
    expect(await refusal(() => channel.answer())).not.toBe('was not refused');
  });

  it('to an endpoint of which a part is odd is refused', async () => {
    const endpoint = client.endpoints.handle('PJSIP', '..');
    const listener = (): unknown => endpoint.on('EndpointStateChange', () => undefined);
    expect(await refusal(listener)).toBe("Endpoint: resource must not be '..'");
  });
});

describe('running', () => {
  it.each([
    [null, 'idle: options must be an object with timeoutMs, signal, not null'],
    [{ timeout: 5 }, "idle: option 'timeout' does not exist; allowed are timeoutMs, signal"],
    [{ timeoutMs: '5' }, 'idle: option \'timeoutMs\' must be a whole number, at least 0, not "5"'],
    [{ signal: {} }, "idle: option 'signal' must be an AbortSignal, not an object"],
  ])('idle() with options %o is refused', async (wrong, message) => {
    const waiting = client.idle(wrong as Wrong);
    expect(await refusal(() => waiting)).toBe(message);
  });

  it.each([
    [null, 'options must be an object with subscribeAll, signal, not null'],
    ['all', 'options must be an object with subscribeAll, signal, not "all"'],
    [{ subscribeall: true }, "option 'subscribeall' does not exist; allowed are subscribeAll, signal"],
    [{ subscribeAll: 'yes' }, 'option \'subscribeAll\' must be true or false, not "yes"'],
    [{ signal: {} }, "option 'signal' must be an AbortSignal, not an object"],
  ])('with options %o is refused', async (wrong, message) => {
    expect(await refusal(() => client.start('hello', wrong as Wrong))).toContain(message);
    expect(await refusal(() => client.run('hello', wrong as Wrong))).toContain(message);
    expect(client.state).toBe('closed');
  });

  it.each([
    [null, 'not null'],
    [undefined, 'not undefined'],
    [7, 'not 7'],
    [{}, 'not an object'],
    [[], 'not an empty list'],
    ['', 'unlike ""'],
    ['a,,b', 'unlike ""'],
    [['a', 5n], 'unlike 5'],
    [['a', circular], 'unlike an object'],
    [['a', Symbol('b')], 'unlike Symbol(b)'],
    // oxlint-disable-next-line no-sparse-arrays -- that is the point
    [['a', , 'b'], 'unlike undefined'],
    [['a,b'], 'unlike "a,b"'],
    ['a\u0000b', 'unlike "a\\u0000b"'],
    ['\ud800', 'unlike "\\ud800"'],
    ['x'.repeat(74), 'unlike "xxx'],
  ])('applications %o are refused, aborted or not', async (apps, message) => {
    expect(await refusal(() => client.start(apps as Wrong))).toContain(message);
    expect(await refusal(() => client.run(apps as Wrong, { signal: AbortSignal.abort() }))).toContain(message);
  });

  it.each(['onApplicationRegistered', 'onApplicationDeregistered'] as const)('%s()', async (method) => {
    expect(await refusal(() => client[method]('hello', undefined as Wrong))).toBe(
      `${method}: listener must be a function, not undefined`,
    );
    expect(await refusal(() => client[method](null as Wrong, () => undefined))).toContain('unlike null');
    expect(await refusal(() => client[method](circular as Wrong, () => undefined))).toContain('unlike an object');
  });
});

describe('connecting', () => {
  it.each([
    [{ timeout: 5 }, /^connect: option 'timeout' does not exist; allowed are url/],
    [{ timeoutMs: '5' }, /option 'timeoutMs' must be a whole number, at least 0, not "5"/],
    [{ timeoutMs: Infinity }, /option 'timeoutMs' .* not Infinity/],
    [{ maxSockets: 0 }, /option 'maxSockets' must be a whole number, at least 1, not 0/],
    [{ maxQueued: Number.NaN }, /option 'maxQueued' .* not NaN/],
    [{ maxQueued: Infinity }, /option 'maxQueued' .* not Infinity/],
    [{ pingIntervalMs: -1 }, /option 'pingIntervalMs' .* not -1/],
    [{ slowAfterMs: 0.5 }, /option 'slowAfterMs' .* not 0.5/],
    [{ transport: null }, /option 'transport' must be auto or http or websocket, not null/],
    [{ retry: null }, /option 'retry' must be an object .* not null/],
    [{ retry: { maxRetries: Infinity } }, /option 'retry.maxRetries' .* not Infinity/],
    [{ reconnect: null }, /option 'reconnect' must be an object .* not null/],
    [{ reconnect: true }, /option 'reconnect' must be an object .* not true/],
    [{ reconnect: { attempts: 3 } }, /option 'reconnect.attempts' does not exist/],
    [{ reconnect: { minDelayMs: Infinity } }, /option 'reconnect.minDelayMs' .* not Infinity/],
    [{ reconnect: { maxDelayMs: '1' } }, /option 'reconnect.maxDelayMs' .* not "1"/],
    [{ reconnect: { stableMs: Number.NaN } }, /option 'reconnect.stableMs' .* not NaN/],
    [{ reconnect: { maxAttempts: Number.NaN } }, /option 'reconnect.maxAttempts' .* not NaN/],
    [{ reconnect: { maxAttempts: 1.5 } }, /option 'reconnect.maxAttempts' .* not 1.5/],
    [{ reconnect: { delay: 500 } }, /option 'reconnect.delay' must be a function, not 500/],
    [{ whenReplaced: 'fight' }, /option 'whenReplaced' must be yield or takeBack, not "fight"/],
    [{ eventFilter: true }, /option 'eventFilter' must be 'auto' or false/],
    [{ tls: null }, /option 'tls' must be an object .* not null/],
    [{ tls: { minVersion: 'TLSv1' } }, /option 'tls.minVersion' does not exist; allowed are ca, cert/],
    [{ tls: { rejectUnauthorized: 'false' } }, /option 'tls.rejectUnauthorized' must be true or false, not "false"/],
    [{ tls: { servername: 5 } }, /option 'tls.servername' must be a string, not 5/],
    [{ agent: null }, /option 'agent' must be an agent of node:http or node:https, not null/],
    [{ agent: {} }, /option 'agent' must be an agent of node:http or node:https, not an object/],
    [{ logger: null }, /option 'logger' must have the methods debug, info, warn and error/],
    [{ fetch: {} }, /option 'fetch' must be a function/],
    [{ signal: {} }, /option 'signal' must be an AbortSignal, not an object/],
    [{ url: 5 }, /option 'url' must be that of an HTTP server/],
    [
      { url: 'http://pbx/?api_key=ari:secret&x=1#y' },
      /^connect: option 'url' must not have a query \(api_key, x\): it would/,
    ],
    [{ url: 'http://pbx/#secret' }, /^connect: option 'url' must not have a fragment \(#\)/],
    [{ username: null }, /option 'username' must be a string/],
    [{ password: 5 }, /option 'password' must be a string/],
  ])('with %o is refused', async (wrong, message) => {
    const given = { ...options, ...(wrong as object) };
    expect(await refusal(() => connect(given))).toMatch(message);
    const { url, username, password } = given;
    expect(await refusal(() => connect(url, username, password, wrong as Wrong))).toMatch(message);
  });

  it.each([null, 'http://pbx/', 7, []])('with %o in place of all options is refused', async (wrong) => {
    expect(await refusal(() => connect(wrong as Wrong))).toMatch(/^connect: options must be an object with url, /);
    const { url, username, password } = options;
    const call = (): unknown => connect(url, username, password, wrong as Wrong);
    expect(await refusal(call)).toMatch(/^connect: options must be an object with /);
  });

  it('takes a signal that gives it up, which means nothing to the client itself', async () => {
    await expect(connect({ ...options, signal: AbortSignal.abort() })).rejects.toThrow(AriAbortError);
    expect(await refusal(() => new AriClient({ ...options, signal: AbortSignal.abort() } as Wrong))).toContain(
      "'signal'",
    );
  });
});

it('toDate() takes nothing but dates of Asterisk', async () => {
  for (const wrong of [null, undefined, 5, 5n, Symbol('now'), {}, Object.create(null), circular, new Date(), 'today']) {
    expect(await refusal(() => toDate(wrong as Wrong))).toMatch(/^not a date of Asterisk/);
  }
});
