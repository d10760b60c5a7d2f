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
