import { afterEach, describe, expect, it } from 'vitest';
import { AriClient, AriProtocolError, AriValidationError, type InvalidMessage, type Logger } from '../../src/index.js';
import { bindings } from '../../generated/v22/bindings.js';
import { BaseClient } from '../../src/runtime.js';
import { channelData, event, start } from '../support/events.js';
import { startRecordingServer } from '../support/recording-server.js';
import { fedClient } from './support/client.js';

const where = { url: 'http://localhost:1/', username: 'me', password: 'secret' };

/** `name` is not a string: seen by full validation alone. */
const odd = { ...start('1'), channel: { ...channelData('1'), name: 5 } };

describe('an event that is not as described', () => {
  it('is delivered by default, after the application was told', async () => {
    const { client } = await fedClient({ validation: 'full' });
    const order: string[] = [];
    client.on('StasisStart', ({ channel }) => order.push(`event ${channel.name}`));
    client.on('invalid', ({ name, delivered }) => order.push(`invalid ${name} ${delivered}`));
    client.dispatch(odd);
    expect(order).toEqual(['invalid StasisStart true', 'event 5']);
  });

  it('is told with raw data, which later stays raw', async () => {
    const { client, invalid } = await fedClient({ validation: 'full' });
    client.on('*', () => undefined);
    client.dispatch(odd);
    expect(invalid.map(({ data }) => data)).toEqual([odd]);
  });

  it('is kept from every listener if it is to be dropped', async () => {
    const { client, invalid } = await fedClient({ validation: 'full', whenInvalid: 'drop' });
    const heard: unknown[] = [];
    client.on('*', (each) => heard.push(each));
    client.on('StasisStart', (each) => heard.push(each));
    client.channels.on('StasisStart', (_, each) => heard.push(each));
    client.channels.handle('1').on('StasisStart', (_, each) => heard.push(each));
    client.dispatch(odd);
    expect(heard).toEqual([]);
    expect(invalid).toMatchObject([{ name: 'StasisStart', delivered: false, data: odd }]);
    client.dispatch(start('1'));
    expect(heard).toHaveLength(4);
  });

  it('ends what listens to an object all the same, if it is the last one of it', async () => {
    const { client } = await fedClient({ validation: 'full', whenInvalid: 'drop' });
    const subscription = client.channels.handle('1').on('ChannelDtmfReceived', () => undefined);
    client.dispatch(event('ChannelDestroyed', { cause: 'sixteen', cause_txt: '', channel: channelData('1') }));
    expect(subscription.closed).toBe(true);
  });

  it('is looked for among events that nobody listens to only in full', async () => {
    for (const [validation, found] of [
      ['envelope', 0],
      ['full', 1],
    ] as const) {
      const { client, invalid } = await fedClient({ validation });
      client.dispatch({ ...start('1'), application: 5 });
      expect(invalid).toHaveLength(found);
    }
  });

  it('is logged where nobody listens to that, without the data', async () => {
    const warnings: string[] = [];
    const none = (): void => undefined;
    const logger: Logger = { debug: none, info: none, error: none, warn: (message) => warnings.push(message) };
    const client = new AriClient({ ...where, validation: 'full', logger });
    await client.prepare();
    client.dispatch({ ...odd, args: 5, timestamp: 5, asterisk_id: 5 });
    expect(warnings.at(-1)).toBe(
      'event StasisStart: not as described: asterisk_id must be a string, not 5; timestamp must be a string, not 5; ' +
        'args must be a list, not 5; and 1 more',
    );
  });

  it('of a type that nobody knows is none: it is told as unknown', async () => {
    const { client, invalid, failures } = await fedClient({ validation: 'full' });
    client.dispatch({ type: 'FromTheFuture' });
    expect(invalid).toEqual([]);
    expect(failures).toEqual([{ type: 'FromTheFuture' }]);
  });
});

describe('an answer that is not as described', () => {
  let server: Awaited<ReturnType<typeof startRecordingServer>> | undefined;
  afterEach(() => server?.close());

  async function ask(body: unknown, options: object) {
    server = await startRecordingServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    const client = new AriClient({ ...where, url: server.url, ...options });
    const invalid: InvalidMessage[] = [];
    client.on('invalid', (message) => invalid.push(message));
    const answer = await client.channels.get({ channelId: '1' }).catch((error: unknown) => error);
    await client.close();
    return { answer, invalid };
  }

  const body = { ...channelData('1'), state: null };

  it('is handed on by default, after the application was told', async () => {
    const { answer, invalid } = await ask(body, { validation: 'full' });
    expect(answer).toMatchObject({ id: '1', state: null });
    expect(invalid).toEqual([
      {
        kind: 'answer',
        name: 'channels.get',
        issues: [{ path: 'state', message: 'must be a string, not null' }],
        data: body,
        delivered: true,
      },
    ]);
  });

  it('is an error if it is to be dropped', async () => {
    const { answer, invalid } = await ask(body, { validation: 'full', whenInvalid: 'drop' });
    expect(answer).toBeInstanceOf(AriProtocolError);
    expect(String(answer)).toContain('channels.get: the answer is not as described: state must be a string, not null');
    expect(invalid).toMatchObject([{ kind: 'answer', delivered: false }]);
  });

  it('is noticed by default where its id is missing', async () => {
    const { invalid } = await ask({ ...body, id: undefined }, {});
    expect(invalid[0]?.issues).toEqual([{ path: 'id', message: 'is missing; must be a string' }]);
  });

  it('is not noticed without validation', async () => {
    const { answer, invalid } = await ask({ state: 5 }, { validation: 'none' });
    expect(answer).toMatchObject({ state: 5 });
    expect(invalid).toEqual([]);
  });
});

describe('the options', () => {
  it.each([
    [{ validation: 'strict' }, "option 'validation' must be envelope or none or full"],
    [{ validation: true }, "option 'validation' must be envelope or none or full"],
    [{ whenInvalid: 'throw' }, "option 'whenInvalid' must be deliver or drop"],
  ])('%j is refused by name', (options, message) => {
    const make = (): AriClient => new AriClient({ ...where, ...(options as object) });
    expect(make).toThrow(AriValidationError);
    expect(make).toThrow(message);
  });

  it('full is refused by bindings from before there were schemas', () => {
    const { schemas: _, ...older } = bindings;
    class Client extends BaseClient<object> {}
    const make = (validation: 'envelope' | 'full') => () => new Client(older, { ...where, validation });
    expect(make('envelope')).not.toThrow();
    expect(make('full')).toThrow(
      "option 'validation' cannot be 'full': these bindings have no schemas; generate them again",
    );
  });

  it('until the schemas are loaded, full looks at envelopes', async () => {
    const client = new AriClient({ ...where, validation: 'full' });
    const invalid: InvalidMessage[] = [];
    client.on('invalid', (message) => invalid.push(message));
    client.dispatch(odd);
    expect(invalid).toHaveLength(0);
    client.dispatch({ ...odd, application: 5 });
    expect(invalid).toHaveLength(1);
    await client.prepare();
    client.dispatch(odd);
    expect(invalid).toHaveLength(2);
  });
});
