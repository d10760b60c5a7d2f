import { AriValidationError, connect, type AriClient, type InvalidMessage } from 'asterisk-ari';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anyEvent, anyFrame } from '../support/any-event.js';
import { channelData, event, start } from '../support/events.js';
import { listenEverywhere } from '../support/listen-everywhere.js';
import { RawAsterisk } from './support/raw-asterisk.js';

let raw: RawAsterisk;
let client: AriClient;
let lines: string[];
/** What was told of each frame: the type of an event, or why it is none. */
let told: string[];

afterEach(async () => {
  await client.close();
  await raw[Symbol.asyncDispose]();
});

async function connected(validation: 'envelope' | 'full'): Promise<void> {
  lines = [];
  told = [];
  const write = (line: string): unknown => lines.push(line);
  const logger = { debug: () => undefined, info: () => undefined, warn: write, error: write };
  raw = await RawAsterisk.start();
  client = await connect(raw.url, 'ari', 'secret', { transport: 'http', logger, validation });
  await client.start('hello');
  lines.length = 0;
  client.on('*', ({ type }) => told.push(type));
  client.on('unknown', ({ type }) => told.push(type));
  client.on('malformed', () => told.push('malformed'));
}

/** Sends frames, then an event that must arrive as if nothing had happened before; returns what was told of the frames. */
async function tell(...frames: readonly string[]): Promise<readonly string[]> {
  told.length = 0;
  const after = client.channels.handle('after').waitFor('StasisStart', { timeoutMs: 5_000 });
  raw.send(...frames, start('after'));
  expect((await after).channel.id).toBe('after');
  expect(told.pop()).toBe('StasisStart');
  return told;
}

function typeOf(frame: string): string {
  try {
    const { type } = JSON.parse(frame) as { type?: unknown };
    return typeof type === 'string' ? type : 'malformed';
  } catch {
    return 'malformed';
  }
}

describe.each(['envelope', 'full'] as const)('with validation %s, whatever a frame holds is told:', (validation) => {
  beforeEach(() => connected(validation));

  it('events of every type, with anything in their fields', async () => {
    listenEverywhere(client);
    const known = anyEvent.filter((text) => !/RESTResponse|ApplicationReplaced/.test(text));
    await fc.assert(
      fc.asyncProperty(fc.array(known, { minLength: 10, maxLength: 40 }), async (frames) => {
        expect(await tell(...frames)).toEqual(frames.map(typeOf));
      }),
      { numRuns: 80 },
    );
    expect(lines.filter((line) => line.includes('could not be read'))).toEqual([]);
  });

  it('any JSON, and JSON that was cut or mixed up', async () => {
    listenEverywhere(client);
    const frame = anyFrame.filter((text) => !/RESTResponse|ApplicationReplaced/.test(text));
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { minLength: 10, maxLength: 40 }), async (frames) => {
        expect(await tell(...frames)).toEqual(frames.map(typeOf));
      }),
      { numRuns: 50 },
    );
  });

  it.each(['id', 'name', 'state'])('objects and lists as %s of an object that is listened to', async (field) => {
    listenEverywhere(client);
    const values: readonly unknown[] = [
      { toString: 1, valueOf: 1 },
      [],
      [[]],
      { id: '1' },
      null,
      7,
      true,
      { __proto__: null },
    ];
    const frames = values.flatMap((value) => [
      JSON.stringify(event('ChannelStateChange', { channel: { ...channelData('1'), [field]: value } })),
      JSON.stringify(event('ChannelDestroyed', { channel: { ...channelData('2'), [field]: value } })),
      JSON.stringify(event('RecordingFinished', { recording: { [field]: value } })),
    ]);
    expect(await tell(...frames)).toEqual(frames.map(typeOf));
  });

  it.each([
    ['a known event', (deep: string) => `{"type":"StasisStart","channel":${deep}}`, 'StasisStart'],
    ['the id of an object', (deep: string) => `{"type":"StasisStart","channel":{"id":${deep}}}`, 'StasisStart'],
    ['an unknown event', (deep: string) => `{"type":"Later","x":${deep}}`, 'Later'],
    ['a type', (deep: string) => `{"type":${deep}}`, 'malformed'],
    ['no event', (deep: string) => deep, 'malformed'],
  ])('100,000 levels of nesting in %s', async (_name, wrap, expected) => {
    listenEverywhere(client);
    const invalid: InvalidMessage[] = [];
    client.on('invalid', (message) => invalid.push(message));
    const levels = 100_000;
    expect(await tell(wrap('['.repeat(levels) + ']'.repeat(levels)))).toEqual([expected]);
    expect(await tell(wrap('{"id":'.repeat(levels) + '1' + '}'.repeat(levels)))).toEqual([expected]);
    expect(invalid.every(({ data }) => typeof data === 'object')).toBe(true);
    expect(lines.filter((line) => !line.startsWith('the event loop was blocked'))).toEqual([]);
  });
});

describe('dispatch()', () => {
  beforeEach(() => connected('envelope'));

  it('tells what it cannot make an event of', () => {
    client.dispatch(JSON.parse(`{"type":"Later","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`) as object);
    client.dispatch(JSON.parse('{"type":"Later","__proto__":{"type":5}}') as object);
    client.dispatch(null as unknown as object);
    client.dispatch([]);
    expect(told).toEqual(['malformed', 'Later', 'malformed', 'malformed']);
  });

  it('refuses what is no data', () => {
    expect(() => client.dispatch({ type: 'Later', call: () => undefined })).toThrow(AriValidationError);
    expect(() => client.dispatch(() => undefined)).toThrow('plain data');
    expect(told).toEqual([]);
  });
});
