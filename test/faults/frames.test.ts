import { connect, type AriClient, type MalformedMessage, type UnknownEvent } from 'asterisk-ari';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { channelData, dtmf, event, start } from '../support/events.js';
import { RawAsterisk } from './support/raw-asterisk.js';
import { atOnce, until } from './support/states.js';

let raw: RawAsterisk;
let client: AriClient;
let malformed: MalformedMessage[];

beforeEach(async () => {
  raw = await RawAsterisk.start();
  client = await connect(raw.url, 'ari', 'secret', { reconnect: atOnce });
  await client.start('hello');
  malformed = [];
  client.on('malformed', (message) => malformed.push(message));
});

afterEach(async () => {
  await client.close();
  await raw[Symbol.asyncDispose]();
});

/** Sends something odd and then an event; the event arrives over the same connection. */
async function survives(...frames: readonly unknown[]): Promise<void> {
  const socket = raw.socket;
  const heard = client.waitFor('StasisStart', { timeoutMs: 5_000 });
  raw.send(...frames, start('after'));
  expect((await heard).channel.id).toBe('after');
  expect(raw.socket).toBe(socket);
}

describe('frames that are no events', () => {
  it.each([
    ['garbage', '\u0000\u0001 what?', 'Unexpected token'],
    ['half an event', '{"type":"StasisStart","channel":', 'Unexpected end'],
    ['nothing', '', 'Unexpected end'],
    ['a number', '7', 'without a type'],
    ['null', 'null', 'without a type'],
    ['a list', '[]', 'without a type'],
    ['an event without a type', '{"channel":{"id":"x"}}', 'without a type'],
    ['an event whose type is no text', '{"type":7}', 'without a type'],
    ['an error of a developer build', '{"error":"InvalidMessage"}', 'without a type'],
  ])('%s is told as malformed', async (_name, frame, reason) => {
    await survives(frame);
    expect(malformed).toEqual([{ text: frame, reason: expect.stringContaining(reason) as string }]);
  });

  it('a binary frame is malformed, whatever it holds', async () => {
    await survives(Buffer.from([0xff, 0x00, 0x7b, 0x7d]), Buffer.from(JSON.stringify(start('binary'))));
    expect(malformed.map(({ reason }) => reason)).toEqual(['a binary frame', 'a binary frame']);
  });

  it('only the beginning of a long one is handed on', async () => {
    await survives('x'.repeat(5_000_000));
    expect(malformed[0]?.text).toBe('x'.repeat(1_000));
  });

  it('without anybody who listens for them they do no harm', async () => {
    const listeners = [...malformed];
    await survives('garbage', '{"type":', 'null', Buffer.alloc(3));
    expect(listeners).toEqual([]);
  });
});

describe('events that are not what they should be', () => {
  it('a huge one is delivered whole', async () => {
    const value = 'ä'.repeat(2_000_000);
    const heard = client.waitFor('ChannelVarset', { timeoutMs: 10_000 });
    raw.send(event('ChannelVarset', { channel: channelData('c1'), variable: 'LONG', value }));
    expect((await heard).value).toHaveLength(value.length);
  });

  it('one of an unknown type is delivered whole', async () => {
    const unknown: UnknownEvent[] = [];
    client.on('unknown', (each) => unknown.push(each));
    const future = event('CallTeleported', { channel: channelData('c1'), to: { planet: 'Mars' } });
    await survives(future);
    expect(unknown).toEqual([future]);
  });

  it('fields of the wrong type, missing or too many, neither stop others nor the process', async () => {
    let heard = 0;
    client.on('*', () => (heard += 1));
    client.channels.on('ChannelDtmfReceived', () => (heard += 1));
    await survives(
      event('ChannelDtmfReceived', { digit: 5, channel: 'c1' }),
      event('ChannelDtmfReceived', { channel: null }),
      event('ChannelDtmfReceived', {}),
      event('ChannelDtmfReceived', { channel: [] }),
      event('ChannelDtmfReceived', { channel: {} }),
      event('ChannelDtmfReceived', { channel: { id: { toString: 'no' } } }),
      event('Dial', { caller: 7, peer: channelData('c1'), forwarded: true, toString: 1 }),
      event('ChannelTransfer', { refer_to: 'somewhere', referred_by: [] }),
      event('__proto__', { __proto__: null }),
      event('constructor', {}),
      event('ChannelDestroyed', { channel: { id: 7 } }),
    );
    expect(heard).toBeGreaterThanOrEqual(9);
    expect(malformed).toEqual([]);
  });

  it('come in the order in which they were sent, each once', async () => {
    const digits: string[] = [];
    client.channels.on('ChannelDtmfReceived', (_, { digit }) => digits.push(digit));
    const sent = Array.from({ length: 2_000 }, (_, index) => String(index));
    await survives(...sent.map((digit) => dtmf(`c${Number(digit) % 7}`, digit)));
    expect(digits).toEqual(sent);
  });
});

describe('bytes that are no frames', () => {
  it.each([
    ['an unknown opcode', Buffer.from([0x83, 0x00])],
    ['a reserved bit', Buffer.from([0xc1, 0x00])],
    ['a masked frame', Buffer.from([0x81, 0x81, 1, 2, 3, 4, 5])],
    ['a continuation of nothing', Buffer.from([0x80, 0x00])],
    ['a text that is no UTF-8', Buffer.from([0x81, 0x02, 0xc3, 0x28])],
    ['a fragmented ping', Buffer.from([0x09, 0x00])],
    ['a frame of more than 100 MiB', Buffer.from([0x81, 0x7f, 0, 0, 0, 0, 0x40, 0, 0, 0])],
    ['plain HTTP', Buffer.from('HTTP/1.1 200 OK\r\n\r\n')],
  ])('%s ends the connection, and another one is opened', async (_name, bytes) => {
    const back = until(client, 'reconnecting').then(() => until(client, 'open'));
    raw.write(bytes);
    await back;
    await survives();
  });
});
