import { describe, expect, it } from 'vitest';
import { Bench } from './support.js';

/** Asks one double for several things, one after the other. */
async function ask(requests: readonly (readonly [string, string, unknown?])[]) {
  await using bench = await Bench.start();
  const answers = [];
  for (const [method, path, body] of requests) {
    const answer = await bench.rest(method, path, body);
    answers.push([answer.status, answer.body]);
  }
  return answers;
}

const message = (text: string): { message: string } => ({ message: text });

describe('device states', () => {
  it('are those that applications set, and those of endpoints', async () => {
    expect(
      await ask([
        ['GET', '/deviceStates/Stasis%3Afoo'],
        ['PUT', '/deviceStates/Stasis%3Afoo?deviceState=BUSY'],
        ['GET', '/deviceStates'],
        ['GET', '/deviceStates/PJSIP%2Falice'],
        ['GET', '/deviceStates/Nosuch'],
        ['DELETE', '/deviceStates/Stasis%3Afoo'],
        ['GET', '/deviceStates'],
      ]),
    ).toEqual([
      [200, { name: 'Stasis:foo', state: 'UNKNOWN' }],
      [204, ''],
      [200, [{ name: 'Stasis:foo', state: 'BUSY' }]],
      [200, { name: 'PJSIP/alice', state: 'UNAVAILABLE' }],
      [200, { name: 'Nosuch', state: 'INVALID' }],
      [204, ''],
      [200, []],
    ]);
  });

  it('are those of Local channels, which are in use while they are called', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('a');
    const stateOf = async (device: string): Promise<unknown> =>
      (await bench.rest('GET', `/deviceStates/${encodeURIComponent(device)}`)).body.state;
    expect(await stateOf('Local/wait@default')).toBe('NOT_INUSE');
    expect(await stateOf('Local/no-such-extension@default')).toBe('INVALID');
    await bench.rest('POST', '/applications/a/subscription?eventSource=deviceState:');
    await bench.rest('POST', '/channels?endpoint=Local/wait@default/n&app=a&channelId=c');
    await app.waitFor('StasisStart');
    expect(await stateOf('Local/wait@default/n')).toBe('INUSE');
    await bench.rest('DELETE', '/channels/c');
    await app.waitFor('DeviceStateChanged', (event) => event['device_state'].state === 'NOT_INUSE');
    expect(await stateOf('Local/wait@default')).toBe('NOT_INUSE');
  });

  it.each([
    ['/deviceStates/PJSIP%2Falice?deviceState=BUSY', 409, 'Uncontrolled device specified'],
    ['/deviceStates/Stasis%3A?deviceState=BUSY', 404, 'Device name is missing'],
    ['/deviceStates/Stasis%3Afoo?deviceState=UNKNOWN', 500, 'Unknown device'],
  ])('are refused: %s', async (path, status, text) => {
    expect(await ask([['PUT', path]])).toEqual([[status, message(text)]]);
  });

  it('are told to who subscribes, mailboxes among them', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('a');
    await bench.rest('POST', '/applications/a/subscription?eventSource=deviceState:');
    await bench.rest('PUT', '/deviceStates/Stasis%3Afoo?deviceState=RINGING');
    await bench.rest('PUT', '/mailboxes/1%40x?oldMessages=0&newMessages=3');
    bench.asterisk.phone('alice').call('echo');
    await app.waitFor('DeviceStateChanged', (event) => event['device_state'].name === 'MWI:1@x');
    expect(app.events[0]).toMatchObject({ device_state: { name: 'Stasis:foo', state: 'RINGING' } });
  });
});

describe('mailboxes', () => {
  it('are kept by applications', async () => {
    const mailbox = { name: '1@x', old_messages: 1, new_messages: 2 };
    expect(
      await ask([
        ['GET', '/mailboxes/1%40x'],
        ['PUT', '/mailboxes/1%40x?oldMessages=1&newMessages=2'],
        ['GET', '/mailboxes/1%40x'],
        ['GET', '/mailboxes'],
        ['DELETE', '/mailboxes/1%40x'],
        ['DELETE', '/mailboxes/1%40x'],
      ]),
    ).toEqual([
      [404, message('Mailbox is does not exist')],
      [204, ''],
      [200, mailbox],
      [200, [mailbox]],
      [204, ''],
      [404, message('Mailbox does not exist')],
    ]);
  });
});

describe('endpoints', () => {
  it('are listed by technology', async () => {
    const alice = { technology: 'PJSIP', resource: 'alice', state: 'offline', channel_ids: [] };
    const bob = { ...alice, resource: 'bob' };
    expect(
      await ask([
        ['GET', '/endpoints'],
        ['GET', '/endpoints/PJSIP'],
        ['GET', '/endpoints/PJSIP/alice'],
        ['GET', '/endpoints/pjsip'],
        ['GET', '/endpoints/PJSIP/nosuch'],
      ]),
    ).toEqual([
      [200, [alice, bob]],
      [200, [alice, bob]],
      [200, alice],
      [404, message('No Endpoints found - invalid tech pjsip')],
      [404, message('Endpoint not found')],
    ]);
  });

  it('are online with a telephone, and show its channels', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('a', '&subscribeAll=true');
    const phone = bench.asterisk.phone('alice').call('wait');
    expect((await bench.rest('GET', '/endpoints/PJSIP/alice')).body).toMatchObject({
      state: 'online',
      channel_ids: [phone.channelId],
    });
    phone.unplug();
    await app.waitFor('EndpointStateChange', (event) => event['endpoint'].state === 'offline');
  });

  it('exchange messages with telephones', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('a');
    await bench.rest('POST', '/applications/a/subscription?eventSource=endpoint:PJSIP/alice');
    const phone = bench.asterisk.phone('alice');
    const body = { from: 'sip:me', body: 'hello', variables: { A: '1' } };
    expect((await bench.rest('PUT', '/endpoints/PJSIP/alice/sendMessage', body)).status).toBe(202);
    expect((await bench.rest('PUT', '/endpoints/sendMessage?from=x&to=pjsip:alice&body=again')).status).toBe(202);
    expect(phone.messages).toEqual([
      { from: 'sip:me', body: 'hello', variables: { A: '1' } },
      { from: 'x', body: 'again', variables: {} },
    ]);
    phone.sendMessage('back');
    expect(await app.waitFor('TextMessageReceived')).toMatchObject({ message: { body: 'back' } });
  });

  it.each([
    ['PUT', '/endpoints/sendMessage?from=x', undefined, 400, 'To must be specified'],
    ['PUT', '/endpoints/sendMessage?from=x&to=pjsip:alice', undefined, 404, 'Endpoint not found'],
    ['POST', '/endpoints/refer?from=x&to=pjsip:nosuch&refer_to=y', undefined, 404, 'Endpoint not found'],
    [
      'PUT',
      '/endpoints/PJSIP/alice/sendMessage',
      { variables: { A: 1 } },
      400,
      "Only string values in the 'variables' object allowed",
    ],
  ])('%s %s is refused', async (method, path, body, status, text) => {
    expect(await ask([[method, path, body]])).toEqual([[status, message(text)]]);
  });
});

describe('sounds', () => {
  it('are those of Asterisk and those of the test', async () => {
    const sounds = { mine: { durationMs: 1, text: 'Mine', formats: [{ language: 'de', format: 'wav' }] } };
    await using bench = await Bench.start({ sounds });
    expect((await bench.rest('GET', '/sounds/digits%2F1')).body).toEqual({
      id: 'digits/1',
      formats: [{ language: 'en', format: 'gsm' }],
    });
    expect((await bench.rest('GET', '/sounds?lang=de')).body).toEqual([
      { id: 'mine', text: 'Mine', formats: [{ language: 'de', format: 'wav' }] },
    ]);
    expect(await bench.rest('GET', '/sounds?lang=xx')).toMatchObject({ status: 404 });
    expect(await bench.rest('GET', '/sounds/nosuch')).toMatchObject({ status: 404, body: message('Sound not found') });
  });
});

describe('the system', () => {
  it('tells of itself what it is asked for', async () => {
    const [all, some, none] = await ask([
      ['GET', '/asterisk/info'],
      ['GET', '/asterisk/info?only=system,CONFIG,nosuch'],
      ['GET', '/asterisk/info?only=nosuch'],
    ]);
    expect(Object.keys(all?.[1] as object)).toEqual(['build', 'system', 'config', 'status']);
    expect(Object.keys(some?.[1] as object)).toEqual(['system', 'config']);
    expect(none?.[1]).toEqual({});
  });

  it('loads and unloads modules', async () => {
    expect(
      await ask([
        ['DELETE', '/asterisk/modules/app_echo.so'],
        ['GET', '/asterisk/modules/app_echo.so'],
        ['POST', '/asterisk/modules/app_echo.so'],
        ['POST', '/asterisk/modules/app_echo.so'],
        ['POST', '/asterisk/modules/nosuch.so'],
        ['PUT', '/asterisk/modules/app_echo.so'],
        ['PUT', '/asterisk/modules/res_musiconhold.so'],
        ['DELETE', '/asterisk/modules/res_stasis.so'],
      ]),
    ).toEqual([
      [204, ''],
      [404, message('Module could not be found in running modules')],
      [204, ''],
      [409, message('Module is already loaded')],
      [409, message('Module load declined')],
      [409, message('Module does not support reloading')],
      [204, ''],
      [409, message('Module could not be unloaded')],
    ]);
  });

  it('logs to where it is told', async () => {
    const [, twice, , list, , again] = await ask([
      ['POST', '/asterisk/logging/mine?configuration=notice,warning'],
      ['POST', '/asterisk/logging/mine?configuration=notice'],
      ['POST', '/asterisk/logging/other'],
      ['GET', '/asterisk/logging'],
      ['DELETE', '/asterisk/logging/mine'],
      ['DELETE', '/asterisk/logging/full'],
    ]);
    expect(twice).toEqual([409, message('Log channel already exists')]);
    expect(list?.[1]).toMatchObject([
      { channel: '/var/log/asterisk/mine', configuration: 'NOTICE WARNING ' },
      { channel: '/var/log/asterisk/full' },
    ]);
    expect(again).toEqual([404, message('Log channel does not exist')]);
  });

  it('has global variables, of which the absent are empty', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('a', '&subscribeAll=true');
    await bench.rest('POST', '/asterisk/variable?variable=G&value=1');
    expect(await app.waitFor('ChannelVarset')).toMatchObject({ variable: 'G', value: '1' });
    expect((await bench.rest('GET', '/asterisk/variable?variable=G')).body).toEqual({ value: '1' });
    expect((await bench.rest('GET', '/asterisk/variable?variable=H')).body).toEqual({ value: '' });
  });

  it('keeps configuration objects', async () => {
    const path = '/asterisk/config/dynamic/res_pjsip/auth/x';
    const fields = [
      { attribute: 'username', value: 'u' },
      { attribute: 'password', value: 'p' },
    ];
    const answers = await ask([
      ['GET', path],
      ['PUT', path, { fields }],
      ['GET', path],
      ['PUT', path, {}],
      ['PUT', path, { fields: [{ attribute: 'nosuch', value: '1' }] }],
      ['DELETE', path],
      ['DELETE', path],
      ['GET', '/asterisk/config/dynamic/nosuch/auth/x'],
      ['GET', '/asterisk/config/dynamic/res_pjsip/nosuch/x'],
    ]);
    expect(answers[0]).toEqual([404, message("Object with id 'x' not found")]);
    expect(answers[1]?.[1]).toEqual(expect.arrayContaining(fields));
    expect(answers[2]).toEqual(answers[1]);
    expect(answers.slice(3)).toEqual([
      [400, message("Fields must be provided to update object 'x'")],
      [400, message("Update of object 'x' failed field value validation")],
      [204, ''],
      [404, message("Object with id 'x' not found")],
      [404, message("configClass 'nosuch' not found")],
      [404, message("objectType 'nosuch' not found")],
    ]);
  });
});
