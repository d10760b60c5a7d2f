import { describe, expect, it } from 'vitest';
import { Bench, type WireApp } from './support.js';

async function stage(extension = 'wait'): Promise<{ bench: Bench; app: WireApp } & AsyncDisposable> {
  const bench = await Bench.start();
  const app = await bench.app('a');
  await bench.inStasis(app, 'a', 'c', extension);
  return { bench, app, [Symbol.asyncDispose]: () => bench.asterisk.close() };
}

describe('a channel that does not exist, or not in an application', () => {
  const operations = ['answer', 'ring', 'hold', 'moh', 'silence', 'play', 'continue', 'move', 'mute', 'dtmf', 'dial'];

  it.each(operations)('%s says so', async (operation) => {
    await using world = await stage();
    expect(await world.bench.rest('POST', `/channels/nosuch/${operation}`)).toMatchObject({
      status: 404,
      body: { message: 'Channel not found' },
    });
    expect(await world.bench.rest('POST', `/channels/c-far/${operation}`)).toMatchObject({
      status: 409,
      body: { message: 'Channel not in Stasis application' },
    });
  });
});

describe('originating', () => {
  it.each([
    ['', 400, 'Endpoint must be specified'],
    ['endpoint=Local', 400, 'Invalid endpoint specified'],
    ['endpoint=Local/echo', 400, 'Application or extension must be specified'],
    ['endpoint=Local/echo&app=a&originator=nosuch', 400, 'Provided originator channel was not found'],
    ['endpoint=Local/echo&app=a&formats=nosuch', 400, 'Provided format (nosuch) was not found'],
    ['endpoint=Local/echo&extension=wait&label=nosuch', 404, 'Requested label can not be found'],
    ['endpoint=Local/echo&extension=wait&label=0', 400, 'Requested priority is illegal'],
    [`endpoint=Local/echo&app=a&channelId=${'x'.repeat(150)}`, 400, 'Uniqueid length exceeds maximum of 149'],
    ['endpoint=Local/echo&app=a&channelId=c', 409, 'Channel with given unique ID already exists'],
  ])('with %s is refused', async (query, status, message) => {
    await using world = await stage();
    expect(await world.bench.rest('POST', `/channels?${query}`)).toMatchObject({ status, body: { message } });
  });

  it.each(['Nosuch/x', 'PJSIP/alice', 'PJSIP/nosuch'])('to %s fails without a reason', async (endpoint) => {
    await using world = await stage();
    expect(await world.bench.rest('POST', `/channels?endpoint=${endpoint}&app=a`)).toMatchObject({
      status: 500,
      body: { error: 'Allocation failed' },
    });
  });

  it('sets variables and the caller, and takes only variables that can be set', async () => {
    await using world = await stage();
    const body = {
      endpoint: 'Local/wait@default',
      app: 'a',
      callerId: 'Bob <123>',
      channelId: 'v',
      variables: { A: '1', B: { value: '2', report_events: true } },
    };
    expect((await world.bench.rest('POST', '/channels', body)).body).toMatchObject({
      caller: { name: 'Bob', number: '123' },
    });
    // What is to be reported shows with the first change.
    const { channel } = await world.app.waitFor('StasisStart', (event) => event['channel'].id === 'v');
    expect(channel).toMatchObject({ id: 'v', channelvars: { B: '2' } });
    expect((await world.bench.rest('GET', '/channels/v/variables?variables=A,B')).body).toEqual({
      variables: { A: '1', B: '2' },
    });
    expect(await world.bench.rest('POST', '/channels', { ...body, variables: { A: 1 } })).toMatchObject({
      status: 400,
    });
  });

  it('sends a channel into the dialplan', async () => {
    await using world = await stage();
    await world.bench.rest('POST', '/channels/d?endpoint=Local/echo&extension=continue&label=label');
    await expect
      .poll(async () => (await world.bench.rest('GET', '/channels/d')).body.dialplan)
      .toMatchObject({ context: 'default', exten: 'continue', priority: 2, app_name: 'Wait' });
  });
});

describe('a channel that was created', () => {
  it('is dialled later, and until then is in no state for most things', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('a');
    await bench.rest('POST', '/channels/create?endpoint=Local/echo@default&app=a&appArgs=x&channelId=n');
    expect(await app.waitFor('StasisStart')).toMatchObject({ args: ['x'], channel: { state: 'Down' } });
    expect(await bench.rest('POST', '/channels/n/mute')).toMatchObject({
      status: 412,
      body: { message: 'Channel in invalid state' },
    });
    await bench.rest('POST', '/channels/n/dial');
    await app.waitFor('Dial', (event) => event['dialstatus'] === 'ANSWER');
    expect(app.events.filter(({ type }) => type === 'Dial').map((event) => event['dialstring'])).toEqual([
      'echo@default',
      '',
    ]);
    expect(await bench.rest('POST', '/channels/n/dial')).toMatchObject({
      status: 409,
      body: { message: "Channel is not in the 'Down' state" },
    });
  });

  it('is left to the application when its far end is busy', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('a');
    await bench.rest('POST', '/channels/create?endpoint=Local/busy@default&app=a&channelId=n');
    await app.waitFor('StasisStart');
    await bench.rest('POST', '/channels/n/dial');
    await app.waitFor('Dial', (event) => event['dialstatus'] === 'BUSY');
    expect((await bench.rest('GET', '/channels/n')).body.state).toBe('Down');
  });

  it('is hung up when nobody answers', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('a');
    await bench.rest('POST', '/channels/create?endpoint=Local/ring@default&app=a&channelId=n');
    await app.waitFor('StasisStart');
    await bench.rest('POST', '/channels/n/dial?timeout=5');
    await app.waitFor('ChannelStateChange', (event) => event['channel'].state === 'Ringing');
    bench.asterisk.advance(5000);
    await app.waitFor('StasisEnd');
    expect(await app.waitFor('ChannelDestroyed')).toMatchObject({ cause: 19 });
  });
});

describe('a channel in an application', () => {
  it('is controlled', async () => {
    await using world = await stage();
    for (const [method, operation] of [
      ['POST', 'ring'],
      ['DELETE', 'ring'],
      ['POST', 'progress'],
      ['POST', 'hold'],
      ['DELETE', 'hold'],
      ['POST', 'moh'],
      ['DELETE', 'moh'],
      ['POST', 'silence'],
      ['DELETE', 'silence'],
      ['POST', 'mute?direction=both'],
      ['DELETE', 'mute?direction=in'],
      ['POST', 'answer'],
    ]) {
      expect([operation, (await world.bench.rest(method ?? '', `/channels/c/${operation}`)).status]).toEqual([
        operation,
        204,
      ]);
    }
  });

  it.each([
    ['POST', 'mute', 400, 'Direction is required'],
    ['DELETE', 'mute?direction=up', 400, 'Invalid direction specified'],
    ['POST', 'dtmf', 400, 'DTMF is required'],
    ['POST', 'dial', 409, "Channel is not in the 'Down' state"],
    ['POST', 'redirect', 400, "Required parameter 'endpoint' not provided."],
    ['POST', 'redirect?endpoint=x', 422, "Endpoint parameter 'x' does not contain tech/resource"],
    ['POST', 'continue?label=nosuch', 404, 'Requested label can not be found'],
    ['GET', 'rtp_statistics', 403, 'Unsupported channel type'],
    ['GET', 'variable', 400, 'Variable name is required'],
    ['GET', 'variable?variable=NOSUCH', 404, 'Provided variable was not found'],
    ['GET', 'variable?variable=NOSUCH(x)', 500, 'Unable to read provided function'],
    ['POST', 'variables', 400, "The 'variables' field is required"],
    ['POST', 'snoop?app=a', 400, 'Direction must be specified for at least spy or whisper'],
    ['POST', 'snoop?spy=in', 400, 'Application name is required'],
    ['POST', 'snoop?app=a&spy=up', 400, 'Invalid direction specified for spy'],
    ['POST', 'play?media=sound:beep&skipms=-1', 400, 'skipms cannot be negative'],
    ['DELETE', '?reason=nosuch', 400, 'Invalid reason for hangup reason provided'],
  ])('answers %s %s with %i', async (method, path, status, message) => {
    await using world = await stage();
    const url = path.startsWith('?') ? `/channels/c${path}` : `/channels/c/${path}`;
    expect(await world.bench.rest(method, url)).toMatchObject({ status, body: { message } });
  });

  it('sends digits, which come back from an echo', async () => {
    await using world = await stage('echo');
    await world.app.waitFor('ChannelDialplan', (event) => event['dialplan_app'] === 'Echo');
    await world.bench.rest('POST', '/channels/c/dtmf?dtmf=12');
    await world.app.waitFor('ChannelDtmfReceived', ({ digit, channel }) => digit === '2' && channel.id === 'c');
    const received = world.app.events.filter(({ type }) => type === 'ChannelDtmfReceived');
    expect(received.map((event) => [event['channel'].id, event['digit'], event['duration_ms']])).toEqual([
      ['c-far', '1', 100],
      ['c', '1', 100],
      ['c-far', '2', 100],
      ['c', '2', 100],
    ]);
  });

  it('loses no digit that comes while its far end is answering', async () => {
    await using bench = await Bench.start({ autoAdvance: false });
    const app = await bench.app('a');
    await bench.inStasis(app, 'a', 'c', 'echo');
    await bench.rest('POST', '/channels/c/dtmf?dtmf=1');
    bench.asterisk.advance(499);
    await app.waitFor('ChannelDtmfReceived', (event) => event['channel'].id === 'c-far');
    bench.asterisk.advance(1);
    await app.waitFor('ChannelDtmfReceived', (event) => event['channel'].id === 'c');
  });

  it('does not spin when two echoes are in one bridge', async () => {
    await using world = await stage('echo');
    await world.bench.inStasis(world.app, 'a', 'd', 'echo');
    await world.bench.rest('POST', '/bridges/b');
    await world.bench.rest('POST', '/bridges/b/addChannel?channel=c,d');
    await world.bench.rest('POST', '/channels/c/dtmf?dtmf=5');
    await world.app.waitFor('ChannelDtmfReceived', (event) => event['channel'].id === 'd');
    expect(world.app.types.filter((type) => type === 'ChannelDtmfReceived').length).toBeLessThan(80);
  });

  it('hears what its far end dials', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('a');
    await bench.inStasis(app, 'a', 'c', 'dtmf');
    await app.waitFor('ChannelDialplan', (event) => event['dialplan_app'] === 'Wait');
    bench.asterisk.advance(1000);
    await app.waitFor('ChannelDtmfReceived', (event) => event['digit'] === '#');
    const digits = app.events.filter(({ type }) => type === 'ChannelDtmfReceived').map((event) => event['digit']);
    expect(digits.join('')).toBe('1234#');
  });

  it('moves to another application, if that one is there', async () => {
    await using world = await stage();
    const other = await world.bench.app('other');
    await world.bench.rest('POST', '/channels/c/move?app=nosuch&appArgs=1,2');
    expect(await world.app.waitFor('ApplicationMoveFailed')).toMatchObject({ destination: 'nosuch', args: ['1', '2'] });
    await world.bench.rest('POST', '/channels/c/move?app=other&appArgs=1,2');
    await world.app.waitFor('StasisEnd');
    expect(await other.waitFor('StasisStart')).toMatchObject({ args: ['1', '2'], channel: { id: 'c' } });
  });

  it('continues in the dialplan', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('a');
    const phone = bench.asterisk.call({ to: 'stasis-a' });
    await app.waitFor('StasisStart');
    await bench.rest('POST', `/channels/${phone.channelId}/answer`);
    await bench.rest('POST', `/channels/${phone.channelId}/continue?extension=hello`);
    await app.waitFor('StasisEnd');
    await phone.hears('sound:hello-world');
    bench.asterisk.advance(2000);
    await phone.ended();
  });

  it('goes on after Stasis with its status', async () => {
    const dialplan = { default: { next: ['Stasis(a)', 'Set(LAST=${STASISSTATUS})', 'Wait(60)'] } };
    await using bench = await Bench.start({ dialplan });
    const app = await bench.app('a');
    const phone = bench.asterisk.call({ to: 'next' });
    await app.waitFor('StasisStart');
    await bench.rest('POST', `/channels/${phone.channelId}/continue`);
    await app.waitFor('StasisEnd');
    const variable = `/channels/${phone.channelId}/variable?variable=LAST`;
    await expect.poll(async () => (await bench.rest('GET', variable)).body).toEqual({ value: 'SUCCESS' });
  });

  it('fails Stasis when nobody is there', async () => {
    const dialplan = { default: { next: ['Stasis(nobody)', 'Wait(60)'] } };
    await using bench = await Bench.start({ dialplan });
    const phone = bench.asterisk.call({ to: 'next' });
    const variable = `/channels/${phone.channelId}/variable?variable=STASISSTATUS`;
    expect((await bench.rest('GET', variable)).body).toEqual({ value: 'FAILED' });
  });

  it('has variables, some of which its events carry', async () => {
    await using world = await stage();
    await world.bench.rest('POST', '/channels/c/variables', {
      variables: { P: '1', ' Q ': { value: '2', report_events: true } },
    });
    expect(await world.app.waitFor('ChannelVarset', (event) => event['variable'] === 'Q')).toMatchObject({
      value: '2',
      channel: { channelvars: { Q: '2' } },
    });
    expect((await world.bench.rest('GET', '/channels/c/variables?variables=P,%20Q')).body).toEqual({
      variables: { P: '1', Q: '2' },
    });
    expect((await world.bench.rest('GET', '/channels/c/variable?variable=CHANNEL(name)')).body.value).toMatch(/;1$/);
  });

  it.each([
    ['', []],
    ['/nm', ['ChannelHold', 'ChannelUnhold']],
  ])('holds through a Local channel with options %j', async (options, types) => {
    await using bench = await Bench.start();
    const app = await bench.app('a');
    const query = `endpoint=Local/wait@default${options}&app=a&channelId=c&otherChannelId=far`;
    await bench.rest('POST', `/channels?${query}`);
    await app.waitFor('StasisStart');
    await bench.rest('POST', '/channels/c/hold');
    await bench.rest('DELETE', '/channels/c/hold');
    await bench.rest('DELETE', '/channels/c');
    await app.waitFor('StasisEnd');
    expect(app.types.filter((type) => type.endsWith('old'))).toEqual(types);
  });

  it('has functions, of which some can be written', async () => {
    await using world = await stage();
    const set = async (name: string, value: string) =>
      world.bench.rest('POST', `/channels/c/variable?variable=${encodeURIComponent(name)}&value=${value}`);
    const get = async (name: string) =>
      (await world.bench.rest('GET', `/channels/c/variable?variable=${encodeURIComponent(name)}`)).body.value;
    expect((await set('CALLERID(num)', '55')).status).toBe(204);
    expect(await world.app.waitFor('ChannelCallerId')).toMatchObject({ channel: { caller: { number: '55' } } });
    expect(await get('CALLERID(all)')).toBe('"" <55>');
    expect((await set('TALK_DETECT(set)', '1200')).status).toBe(204);
    expect(await set('NOSUCH(x)', '1')).toMatchObject({ status: 400, body: { message: 'Failed to execute function' } });
    expect(await get('CHANNEL(language)')).toBe('en');
    expect(await get('LEN(abc)')).toBe('3');
  });

  it('loses a variable that is set to nothing', async () => {
    await using world = await stage();
    await world.bench.rest('POST', '/channels/c/variable?variable=V&value=1');
    await world.bench.rest('POST', '/channels/c/variable?variable=V');
    expect((await world.bench.rest('GET', '/channels/c/variable?variable=V')).status).toBe(404);
  });

  it('is given up with a Dial event when its far end hangs up unanswered', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('a');
    await bench.rest('POST', '/channels?endpoint=Local/ring@default&app=a&channelId=o&otherChannelId=far');
    await app.waitFor('Dial', (event) => event['dialstatus'] === 'RINGING');
    await bench.rest('DELETE', '/channels/far');
    expect(await app.waitFor('Dial', (event) => event['dialstatus'] === 'NOANSWER')).toMatchObject({
      dialstring: 'ring@default',
    });
    await app.waitFor('ChannelDestroyed', (event) => event['channel'].id === 'o');
  });

  it('is listened to by a channel that ends with it', async () => {
    await using world = await stage();
    const snoop = await world.bench.rest('POST', '/channels/c/snoop/s?spy=both&app=a&appArgs=x');
    expect(snoop.body).toMatchObject({ id: 's', name: expect.stringMatching(/^Snoop\/c-/), state: 'Up' });
    await world.app.waitFor('StasisStart', (event) => event['channel'].id === 's');
    await world.bench.rest('DELETE', '/channels/c');
    await world.app.waitFor('StasisEnd', (event) => event['channel'].id === 's');
    await expect.poll(() => world.bench.asterisk.channelIds).toEqual([]);
  });

  it.each([
    ['', 16],
    ['?reason=busy', 17],
    ['?reason=no_answer', 19],
    ['?reason_code=21', 21],
  ])('is hung up with %j for cause %i', async (query, cause) => {
    await using world = await stage();
    expect((await world.bench.rest('DELETE', `/channels/c${query}`)).status).toBe(204);
    expect(await world.app.waitFor('ChannelHangupRequest')).toMatchObject({ cause: 32, soft: true });
    expect(await world.app.waitFor('ChannelDestroyed', (event) => event['channel'].id === 'c')).toMatchObject({
      cause,
    });
    expect(world.app.types.indexOf('StasisEnd')).toBeLessThan(world.app.types.indexOf('ChannelDestroyed'));
  });
});
