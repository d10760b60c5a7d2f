import fc from 'fast-check';
import { gather, type FlowChannel, type GatherOptions } from 'asterisk-ari/flows';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

/** A digit, or the end of the call, and how long after what came before. */
interface Step {
  readonly afterMs: number;
  readonly digit: string;
}

const promptMs = 1_000;

/** A channel with a prompt of a second, whose digits a test sends. */
class StagedChannel implements FlowChannel {
  readonly id = 'staged';
  readonly #onDigit = new Set<(channel: unknown, event: { digit: string }) => unknown>();
  listeners = 0;
  plays = 0;
  playing = 0;

  on(type: string, listener: (channel: unknown, event: { digit: string }) => unknown) {
    this.listeners += 1;
    if (type === 'ChannelDtmfReceived') this.#onDigit.add(listener);
    const close = (): void => {
      this.listeners -= 1;
      this.#onDigit.delete(listener);
    };
    return { closed: false, ready: Promise.resolve(), close, [Symbol.dispose]: close };
  }

  get(): Promise<{ state: string }> {
    return Promise.resolve({ state: 'Up' });
  }

  waitFor(): Promise<never> {
    return new Promise(() => undefined);
  }

  async play() {
    this.plays += 1;
    this.playing += 1;
    let end: (() => void) | undefined;
    const finished = new Promise<{ playback: { state: string; media_uri: string } }>((resolve) => {
      end = () => {
        if (end !== undefined) this.playing -= 1;
        end = undefined;
        resolve({ playback: { state: 'done', media_uri: 'sound:prompt' } });
      };
      setTimeout(() => end?.(), promptMs);
    });
    const state = { state: 'playing', media_uri: 'sound:prompt' };
    return { id: 'playback', waitFor: () => finished, get: () => Promise.resolve(state), stop: async () => end?.() };
  }

  press(digit: string): void {
    for (const listener of this.#onDigit) listener(this, { digit });
  }
}

/** What gather should do, as plainly as it can be said: one digit after the other, each in time or not. */
function model(options: { [K in Modelled]: NonNullable<GatherOptions[K]> }, steps: readonly Step[]) {
  const { minDigits, maxDigits, terminators, firstDigitMs, interDigitMs, interruptDigits, tries } = options;
  let now = 0;
  const presses = steps.map(({ afterMs, digit }) => ({ at: (now += afterMs), digit }));
  let begin = 0;
  for (let tried = 1; ; tried += 1) {
    let digits = '';
    let since = begin + promptMs;
    let reason: string | undefined;
    const interrupt = presses.findIndex(({ at, digit }) => at < since && interruptDigits.includes(digit));
    if (interrupt >= 0) {
      since = presses[interrupt]?.at ?? 0;
      presses.splice(0, interrupt);
    } else {
      while (presses[0] !== undefined && presses[0].at < since) presses.shift();
    }
    let end = since;
    while (reason === undefined) {
      const limit = since + (digits === '' ? firstDigitMs : interDigitMs);
      const press = presses[0];
      if (press === undefined || press.at > limit) {
        end = limit;
        reason = digits === '' ? 'firstDigitTimeout' : digits.length < minDigits ? 'invalid' : 'interDigitTimeout';
        break;
      }
      presses.shift();
      end = press.at;
      if (terminators.includes(press.digit)) {
        reason = digits.length < minDigits ? 'invalid' : 'terminator';
      } else {
        digits += press.digit;
        since = press.at;
        reason = digits.length >= maxDigits ? 'length' : undefined;
      }
    }
    if (tried === tries || (reason !== 'invalid' && reason !== 'firstDigitTimeout')) {
      return { digits, reason, tries: tried, interrupted: interrupt >= 0, end };
    }
    begin = end;
  }
}

type Modelled =
  | 'minDigits'
  | 'maxDigits'
  | 'terminators'
  | 'firstDigitMs'
  | 'interDigitMs'
  | 'interruptDigits'
  | 'tries';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/**
 * What comes at the very same time may be seen in either order. So limits are multiples of this, and each digit comes a
 * millisecond later than a multiple after the one before: no limit that begins with one of them ends with another.
 */
const beatMs = 40;

const steps = fc.array(
  fc.record({
    afterMs: fc.integer({ min: 0, max: 45 }).map((n) => beatMs * n + 1),
    digit: fc.constantFrom('1', '2', '3', '*', '#'),
  }),
  { maxLength: 12 },
);
const options = fc.record({
  minDigits: fc.integer({ min: 0, max: 3 }),
  maxDigits: fc.integer({ min: 3, max: 6 }),
  terminators: fc.constantFrom('', '#', '*#'),
  firstDigitMs: fc.integer({ min: 5, max: 50 }).map((n) => beatMs * n),
  interDigitMs: fc.integer({ min: 5, max: 25 }).map((n) => beatMs * n),
  interruptDigits: fc.constantFrom('', '1', '1#', '0123456789*#'),
  tries: fc.integer({ min: 1, max: 3 }),
});

it('gathers what a plain model gathers, whatever is typed when', async () => {
  await fc.assert(
    fc.asyncProperty(options, steps, async (chosen, typed) => {
      const channel = new StagedChannel();
      const begin = performance.now();
      let settledAt = 0;
      const result = gather(channel, { prompt: 'sound:prompt', ...chosen }).finally(() => {
        settledAt = performance.now() - begin;
      });
      let at = 0;
      for (const { afterMs, digit } of typed) {
        setTimeout(() => channel.press(digit), (at += afterMs));
      }
      await vi.advanceTimersByTimeAsync(60_000);
      const { end, ...expected } = model(chosen, typed);
      expect(await result).toMatchObject(expected);
      expect(settledAt).toBeCloseTo(end, 0);
      expect({ listeners: channel.listeners, playing: channel.playing }).toEqual({ listeners: 0, playing: 0 });
    }),
    { numRuns: 300 },
  );
});
