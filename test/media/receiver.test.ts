import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Receiver, type AudioLength, type DroppedNotice } from '../../src/media/session/receiver.js';

beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => vi.useRealTimers());

/** @param length without one, each message is 20 ms long */
function receiver(ms = 100, bytes = 1_000_000, length: AudioLength = { bytesPerMs: 0, frameMs: 20 }) {
  const notices: DroppedNotice[] = [];
  return { notices, receiver: new Receiver({ ms, bytes }, length, (notice) => notices.push(notice)) };
}

async function readAll(from: Receiver): Promise<number[]> {
  const read: number[] = [];
  for (let next = await from.next(); next.done !== true; next = await from.next()) {
    read.push(next.value[0] as number);
  }
  return read;
}

describe('audio that has come', () => {
  it('is read in its order, whoever is first', async () => {
    const { receiver: audio } = receiver();
    const early = audio.next();
    audio.push(Buffer.of(1));
    audio.push(Buffer.of(2));
    expect([(await early).value?.[0], (await audio.next()).value?.[0]]).toEqual([1, 2]);
    const waiting = [audio.next(), audio.next()];
    audio.end();
    expect(await Promise.all(waiting)).toEqual([
      { value: undefined, done: true },
      { value: undefined, done: true },
    ]);
  });

  it('is for who goes on, if a loop is left that waits for it', async () => {
    const { receiver: audio } = receiver();
    const left = audio.iterate();
    const waiting = left.next();
    await left.return?.();
    expect(await waiting).toEqual({ value: undefined, done: true });
    const next = audio.next();
    audio.push(Buffer.of(1));
    expect((await next).value).toEqual(Buffer.of(1));
  });

  it('is bounded: the oldest goes, is counted, and told at most once a second', async () => {
    const { receiver: audio, notices } = receiver();
    const push = (count: number): void => {
      for (let frame = 0; frame < count; frame += 1) {
        audio.push(Buffer.of(frame));
      }
    };
    push(10);
    expect([audio.receivedMs, audio.droppedMs]).toEqual([200, 100]);
    // Nobody has ever read: nobody is late.
    expect(notices).toEqual([]);
    expect((await audio.next()).value).toEqual(Buffer.of(5));
    push(3);
    expect(notices).toEqual([{ ms: 120, totalMs: 120, bytes: 6, totalBytes: 6 }]);
    push(10);
    expect(notices).toHaveLength(1);
    vi.advanceTimersByTime(1_000);
    push(1);
    expect(notices).toEqual([
      { ms: 120, totalMs: 120, bytes: 6, totalBytes: 6 },
      { ms: 240, totalMs: 360, bytes: 12, totalBytes: 18 },
    ]);
  });

  it('is bounded in bytes, too, whatever the messages are', async () => {
    const { receiver: audio, notices } = receiver(2_000, 1_000 + 3 * 256);
    const read = audio.next();
    audio.push(Buffer.alloc(1));
    await read;
    for (const size of [400, 400, 200]) audio.push(Buffer.alloc(size));
    expect(audio.droppedMs).toBe(0);
    audio.push(Buffer.alloc(1));
    expect(notices).toEqual([{ ms: 20, totalMs: 20, bytes: 400, totalBytes: 400 }]);
    audio.push(Buffer.alloc(1_500));
    audio.end();
    const left: number[] = [];
    for (let next = await audio.next(); next.done !== true; next = await audio.next()) left.push(next.value.length);
    expect(left).toEqual([1_500]);
    expect(audio.droppedMs).toBe(80);
  });

  it.each([
    [320, 10],
    [640, 20],
    [1_920, 60],
    [8_192, 256],
  ])('is as long as its bytes, in messages of %i bytes, too', (bytes, ms) => {
    const { receiver: audio } = receiver(5_000, 4_194_304, { bytesPerMs: 32, frameMs: 20 });
    for (let sentMs = 0; sentMs < 20 * 768; sentMs += ms) audio.push(Buffer.alloc(bytes));
    expect(audio.receivedMs).toBe(20 * 768);
    const keptMs = audio.receivedMs - audio.droppedMs;
    expect(keptMs).toBeLessThanOrEqual(5_000);
    expect(keptMs).toBeGreaterThan(5_000 - ms);
  });

  it('is bounded in number: messages that hold nothing fill no memory', async () => {
    const { receiver: audio } = receiver(5_000, 1_024 * 256, { bytesPerMs: 32, frameMs: 20 });
    for (let count = 0; count < 2_000; count += 1) audio.push(Buffer.alloc(0));
    audio.end();
    expect(await readAll(audio)).toHaveLength(1_024);
  });

  it('may be bounded by any number at all', async () => {
    const { receiver: audio } = receiver(Number.MAX_SAFE_INTEGER);
    audio.push(Buffer.of(1));
    expect((await audio.next()).value).toEqual(Buffer.of(1));
  });

  it('is the newest of what came, whenever it is read', async () => {
    const step = fc.oneof(fc.constant('push'), fc.constant('read'));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 8 }), async (steps, maxFrames) => {
        const { receiver: audio } = receiver(maxFrames * 20);
        let model: number[] = [];
        let count = 0;
        let lost = 0;
        for (const what of steps) {
          if (what === 'push') {
            audio.push(Buffer.of(count));
            model.push(count);
            count += 1;
            lost += Math.max(0, model.length - maxFrames);
            model = model.slice(-maxFrames);
          } else if (model.length > 0) {
            expect((await audio.next()).value?.[0]).toBe(model.shift());
          }
        }
        audio.end();
        expect(await readAll(audio)).toEqual(model);
        expect(audio.droppedMs).toBe(lost * 20);
      }),
    );
  });
});
