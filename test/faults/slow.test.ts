import { AriError, connect, type AriClient } from 'asterisk-ari';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dtmf } from '../support/events.js';
import { RawAsterisk } from './support/raw-asterisk.js';

let raw: RawAsterisk;
let client: AriClient;

beforeEach(async () => {
  raw = await RawAsterisk.start();
  client = await connect(raw.url, 'ari', 'secret');
});

afterEach(async () => {
  await client.close();
  await raw[Symbol.asyncDispose]();
});

function block(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until) {
    // The event loop is blocked.
  }
}

/** Sends so many digits and waits until all of them have been dispatched. */
async function flood(count: number): Promise<void> {
  const last = client.waitFor('ChannelDtmfReceived', { where: ({ digit }) => digit === String(count - 1) });
  raw.send(...Array.from({ length: count }, (_, index) => dtmf('c1', String(index))));
  await last;
}

describe('an application that blocks the event loop', () => {
  it('is told for how long, soon after', async () => {
    await client.start('hello');
    const told = client.waitFor('slow', { timeoutMs: 5_000 });
    setTimeout(() => block(300), 20);
    const notice = await told;
    expect(notice).toMatchObject({ cause: 'eventLoop' });
    expect(notice.cause === 'eventLoop' && notice.blockedMs).toBeGreaterThan(200);
  });

  it('is told once a second at most, with the longest', async () => {
    await client.start('hello');
    const blocked: number[] = [];
    client.on('slow', (notice) => notice.cause === 'eventLoop' && blocked.push(notice.blockedMs));
    for (const ms of [150, 400, 150]) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      block(ms);
    }
    await expect.poll(() => blocked.length, { timeout: 3_000 }).toBe(2);
    expect(blocked[1]).toBeGreaterThan(300);
  });

  it('is not watched before it is connected, nor where it does not want to know', async () => {
    const notices: unknown[] = [];
    client.on('slow', (notice) => notices.push(notice));
    await using other = await connect(raw.url, 'ari', 'secret', { slowAfterMs: 0 });
    await other.start('hello');
    other.on('slow', (notice) => notices.push(notice));
    await new Promise((resolve) => setTimeout(resolve, 60));
    block(200);
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(notices).toEqual([]);
  });
});

describe('a consumer that falls behind', () => {
  it('is warned when half of what it may queue is queued; by default the stream ends when all is', async () => {
    await client.start('hello');
    const notices: unknown[] = [];
    client.on('slow', (notice) => notices.push(notice));
    const stream = client.stream('ChannelDtmfReceived', { maxQueued: 10 });
    await flood(5);
    const name = 'the stream of ChannelDtmfReceived of the client';
    expect(notices).toEqual([{ cause: 'stream', stream: name, queued: 5, maxQueued: 10, dropped: 0 }]);
    await flood(6);
    const read: string[] = [];
    const reading = (async () => {
      for await (const { digit } of stream) {
        read.push(digit);
      }
    })();
    await expect(reading).rejects.toThrow(AriError);
    expect(read).toEqual(['0', '1', '2', '3', '4', '0', '1', '2', '3', '4']);
    expect(stream.dropped).toBe(1);
  });

  it('loses the oldest where it wants that, and is told how many', async () => {
    await client.start('hello');
    const stream = client.stream('ChannelDtmfReceived', { maxQueued: 4, whenFull: 'dropOldest' });
    await flood(10);
    expect(stream).toMatchObject({ queued: 4, dropped: 6 });
    await stream.return();
    const kept: string[] = [];
    const second = client.stream('ChannelDtmfReceived', { maxQueued: 4, whenFull: 'dropOldest' });
    await flood(10);
    for await (const { digit } of second) {
      kept.push(digit);
      if (second.queued === 0) {
        break;
      }
    }
    expect(kept).toEqual(['6', '7', '8', '9']);
  });

  it('stops nobody else: listeners hear everything at once', async () => {
    await client.start('hello');
    let heard = 0;
    client.on('ChannelDtmfReceived', () => (heard += 1));
    client.stream('ChannelDtmfReceived', { maxQueued: 1 });
    await flood(1_000);
    expect(heard).toBe(1_000);
  });
});
