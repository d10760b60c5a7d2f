import { AriClient, AriValidationError, type MediaUri } from 'asterisk-ari';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';

let asterisk: TestAsterisk;
let client: AriClient;

beforeEach(async () => {
  asterisk = await startAsterisk();
  client = new AriClient({ url: asterisk.url, username: asterisk.username, password: asterisk.password });
});

afterEach(async () => {
  await client.close();
  await asterisk.close();
});

const sent = (): unknown => asterisk.journal.requests.at(-1)?.body;

describe('what is taken in place of a text', () => {
  it('numbers where Asterisk wants them written out', async () => {
    const channel = client.channels.handle();
    await channel.originateWithId({ endpoint: 'Local/wait@default', extension: 'wait' });
    await client.asterisk.setGlobalVar({ variable: 'A', value: 0.5 });
    expect((await client.asterisk.getGlobalVar({ variable: 'A' })).value).toBe('0.5');
    await channel.hangup({ reason_code: 17 });
    expect(asterisk.journal.requests.at(-1)?.query).toEqual({ reason_code: '17' });
  });

  it('lists of words, known and unknown', async () => {
    await client.bridges.create({ type: ['mixing', 'dtmf_events'] });
    expect(sent()).toEqual({ type: 'mixing,dtmf_events' });
    await client.bridges.create({ type: 'mixing, proxy_media' });
    expect(sent()).toEqual({ type: 'mixing,proxy_media' });
    await client.channels.originate({ endpoint: 'Local/wait@default', extension: 'wait', formats: ['ulaw', 'lpc10'] });
    expect(sent()).toMatchObject({ formats: 'ulaw,lpc10' });
  });

  it('a list of arguments, which arrives as it was', async () => {
    await client.start('hello');
    const args = [JSON.stringify({ id: 1, n: 'a,b' }), '', 'a\\b', '(x', '[y', '"z"', ''];
    const started = client.waitFor('StasisStart', { timeoutMs: 2_000 });
    await client.channels.originate({ endpoint: 'Local/wait@default', app: 'hello', appArgs: args });
    expect((await started).args).toEqual(args);
  });
});

describe('what Asterisk would ignore, misread or fail at is refused by name, and nothing is sent', () => {
  const circular: Record<string, unknown> = {};
  circular['self'] = circular;
  const endpoint = 'Local/wait@default';

  it.each<[string, () => Promise<unknown>, string]>([
    [
      'media without a scheme',
      () => client.channels.play({ channelId: '1', media: 'hello-world' as 'sound:x' }),
      'sound:, recording:',
    ],
    [
      'one of several media',
      () => client.channels.play({ channelId: '1', media: ['sound:a', 'b'] as never }),
      `not "b"`,
    ],
    [
      'an unknown attribute of a bridge',
      () => client.bridges.create({ type: 'mixng' as 'mixing' }),
      `may hold mixing, holding`,
    ],
    ['one among known ones', () => client.bridges.create({ type: 'mixing,foo' }), `not "foo"`],
    [
      'digits before their time',
      () => client.channels.sendDTMF({ channelId: '1', dtmf: '5', before: -1 }),
      `'before' must be from 0`,
    ],
    [
      'more than 32 bits',
      () => client.channels.sendDTMF({ channelId: '1', dtmf: '5', after: 2 ** 31 }),
      `to 2147483647`,
    ],
    [
      'a timeout that overflows',
      () => client.channels.originate({ endpoint, extension: '1', timeout: 2_147_484 }),
      `'timeout'`,
    ],
    [
      'a NUL',
      () => client.channels.setChannelVar({ channelId: '1', variable: 'a', value: 'x\0y' }),
      `'value' must not hold a NUL`,
    ],
    [
      'half a character',
      () => client.channels.setChannelVar({ channelId: '1', variable: 'a', value: '\ud800' }),
      'well-formed',
    ],
    [
      'a NUL in a variable',
      () => client.channels.originate({ endpoint, extension: '1', variables: { A: '\0' } }),
      `'variables.A'`,
    ],
    [
      'an item that is no text, in a list of arguments',
      () => client.channels.originate({ endpoint, app: 'a', appArgs: ['x', 1] as never }),
      `'appArgs[1]' must be a string, not 1`,
    ],
    [
      'half a cause',
      () => client.channels.hangup({ channelId: '1', reason_code: 1.5 }),
      `'reason_code' must be a whole number, as a number or a string, not 1.5`,
    ],
    [
      'a NUL in the name of a variable',
      () => client.channels.originate({ endpoint, extension: '1', variables: { 'a\0b': 'x' } }),
      `must not hold a NUL`,
    ],
    [
      'a circle',
      () => client.events.userEvent({ eventName: 'x', application: 'a', variables: circular }),
      `'variables.self' must not hold itself`,
    ],
    [
      'a BigInt',
      () => client.events.userEvent({ eventName: 'x', application: 'a', variables: { n: 1n } }),
      `'variables.n'`,
    ],
    ...['', '.', '..', 'x'.repeat(150), 'é'.repeat(75)].flatMap((id): [string, () => Promise<unknown>, string][] => [
      [
        `a channel of the id ${id.slice(0, 5)}`,
        () => client.channels.create({ endpoint, app: 'a', channelId: id }),
        `'channelId' must not be`,
      ],
      [
        'half a Local channel of such an id',
        () => client.channels.originate({ endpoint, app: 'a', otherChannelId: id }),
        `'otherChannelId' must not be`,
      ],
      [
        'a snoop channel of such an id',
        () => client.channels.snoopChannel({ channelId: '1', app: 'a', spy: 'both', snoopId: id }),
        `'snoopId' must not be`,
      ],
    ]),
    [
      'a playback of an id that nothing can name',
      () => client.channels.play({ channelId: '1', media: 'sound:x', playbackId: '..' }),
      `'playbackId' must not be ".."`,
    ],
    [
      'a recording of such a name',
      () => client.channels.record({ channelId: '1', name: '.', format: 'wav' }),
      `'name' must not be "."`,
    ],
    [
      'a map in place of an object',
      () => client.channels.create({ endpoint, app: 'a', variables: new Map([['a', 'b']]) as never }),
      `'variables' must be a plain object`,
    ],
    [
      'a map within',
      () => client.applications.filter({ applicationName: 'a', filter: new Map() as never }),
      `'filter' must be a plain object`,
    ],
    [
      'inherited fields',
      () => client.channels.create({ endpoint, app: 'a', variables: Object.create({ a: 'b' }) }),
      `'variables' must be a plain object`,
    ],
    [
      'a promise',
      () => client.channels.create({ endpoint, app: 'a', variables: Promise.resolve({}) as never }),
      `'variables' must be a plain object`,
    ],
    ['no formats', () => client.channels.create({ endpoint, app: 'a', formats: [] }), `'formats' must have an item`],
    [
      'a number that is not exact',
      () => client.channels.setChannelVar({ channelId: '1', variable: 'a', value: 2 ** 53 }),
      `'value' must be a string, or a number below 2 ** 53`,
    ],
    [
      'the same among variables',
      () => client.channels.create({ endpoint, app: 'a', variables: { a: 2 ** 70 } }),
      `'variables.a' must be a string, or a number below 2 ** 53`,
    ],
    ['a hole', () => client.channels.play({ channelId: '1', media: Array<MediaUri>(2) }), `'media'`],
    [
      'no parameters at all',
      () => client.channels.get(null as never),
      'channels.get: parameters must be an object with channelId, not null',
    ],
    [
      'a name of every object',
      () => client.channels.get({ channelId: '1', constructor: 'x' } as never),
      `'constructor' does not exist`,
    ],
    [
      'one empty argument, which would be none',
      () => client.channels.create({ endpoint, app: 'a', appArgs: [''] }),
      `'appArgs' cannot be one empty text alone`,
    ],
    [
      'more arguments than are taken apart',
      () => client.channels.create({ endpoint, app: 'a', appArgs: Array<string>(129).fill('x') }),
      'must have 128 items at most, not 129',
    ],
    [
      'a backslash that protects what is not there',
      () => client.channels.create({ endpoint, app: 'a', appArgs: 'a,\\\\\\' }),
      'must not end in a single backslash',
    ],
    [
      'an argument that cannot be split back',
      () => client.channels.move({ channelId: '1', app: 'a', appArgs: ['x,y'] }),
      `'appArgs'`,
    ],
  ])('%s', async (_, call, message) => {
    const attempt = call();
    await expect(attempt).rejects.toThrow(AriValidationError);
    await expect(attempt).rejects.toThrow(message);
    expect(asterisk.journal.requests).toEqual([]);
  });
});
