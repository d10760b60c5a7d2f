import { type AriClient, connect, ObjectGoneError } from 'asterisk-ari';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { channelData, dtmf, event, start } from '../support/events.js';
import { AnsweringAsterisk } from './support/answering-asterisk.js';

let asterisk: AnsweringAsterisk;
let client: AriClient;

beforeEach(async () => {
  asterisk = new AnsweringAsterisk('22.10.1');
  client = await connect(await asterisk.start(), 'ari', 'secret', { transport: 'http' });
  await client.start('hello');
});

afterEach(async () => {
  await client.close();
  await asterisk[Symbol.asyncDispose]();
});

/** How many of these events are parsed. */
async function parsed(...events: readonly object[]): Promise<number> {
  const heard = client.waitFor('ApplicationReplaced', { timeoutMs: 5_000 });
  const parse = vi.spyOn(JSON, 'parse');
  for (const each of events) {
    asterisk.send(each);
  }
  // Of another application, so that nothing comes of it.
  asterisk.send({ ...event('ApplicationReplaced', {}), application: 'another' });
  await heard;
  const texts = parse.mock.calls.map(([text]) => text);
  parse.mockRestore();
  return texts.filter((text) => text.includes('"application":"hello"')).length;
}

const varset = event('ChannelVarset', { variable: 'A', value: '1', channel: channelData('c1') });
const destroyed = (id: string): object =>
  event('ChannelDestroyed', { cause: 16, cause_txt: 'Normal', channel: channelData(id) });

describe('an event that nobody listens to', () => {
  it('is not parsed', async () => {
    client.on('StasisStart', () => undefined);
    client.channels.on('ChannelHangupRequest', () => undefined);
    expect(await parsed(varset, dtmf('c1', '5'), destroyed('c1'), start('c1'))).toBe(1);
  });

  it('is not parsed once its last listener is gone, wherever that was', async () => {
    const subscriptions = [
      client.on('ChannelVarset', () => undefined),
      client.channels.on('ChannelVarset', () => undefined),
      client.channels.handle('c1').on('ChannelVarset', () => undefined),
    ];
    for (const subscription of subscriptions) {
      expect(await parsed(varset)).toBe(1);
      subscription.close();
      subscription.close();
    }
    expect(await parsed(varset)).toBe(0);
  });

  it.each(['*', 'malformed'] as const)('is parsed if somebody listens for %s', async (notice) => {
    client.on(notice, () => undefined);
    expect(await parsed(varset)).toBe(1);
  });

  it('is parsed if the bindings do not know it, so that it is told as unknown', async () => {
    const unknown: string[] = [];
    client.on('unknown', ({ type }) => unknown.push(type));
    expect(await parsed(event('ChannelMoonPhase', {}))).toBe(1);
    expect(unknown).toEqual(['ChannelMoonPhase']);
  });

  it('still ends what waits for an object that it says has ended', async () => {
    const wait = client.channels
      .handle('c1')
      .waitFor('ChannelDtmfReceived')
      .catch((error: unknown) => error);
    const other = client.channels.handle('c2').on('ChannelDtmfReceived', () => undefined);
    await parsed(destroyed('c1'));
    expect(await wait).toBeInstanceOf(ObjectGoneError);
    expect(other.closed).toBe(false);
  });

  it('of a channel whose other events are listened to makes no domain object', async () => {
    const heard: string[] = [];
    client.channels.handle('c1').on('ChannelDtmfReceived', (channel, { digit }) => heard.push(channel.id + digit));
    await parsed(dtmf('c2', '1'), varset, dtmf('c1', '2'));
    expect(heard).toEqual(['c12']);
  });
});

describe('listeners of single objects', () => {
  it('hear their own object only, among very many', async () => {
    const heard: string[] = [];
    for (let index = 0; index < 20_000; index += 1) {
      client.channels.handle(`c${index}`).on('ChannelDtmfReceived', (channel) => heard.push(channel.id));
    }
    await parsed(dtmf('c7', '1'), dtmf('c19999', '1'), dtmf('c20000', '1'));
    expect(heard).toEqual(['c7', 'c19999']);
  });

  it('are called in the order in which they were added, whatever is closed and added meanwhile', async () => {
    const heard: string[] = [];
    const channel = client.channels.handle('c1');
    const first = channel.on('ChannelDtmfReceived', () => {
      heard.push('first');
      first.close();
      second.close();
      channel.on('ChannelDtmfReceived', () => heard.push('late'));
    });
    const second = channel.on('ChannelDtmfReceived', () => heard.push('second'));
    channel.on('ChannelDtmfReceived', () => heard.push('third'));
    await parsed(dtmf('c1', '1'));
    expect(heard).toEqual(['first', 'third']);
    await parsed(dtmf('c1', '2'));
    expect(heard).toEqual(['first', 'third', 'third', 'late']);
  });

  it('hear an event once that holds their object twice', async () => {
    let heard = 0;
    client.channels.handle('c1').on('Dial', () => (heard += 1));
    await parsed(event('Dial', { caller: channelData('c1'), peer: channelData('c1'), dialstatus: '' }));
    expect(heard).toBe(1);
  });
});
