import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeTime, frameBytes, frameMs, Line, PacedLine, speech } from './support/line.js';

beforeEach(fakeTime);
afterEach(() => {
  vi.clearAllTimers();
  vi.useRealTimers();
});

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

/** What a promise has come to. */
function follow<T>(promise: Promise<T>): { value: T | undefined } {
  const state: { value: T | undefined } = { value: undefined };
  promise.then(
    (value) => (state.value = value),
    (error) => (state.value = error as T),
  );
  return state;
}

/** Cuts audio at random places. */
const cuts = (length: number): fc.Arbitrary<number[]> =>
  fc
    .array(fc.nat(length), { maxLength: 30 })
    .map((places) => [...new Set([0, ...places, length])].sort((a, b) => a - b));

function* chunksOf(audio: Buffer, places: readonly number[]): Generator<Buffer> {
  for (const [index, place] of places.slice(0, -1).entries()) {
    yield audio.subarray(place, places[index + 1]);
  }
}

describe('audio that is written', () => {
  it('is played as it is, however it was cut, and never sent further ahead than allowed', async () => {
    const frames = fc.integer({ min: 1, max: 400 });
    const plan = frames.chain((count) => fc.record({ places: cuts(count * frameBytes), count: fc.constant(count) }));
    await fc.assert(
      fc.asyncProperty(
        plan,
        fc.constantFrom(40, 200, 2_000),
        fc.nat(150),
        fc.constantFrom('json', 'plain-text'),
        async ({ places, count }, maxAheadMs, latencyMs, format) => {
          const line = new Line({ maxAheadMs, latencyMs, format });
          const audio = speech(count);
          const outcome = follow(
            (async () => {
              for (const chunk of chunksOf(audio, places)) {
                await line.sender.write(chunk, 0);
              }
              return line.sender.mark();
            })(),
          );
          await pass(count * frameMs * 3 + 1_000 + 40 * latencyMs);
          expect(outcome.value).toBe('played');
          expect(line.audio.equals(audio)).toBe(true);
          expect(line.most * frameMs).toBeLessThanOrEqual(maxAheadMs);
          line.sender.close();
          vi.clearAllTimers();
        },
      ),
      { numRuns: 60 },
    );
  });

  it('has a writer wait until it is sent', async () => {
    const line = new Line({ maxAheadMs: 1_000 });
    const first = follow(line.sender.write(speech(50), 0));
    const second = follow(line.sender.write(speech(50, 2), 0));
    await pass(0);
    expect([first.value, second.value]).toEqual([true, undefined]);
    await pass(700);
    expect(second.value).toBeUndefined();
    await pass(400);
    expect(second.value).toBe(true);
    await pass(3_000);
    expect(line.audio.equals(Buffer.concat([speech(50), speech(50, 2)]))).toBe(true);
  });

  it('goes out in messages of 8 KB at most, of whole frames', async () => {
    const line = new Line();
    void line.sender.write(speech(500), 0);
    await pass(10);
    expect(line.commands[0]).toBe('{"command":"START_MEDIA_BUFFERING"}');
    expect(line.messages).toEqual([8_160, 7_840]);
  });

  it('is refused, not piled up, if more would wait than allowed', async () => {
    const line = new Line({ maxAheadMs: 40, maxQueuedBytes: 3_200 });
    const { sender } = line;
    await sender.write(speech(2), 0);
    void sender.write(speech(15), 0);
    await expect(sender.write(speech(6), 0)).rejects.toThrow("more than 'maxQueuedBytes' (3200) would wait");
    await pass(1_000);
    void sender.write(speech(6), 0);
    await pass(1_000);
    expect(line.played).toHaveLength(23);
  });

  it('that stops in the middle of a frame is filled up with silence, at a mark at once, else after a moment', async () => {
    const line = new Line();
    void line.sender.write(Buffer.alloc(200, 1), 0);
    const mark = follow(line.sender.mark());
    await pass(100);
    expect(mark.value).toBe('played');
    expect(line.audio).toEqual(Buffer.concat([Buffer.alloc(200, 1), Buffer.alloc(120, 0xff)]));
    void line.sender.write(Buffer.alloc(10, 2), 0);
    await pass(30);
    expect(line.played).toHaveLength(2);
    // What follows soon belongs to the same frame.
    void line.sender.write(Buffer.alloc(10, 3), 0);
    await pass(150);
    const last = Buffer.concat([Buffer.alloc(10, 2), Buffer.alloc(10, 3), Buffer.alloc(140, 0xff)]);
    expect(line.played.at(-1)?.frame).toEqual(last);
  });

  it('may be nothing', async () => {
    const line = new Line();
    expect(await line.sender.write(Buffer.alloc(0), 0)).toBe(true);
    expect(line.commands).toEqual([]);
  });
});

describe('the other end', () => {
  it('that holds us back overflows nowhere: nothing is lost', async () => {
    const line = new Line({ maxAheadMs: 60_000, latencyMs: 150 });
    const audio = speech(2_500);
    const outcome = follow(line.sender.write(audio, 0).then(() => line.sender.mark()));
    await pass(5_000);
    expect(line.xoffs).toBe(1);
    expect(line.sender.heldBack).toBe(true);
    await pass(50_000);
    expect(outcome.value).toBe('played');
    expect(line.lost).toBe(0);
    expect(line.audio.equals(audio)).toBe(true);
  });

  it('is fed at twice the speed at which it plays, once its queue is nearly full', async () => {
    const line = new Line({ maxAheadMs: 60_000 });
    void line.sender.write(speech(2_500), 0);
    await pass(100);
    const before = line.sender.ahead();
    expect(before).toBeGreaterThan(15_000);
    await pass(2_000);
    expect(line.sender.ahead() - before).toBeGreaterThan(1_900);
    expect(line.sender.ahead() - before).toBeLessThanOrEqual(2_000);
  });

  it.each([19, 20.2, 21])('whose frames last %s ms is not overrun, nor kept waiting', async (tickMs) => {
    const line = new Line({ maxAheadMs: 1_000, tickMs });
    const audio = speech(1_500);
    const outcome = follow(line.sender.write(audio, 0).then(() => line.sender.mark()));
    await pass(1_500 * tickMs + 500);
    expect(outcome.value).toBe('played');
    expect(line.audio.equals(audio)).toBe(true);
    // What the clock says is wrong, and put right by each mark.
    expect(line.most * frameMs).toBeLessThanOrEqual(1_200);
    const gaps = line.played.slice(1).map(({ at }, index) => at - (line.played[index]?.at ?? 0));
    expect(Math.max(...gaps)).toBeLessThan(2 * tickMs);
  });

  it.each([40, 400])('that is far away is not kept waiting, with %s ms ahead', async (maxAheadMs) => {
    const line = new Line({ maxAheadMs, latencyMs: 150 });
    void line.sender.write(speech(500), 0);
    await pass(500 * frameMs + 500);
    expect(line.played).toHaveLength(500);
    const [first, last] = [line.played[0]?.at ?? 0, line.played.at(-1)?.at ?? 0];
    expect(last - first).toBe(499 * frameMs);
  });

  it('that stands still is soon sent no more, though nobody has said so', async () => {
    const line = new Line({ maxAheadMs: 1_000 });
    void line.sender.write(speech(1_000), 0);
    await pass(5_000);
    line.standStill(true);
    await pass(10_000);
    // The next mark, half a second away at most, does not come.
    expect(line.most * frameMs).toBeLessThanOrEqual(1_600);
    line.standStill(false);
    await pass(17_000);
    expect(line.audio.equals(speech(1_000))).toBe(true);
  });

  it('that does not play at all is sent no more than allowed', async () => {
    const line = new Line({ maxAheadMs: 1_000 });
    // Somebody else has paused it, so that only marks can tell.
    line.sender.pause();
    line.sender.continue();
    await pass(10);
    line.sender.pause();
    void line.sender.write(speech(500), 0);
    await pass(20_000);
    expect(line.most).toBe(50);
    expect(line.played).toHaveLength(0);
    line.sender.continue();
    await pass(11_000);
    expect(line.played).toHaveLength(500);
  });

  it('tells how much was played, to a frame and the time on the way', async () => {
    const line = new Line({ latencyMs: 20 });
    void line.sender.write(speech(300), 0);
    for (let ms = 0; ms < 6_500; ms += 70) {
      await pass(70);
      expect(Math.abs(line.sender.played() - line.playedMs)).toBeLessThanOrEqual(2 * frameMs + 2 * 20);
    }
    expect(line.sender.played()).toBe(6_000);
  });
});

describe('marks', () => {
  it('settle in their order, and none before its audio is played', async () => {
    const line = new Line({ maxAheadMs: 400 });
    const order: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      void line.sender.write(speech(40), 0);
      void line.sender
        .mark()
        .then((outcome) => order.push(`${name} ${outcome} ${line.played.length >= 40 * (order.length + 1)}`));
    }
    await pass(3_000);
    expect(order).toEqual(['a played true', 'b played true', 'c played true']);
  });

  it('without audio settle at once', async () => {
    const line = new Line();
    const mark = follow(line.sender.mark());
    await pass(50);
    expect(mark.value).toBe('played');
  });

  it('go between the audio as one queue, even while it is held back', async () => {
    const line = new Line();
    line.sender.holdBack(true);
    void line.sender.write(speech(5), 0);
    const mark = follow(line.sender.mark());
    await pass(500);
    expect([mark.value, line.played.length]).toEqual([undefined, 0]);
    line.sender.holdBack(false);
    await pass(300);
    expect([mark.value, line.played.length]).toEqual(['played', 5]);
  });
});

describe('drained', () => {
  it('settles when nothing is left, of what came later too', async () => {
    const line = new Line();
    void line.sender.write(speech(10), 0);
    const early = follow(line.sender.drained());
    await pass(150);
    void line.sender.write(speech(10, 2), 0);
    const late = follow(line.sender.drained());
    await pass(150);
    expect([early.value, late.value]).toEqual([undefined, undefined]);
    await pass(300);
    expect([early.value, late.value]).toEqual(['played', 'played']);
    expect(line.played).toHaveLength(20);
  });

  it('is not misled by a report from before a flush', async () => {
    const line = new Line({ latencyMs: 100 });
    void line.sender.write(speech(100), 0);
    const before = follow(line.sender.drained());
    await pass(300);
    line.sender.flush();
    void line.sender.write(speech(50, 2), 1);
    const after = follow(line.sender.drained());
    // The report of the flushed queue comes in between.
    await pass(900);
    expect([before.value, after.value]).toEqual(['flushed', undefined]);
    await pass(1_000);
    expect(after.value).toBe('played');
  });
});

describe('a flush', () => {
  it('discards all that is not played, settles its marks, and releases writers', async () => {
    const line = new Line({ maxAheadMs: 400 });
    const { sender } = line;
    const write = follow(sender.write(speech(200), 0));
    const marks = [follow(sender.mark()), follow(sender.drained())];
    await pass(1_000);
    sender.flush();
    await pass(0);
    expect(write.value).toBe(false);
    expect(marks.map(({ value }) => value)).toEqual(['flushed', 'flushed']);
    const { length } = line.played;
    await pass(2_000);
    expect(line.played.length - length).toBeLessThanOrEqual(1);
    expect(line.commands).toContain('{"command":"FLUSH_MEDIA"}');
    expect(sender.ahead()).toBe(0);
    expect(sender.queued()).toBe(0);
  });

  it('keeps out what was made before it, and what comes after it is played in full', async () => {
    const line = new Line();
    const { sender } = line;
    void sender.write(speech(50), 0);
    await pass(200);
    sender.flush();
    expect(sender.generation).toBe(1);
    expect(await sender.write(speech(50, 2), 0)).toBe(false);
    expect(await sender.mark(0)).toBe('flushed');
    await pass(200);
    const { length } = line.played;
    void sender.write(speech(30, 3), 1);
    const mark = follow(sender.mark());
    await pass(1_000);
    expect(mark.value).toBe('played');
    expect(Buffer.concat(line.played.slice(length).map(({ frame }) => frame)).equals(speech(30, 3))).toBe(true);
    expect(line.commands.filter((command) => command.includes('START_MEDIA_BUFFERING'))).toHaveLength(2);
  });

  it('during a pause leaves it paused', async () => {
    const line = new Line();
    line.sender.pause();
    void line.sender.write(speech(10), 0);
    await pass(100);
    line.sender.flush();
    void line.sender.write(speech(5, 2), 1);
    await pass(500);
    expect(line.sender.paused).toBe(true);
    expect(line.played).toHaveLength(0);
    line.sender.continue();
    await pass(500);
    expect(line.audio.equals(speech(5, 2))).toBe(true);
  });

  it('never lets old audio out, whatever comes when', async () => {
    const action = fc.oneof(
      fc.record({ kind: fc.constant('write' as const), frames: fc.integer({ min: 1, max: 60 }) }),
      fc.record({ kind: fc.constant('flush' as const) }),
      fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(700) }),
      fc.record({ kind: fc.constant('mark' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 25 }), fc.nat(80), async (actions, latencyMs) => {
        const line = new Line({ latencyMs, maxAheadMs: 500 });
        const { sender } = line;
        const promises: Promise<unknown>[] = [];
        for (const step of actions) {
          if (step.kind === 'write') {
            const audio = Buffer.alloc(step.frames * frameBytes, sender.generation);
            promises.push(sender.write(audio, sender.generation));
          } else if (step.kind === 'flush') {
            sender.flush();
          } else if (step.kind === 'mark') {
            promises.push(sender.mark());
          } else {
            await pass(step.ms);
          }
        }
        await pass(40_000);
        // Nobody waits for ever, and the generations are played in their order.
        await Promise.all(promises);
        const order = line.played.map(({ frame }) => frame[0] as number);
        expect(order).toEqual([...order].sort((a, b) => a - b));
        sender.close();
        vi.clearAllTimers();
      }),
      { numRuns: 100 },
    );
  });
});

describe('an utterance', () => {
  it('knows how much of it was played, and keeps that when it is flushed', async () => {
    const line = new Line({ latencyMs: 0 });
    const { sender } = line;
    const one = sender.begin();
    void one.write(speech(50));
    await pass(500);
    const two = sender.begin();
    void two.write(speech(100, 2));
    expect([one.writtenMs, two.writtenMs]).toEqual([1_000, 2_000]);
    await pass(1_000);
    expect(one.playedMs).toBe(1_000);
    expect(two.playedMs).toBeGreaterThan(400);
    expect(two.playedMs).toBeLessThan(560);
    const heard = two.playedMs;
    sender.flush();
    await pass(3_000);
    expect([one.playedMs, two.playedMs]).toEqual([1_000, heard]);
    expect([one.ended, two.ended]).toEqual([true, true]);
    expect(await two.write(speech(1))).toBe(false);
    expect(await two.end()).toBe('flushed');
  });

  it('counts its own audio where several are written in turns', async () => {
    const line = new Line();
    const [one, two] = [line.sender.begin(), line.sender.begin()];
    for (let turn = 0; turn < 10; turn += 1) {
      void one.write(Buffer.alloc(100));
      void two.write(Buffer.alloc(220));
    }
    await pass(5_000);
    expect(one.playedMs).toBeCloseTo(125);
    expect(two.playedMs).toBeCloseTo(275);
  });
});

describe('a connection that closes', () => {
  it('settles everything, and takes nothing more', async () => {
    const line = new Line({ maxAheadMs: 100 });
    const { sender } = line;
    const open = [follow(sender.write(speech(100), 0)), follow(sender.mark()), follow(sender.drained())];
    const utterance = sender.begin();
    sender.close();
    await pass(0);
    expect(open.map(({ value }) => value)).toEqual([false, 'closed', 'closed']);
    expect(await sender.write(speech(1), 0)).toBe(false);
    expect(await sender.mark()).toBe('closed');
    expect(await utterance.end()).toBe('closed');
    vi.clearAllTimers();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves no timer', async () => {
    const paced = new PacedLine();
    void paced.sender.write(speech(100), 0);
    expect(vi.getTimerCount()).toBe(1);
    paced.sender.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('where each frame is played as it comes', () => {
  it('frames are sent in their time, one by one', async () => {
    const line = new PacedLine();
    const mark = follow(line.sender.write(speech(100), 0).then(() => line.sender.mark()));
    const begin = performance.now();
    await pass(1_960);
    expect(mark.value).toBeUndefined();
    await pass(100);
    expect(mark.value).toBe('played');
    expect(Buffer.concat(line.sent.map(({ frame }) => frame)).equals(speech(100))).toBe(true);
    const late = line.sent.map(({ frame, at }, index) => [frame.length, at - begin - index * frameMs]);
    expect(late.every(([length, ms]) => length === frameBytes && (ms as number) <= 0 && (ms as number) >= -60)).toBe(
      true,
    );
  });

  it('a pause holds the next frame, and a flush drops the rest', async () => {
    const line = new PacedLine();
    const { sender } = line;
    void sender.write(speech(100), 0);
    await pass(200);
    sender.pause();
    const { length } = line.sent;
    await pass(1_000);
    expect(line.sent).toHaveLength(length);
    sender.continue();
    await pass(200);
    expect(line.sent.length).toBeGreaterThan(length + 8);
    sender.flush();
    const after = line.sent.length;
    await pass(1_000);
    expect(line.sent).toHaveLength(after);
  });

  it('a chunk is a frame, whatever its size, where the format has no frames', async () => {
    const line = new PacedLine(0);
    for (const size of [3, 700, 1, 40]) {
      void line.sender.write(Buffer.alloc(size), 0);
    }
    await pass(200);
    expect(line.sent.map(({ frame }) => frame.length)).toEqual([3, 700, 1, 40]);
    expect(line.sender.played()).toBe(80);
  });
});
