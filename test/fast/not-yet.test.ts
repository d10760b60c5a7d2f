import { AriAbortError, ConflictError, connect, UnprocessableEntityError, type AriClient } from 'asterisk-ari';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { channelData, event, start } from '../support/events.js';
import { AnsweringAsterisk, type SocketAnswer } from './support/answering-asterisk.js';

let asterisk: AnsweringAsterisk;
let client: AriClient;
/** Whether the channel is in its application. */
let isThere: boolean;

const words = 'Channel not in Stasis application';

beforeEach(async () => {
  asterisk = new AnsweringAsterisk('22.10.1');
  client = await connect(await asterisk.start(), 'ari', 'secret', { transport: 'websocket' });
  await client.start('hello');
  await vi.waitFor(async () => {
    await client.endpoints.list().catch(() => undefined);
    expect(asterisk.overSocket).not.toEqual([]);
  });
  asterisk.overSocket.length = 0;
  isThere = false;
  asterisk.answer = ({ method, uri }) => answer(method, uri);
});

afterEach(async () => {
  await client.close();
  await asterisk[Symbol.asyncDispose]();
});

function answer(method: string, uri: string): SocketAnswer {
  if (/create|externalMedia|snoop/.test(uri) || method === 'GET') {
    return { status: 200, body: channelData('c1') };
  }
  const status = uri.startsWith('bridges') ? 422 : 409;
  return isThere ? { status: 204 } : { status, body: { message: words } };
}

function enter(id = 'c1'): void {
  isThere = true;
  asterisk.send(start(id));
}

const create = () => client.channels.create({ endpoint: 'Local/x', app: 'hello' });

/** Resolves when so many requests have come. */
async function asked(count: number): Promise<void> {
  await vi.waitFor(() => expect(asterisk.overSocket).toHaveLength(count));
}

describe('a request about a channel that is on its way into the application', () => {
  it.each([
    ['create', create],
    ['externalMedia', () => client.channels.externalMedia({ app: 'hello', external_host: 'h:1', format: 'ulaw' })],
    ['snoopChannel', () => client.channels.handle('c0').snoopChannel({ app: 'hello', spy: 'in' })],
    [
      'snoopChannelWithId',
      () => client.channels.handle('c0').snoopChannelWithId({ snoopId: 'c1', spy: 'in', app: 'hello' }),
    ],
  ])('made by %s, waits for its StasisStart where it is refused, and is sent again', async (_name, make) => {
    const channel = await make();
    const request = channel.setChannelVar({ variable: 'A', value: '1' });
    await asked(2);
    enter();
    await request;
    await channel.dial();
    expect(asterisk.overSocket.map(({ uri }) => uri.split('?')[0])).toEqual([
      expect.stringMatching(/^channels/),
      'channels/c1/variable',
      'channels/c1/variable',
      'channels/c1/dial',
    ]);
  });

  it('may name it in a list, or by its id, and the refusal may be 422', async () => {
    await create();
    const request = client.bridges.addChannel({ bridgeId: 'b1', channel: ['c9', 'c1'] });
    const other = client.channels.dial({ channelId: 'c1' });
    await asked(3);
    enter();
    await Promise.all([request, other]);
    expect(asterisk.overSocket).toHaveLength(5);
  });

  it('is sent again at once if the StasisStart comes before the refusal', async () => {
    const channel = await create();
    asterisk.answer = ({ uri }) => {
      const refusal = answer('POST', uri);
      enter();
      return refusal;
    };
    await channel.dial();
    expect(asterisk.overSocket).toHaveLength(3);
  });

  it('is refused where it cannot be that: gone, in the application already, not made by us, of another application', async () => {
    const attempt = (channel: { dial(): Promise<void> }): Promise<void> =>
      expect(channel.dial()).rejects.toThrow(words);
    const gone = await create();
    const request = expect(gone.dial()).rejects.toThrow(ConflictError);
    await asked(2);
    asterisk.send(event('ChannelDestroyed', { cause: 16, cause_txt: '', channel: channelData('c1') }));
    await request;
    const entered = await create();
    asterisk.send(start('c1'));
    await client.idle();
    await attempt(entered);
    await attempt(client.channels.handle('c2'));
    await attempt(await client.channels.create({ endpoint: 'Local/x', app: 'theirs' }));
    await attempt(await client.channels.get({ channelId: 'c1' }));
    expect(asterisk.overSocket).toHaveLength(9);
  });

  it('is refused with other words or another status at once', async () => {
    const channel = await create();
    asterisk.answer = () => ({ status: 409, body: { message: 'Channel already in a call' } });
    await expect(channel.dial()).rejects.toThrow('already in a call');
    asterisk.answer = () => ({ status: 412, body: { message: words } });
    await expect(channel.dial()).rejects.toThrow('412');
    expect(asterisk.overSocket).toHaveLength(3);
  });

  it('gives up when its time is over, with the refusal, or its signal aborts, or the client closes', async () => {
    const channel = await create();
    await expect(channel.dial(undefined, { timeoutMs: 30 })).rejects.toThrow(ConflictError);
    const controller = new AbortController();
    const aborted = expect(channel.dial(undefined, { signal: controller.signal })).rejects.toThrow(AriAbortError);
    await asked(3);
    controller.abort();
    await aborted;
    const closed = expect(channel.dial()).rejects.toThrow(AriAbortError);
    await asked(4);
    await client.close();
    await closed;
  });

  it('gives up after five seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const channel = await create();
      const late = expect(client.bridges.addChannel({ bridgeId: 'b1', channel })).rejects.toThrow(
        UnprocessableEntityError,
      );
      while (asterisk.overSocket.length < 2) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      await vi.advanceTimersByTimeAsync(5_500);
      await late;
    } finally {
      vi.useRealTimers();
    }
  });
});
