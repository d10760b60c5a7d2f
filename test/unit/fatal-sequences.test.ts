import { AriClient, AriHttpError, AriTimeoutError, AriValidationError } from 'asterisk-ari';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { channelData } from '../support/events.js';
import { startRecordingServer, type Recorded } from '../support/recording-server.js';

let server: Awaited<ReturnType<typeof startRecordingServer>>;
let client: AriClient;
let refusals: number[];
let isSilent = false;

beforeEach(async () => {
  refusals = [];
  isSilent = false;
  server = await startRecordingServer((_, response) => {
    const status = refusals.shift() ?? 200;
    if (!isSilent) {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(channelData('c1')));
    }
  });
  client = new AriClient({ url: server.url, username: 'ari', password: 'secret', retry: false });
});

afterEach(async () => {
  await client.close();
  await server.close();
});

const dials = (): Recorded[] => server.requests.filter(({ target }) => target.endsWith('/dial'));
const dial = (channelId = 'c1'): Promise<void> => client.channels.dial({ channelId, timeout: 1 });

describe('a channel', () => {
  it('is dialled once', async () => {
    await dial();
    const again = dial();
    await expect(again).rejects.toThrow(AriValidationError);
    await expect(again).rejects.toThrow(
      "channels.dial: parameter 'channelId' names a channel that was dialled already: dialled twice, it may bring",
    );
    await expect(client.channels.handle('c1').dial()).rejects.toThrow('dialled already');
    await dial('c2');
    expect(dials()).toHaveLength(2);
  });

  it('is dialled once, even if nobody waits for the first time', async () => {
    const [first, second] = await Promise.allSettled([dial(), dial()]);
    expect([first.status, second.status]).toEqual(['fulfilled', 'rejected']);
    expect(dials()).toHaveLength(1);
  });

  it('is dialled again if Asterisk refused the first time, or never heard of it', async () => {
    refusals = [409];
    await expect(dial()).rejects.toThrow(AriHttpError);
    await expect(client.channels.dial({ channelId: 'c1' }, { signal: AbortSignal.abort() })).rejects.toThrow('aborted');
    await dial();
    expect(dials()).toHaveLength(2);
  });

  it('is not dialled again if the outcome of the first time is unknown', async () => {
    isSilent = true;
    await expect(client.channels.dial({ channelId: 'c1' }, { timeoutMs: 20 })).rejects.toThrow(AriTimeoutError);
    isSilent = false;
    await expect(dial()).rejects.toThrow(AriValidationError);
  });

  it('that is created under the same id is another one, which may be dialled before the answer is here', async () => {
    await dial();
    const create = { endpoint: 'Local/ring@default', app: 'hello' };
    const created = client.channels.create({ ...create, channelId: 'c1' });
    await dial();
    await created;
    await expect(dial()).rejects.toThrow(AriValidationError);
    await client.channels.handle('c1').originateWithId(create);
    await dial();
    expect(dials()).toHaveLength(3);
  });

  it('that could not be created under the same id is still the one that was dialled', async () => {
    await dial();
    refusals = [409];
    const create = { endpoint: 'Local/ring@default', app: 'hello', channelId: 'c1' };
    await expect(client.channels.create(create)).rejects.toThrow(AriHttpError);
    await expect(dial()).rejects.toThrow(AriValidationError);
  });

  it('is remembered among ten thousand others, not among all there ever were', async () => {
    const fetch = (): Promise<Response> => Promise.resolve(new Response(null, { status: 204 }));
    await using quick = new AriClient({ url: server.url, username: 'ari', password: 'secret', fetch });
    for (let index = 0; index <= 10_000; index += 1) {
      await quick.channels.dial({ channelId: `c${index}` });
    }
    await expect(quick.channels.dial({ channelId: 'c1' })).rejects.toThrow(AriValidationError);
    await quick.channels.dial({ channelId: 'c0' });
  });
});

/** Requests like these were seen to end a real 22.10.1 at once. */
describe('what ends Asterisk by itself is not sent:', () => {
  const notText = [5, null, true, {}];
  const notTexts = [...notText, [5], [null], ['a', 5], [[]]];

  it.each<[string, readonly unknown[], (value: never) => Promise<unknown>]>([
    ['a variable of a bridge without a name', [undefined, ...notText], (variable) => setBridgeVar({ variable })],
    ['event sources that are no texts', notTexts, (eventSource) => subscribe({ eventSource })],
    ['event sources to be taken back that are none', notTexts, (eventSource) => unsubscribe({ eventSource })],
    ['sources of an event that are no texts', notTexts, (source) => userEvent({ source })],
    ['parts of the information that are no texts', notTexts, (only) => client.asterisk.getInfo({ only })],
    ['names of variables that are no texts', notTexts, (variables) => getChannelVars({ variables })],
    ['those of a bridge neither', notTexts, (variables) => getBridgeVars({ variables })],
    [
      'fields of an object that are none',
      [5, [5], [null], [{}], [{ attribute: 'realm' }]],
      (fields) => update({ fields }),
    ],
    [
      'a field with an odd name',
      [undefined, null, {}, []],
      (attribute) => update({ fields: [{ attribute, value: 'x' }] }),
    ],
    [
      'a field with an odd value',
      [undefined, null, {}, []],
      (value) => update({ fields: [{ attribute: 'x', value }] }),
    ],
    ['a recording without a format', [undefined, ...notText], (format) => record({ format })],
    ['a move to no application', [undefined, ...notText], (app) => client.channels.move({ channelId: 'c1', app })],
  ])('%s', async (_name, values, call) => {
    for (const value of values) {
      await expect(call(value as never), JSON.stringify(value)).rejects.toThrow(AriValidationError);
    }
    expect(server.requests).toEqual([]);
  });

  const [applicationName, bridgeId] = ['hello', 'b1'];
  const setBridgeVar = (params: { variable: string }) => client.bridges.setBridgeVar({ bridgeId, ...params });
  const getBridgeVars = (params: { variables: string }) => client.bridges.getBridgeVars({ bridgeId, ...params });
  const record = (params: { format: string }) => client.bridges.record({ bridgeId, name: 'n', ...params });
  const subscribe = (params: { eventSource: string }) => client.applications.subscribe({ applicationName, ...params });
  const unsubscribe = (params: { eventSource: string }) =>
    client.applications.unsubscribe({ applicationName, ...params });
  const userEvent = (params: { source: string }) =>
    client.events.userEvent({ eventName: 'e', application: 'hello', ...params });
  const getChannelVars = (params: { variables: string }) =>
    client.channels.getChannelVars({ channelId: 'c1', ...params });
  const update = (params: { fields: { attribute: string; value: string }[] }) =>
    client.asterisk.updateObject({ configClass: 'res_pjsip', objectType: 'auth', id: 'x', ...params });
});
