import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AriError, AriValidationError } from '../../src/errors/index.js';
import { startAsterisk, type TestAsterisk } from '../../src/testing/index.js';

let asterisk: TestAsterisk;
beforeAll(async () => {
  asterisk = await startAsterisk();
});
afterAll(() => asterisk.close());

const objects = {
  asterisk: () => asterisk,
  phone: () => asterisk.phone('wrong'),
  clock: () => asterisk.clock,
  faults: () => asterisk.faults,
  fault: () => asterisk.faults.next({ path: '/nowhere' }),
  journal: () => asterisk.journal,
} as const;

type Wrong = readonly [args: readonly unknown[], why: string];

/** Every method, and calls of it that are wrong, in what is left of the message after the call's name. */
const methods: Readonly<Record<keyof typeof objects, Readonly<Record<string, readonly Wrong[]>>>> = {
  asterisk: {
    phone: [
      [[], 'name is missing; must be a string that is not empty'],
      [[''], 'name must be a string that is not empty, not ""'],
    ],
    call: [
      [[], 'request is missing; must be an object with to, from, endpoint, context'],
      [['hello'], 'request must be an object with to, from, endpoint, context, not "hello"'],
      [[{}], 'request.to is missing; must be a string that is not empty'],
      [[{ to: 100 }], 'request.to must be a string that is not empty, not 100'],
      [[{ to: 'hello', form: 'x' }], 'request.form does not exist; allowed are to, from, endpoint, context'],
    ],
    setExtension: [
      [['x'], "steps is missing; must be a list of dialplan steps such as 'Playback(hello-world)'"],
      [['x', 'Answer'], 'steps must be a list of dialplan steps such as \'Playback(hello-world)\', not "Answer"'],
      [['x', ['Answer', '5']], 'steps.1 must be a dialplan step such as \'Playback(hello-world)\', not "5"'],
    ],
    emit: [
      [['ChannelVarset'], 'event must be an object with a type, not "ChannelVarset"'],
      [[{}], 'event.type is missing; must be a string that is not empty'],
      [[{ type: 'Odd' }, 'app'], 'applications must be a list of strings, not "app"'],
    ],
    advance: [[['5'], 'ms must be milliseconds, at least 0, not "5"']],
    setBooted: [[[], 'booted is missing; must be true or false']],
    close: [],
  },
  phone: {
    call: [[[5], 'to must be a string that is not empty, not 5']],
    answer: [],
    decline: [],
    press: [
      [[1], 'digits must be keys of a telephone, of 0123456789*#ABCD, not 1'],
      [['xyz'], 'digits must be keys of a telephone, of 0123456789*#ABCD, not "xyz"'],
    ],
    hold: [[['on'], 'on must be true or false, not "on"']],
    talk: [[['5'], 'durationMs must be milliseconds, at least 0, not "5"']],
    speak: [
      [['hello', 'ulaw'], 'audio must be bytes, as a Buffer or Uint8Array, not "hello"'],
      [[Buffer.of(1), 'mp3'], "format must be a format of audio such as 'slin16' or 'ulaw', not \"mp3\""],
    ],
    audio: [[[], "format is missing; must be a format of audio such as 'slin16' or 'ulaw'"]],
    transfer: [[[{}], 'to must be an extension or a phone, not an object']],
    sendMessage: [[[], 'body is missing; must be a string']],
    hangup: [[['busy'], 'cause must be a whole number from 0 to 127, not "busy"']],
    unplug: [],
    hears: [
      [[], 'media is missing; must be a string that is not empty'],
      [['sound:x', 20], 'options must be an object with timeoutMs, not 20'],
      [['sound:x', { timeout: 20 }], "option 'timeout' does not exist; allowed are timeoutMs"],
    ],
    hearsAudio: [[['x', 'ulaw'], 'audio must be bytes, as a Buffer or Uint8Array, not "x"']],
    rings: [[[{ timeoutMs: '5' }], 'option \'timeoutMs\' must be milliseconds, from 0 to 2147483647, not "5"']],
    answered: [[[5], 'options must be an object with timeoutMs, not 5']],
    transferEnds: [[[5], 'options must be an object with timeoutMs, not 5']],
    receives: [[['x'], 'digits must be keys of a telephone, of 0123456789*#ABCD, not "x"']],
    ended: [[[5], 'options must be an object with timeoutMs, not 5']],
  },
  clock: { now: [], advance: [[['5'], 'ms must be milliseconds, at least 0, not "5"']] },
  faults: {
    next: [
      [[{ methd: 'GET' }], 'match.methd does not exist; allowed are method, path'],
      [[{ path: 'channels' }], 'match.path must be a string that begins with a slash, or a RegExp, not "channels"'],
    ],
    dropSocket: [
      [[5], 'application must be a string that is not empty, not 5'],
      [['app', 999], 'code must be a close code: 1000 to 1003, 1007 to 1014, or 3000 to 4999, not 999'],
    ],
    refuse: [],
    accept: [],
    clear: [],
  },
  fault: {
    times: [[[0], 'count must be a whole number, at least 1, not 0']],
    fail: [[['x'], 'status must be a whole number from 200 to 599, not "x"']],
    delay: [[[-1], 'ms must be milliseconds, from 0 to 2147483647, not -1']],
    drop: [],
    dropAnswer: [],
    hang: [],
  },
  journal: {
    requestsTo: [[[{ url: '/' }], 'match.url does not exist; allowed are method, path']],
    eventsOf: [[[], 'type is missing; must be a string that is not empty']],
    waitForRequest: [[['/channels'], 'match must be an object with method, path, not "/channels"']],
    waitForEvent: [[['x', { timeoutMs: -1 }], "option 'timeoutMs' must be milliseconds, from 0 to 2147483647, not -1"]],
    clear: [],
  },
};

/** Made for the double itself. */
const internal = ['addRequest', 'addAnswer', 'addEvent', 'watch', 'take'];

describe.each(Object.keys(methods) as (keyof typeof objects)[])('wrong arguments of %s', (name) => {
  it('are known of every method', () => {
    const { prototype } = objects[name]().constructor as { readonly prototype: object };
    const all = Object.entries(Object.getOwnPropertyDescriptors(prototype))
      .filter(([method, { value }]) => typeof value === 'function' && method !== 'constructor')
      .map(([method]) => method);
    expect(all.filter((method) => !internal.includes(method)).toSorted()).toEqual(
      Object.keys(methods[name]).toSorted(),
    );
  });

  const wrong = Object.entries(methods[name]).flatMap(([method, calls]) =>
    calls.map(([args, why]) => ({ method, args, why })),
  );

  it.each(wrong)('are refused by $method: $why', async ({ method, args, why }) => {
    const target = objects[name]() as unknown as Readonly<Record<string, (...given: readonly unknown[]) => unknown>>;
    const refused = await (async () => await target[method]?.(...args))().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AriValidationError);
    expect((refused as Error).message.replace(/^(?:\w+\.)?(\w+): /, (_all, call: string) => `${call}|`)).toBe(
      `${method}|${why}`,
    );
  });
});

describe('what cannot be now', () => {
  it('is an error of the library', () => {
    const idle = asterisk.phone('idle');
    for (const call of [() => idle.answer(), () => idle.press('1'), () => idle.channelId])
      expect(call).toThrow(AriError);
  });

  it('includes a manner that a telephone has not', () => {
    expect(() => {
      asterisk.phone('idle').manner = 'bussy' as 'busy';
    }).toThrow('phone: manner must be ring or answer or busy or decline, not "bussy"');
  });
});

describe('a wait of the journal', () => {
  it('ends with what has come, or comes', async () => {
    await using own = await startAsterisk();
    const entered = own.journal.waitForEvent('ChannelCreated');
    own.call({ to: 'wait' });
    expect((await entered).type).toBe('ChannelCreated');
    expect(await own.journal.waitForEvent('ChannelCreated')).toBe(await entered);
    const asked = own.journal.waitForRequest({ path: '/asterisk/ping' });
    await fetch(`${own.url}/ari/asterisk/ping`);
    expect(await asked).toMatchObject({ method: 'GET', path: '/asterisk/ping' });
  });

  it('says what came instead', async () => {
    await using own = await startAsterisk();
    await expect(own.journal.waitForEvent('Dial', { timeoutMs: 5 })).rejects.toThrow(
      'waited 5 ms in vain for an event Dial; the last ones are none',
    );
    await fetch(`${own.url}/ari/asterisk/ping`);
    await expect(own.journal.waitForRequest({ method: 'POST', path: '/bridges' }, { timeoutMs: 5 })).rejects.toThrow(
      'waited 5 ms in vain for a request POST /bridges; the last ones are GET /asterisk/ping',
    );
  });
});
