import type { Engine } from '../parts.js';
import type { Channel } from './channel.js';

/** How digits follow each other, in milliseconds. */
export interface DigitTiming {
  readonly before: number;
  readonly between: number;
  readonly duration: number;
  readonly after: number;
}

/** Asterisk listens this long before its first tone. */
const LEAD_IN = 100;

/** A digit arrived from a channel's far side. */
export function receiveDigit(engine: Engine, channel: Channel, digit: string, durationMs: number): void {
  if (channel.gone) return;
  engine.channels.publish(channel, 'ChannelDtmfReceived', { digit, duration_ms: durationMs });
  channel.stasis?.digitTap?.(digit);
  if (channel.bridge) engine.bridges.passDigit(channel, digit, durationMs);
  else if (channel.digitListener) channel.digitListener(digit, durationMs);
  else channel.keptDigits?.push({ digit, durationMs });
}

/** Lets an application of the dialplan take the digits, those first that were kept for it. */
export function listenToDigits(channel: Channel, listener: (digit: string, durationMs: number) => void): void {
  channel.digitListener = listener;
  const kept = channel.keptDigits ?? [];
  channel.keptDigits = undefined;
  for (const { digit, durationMs } of kept) listener(digit, durationMs);
}

/** Sends digits to a channel's far side, one after the other. Returns what breaks it off. */
export function sendDigits(
  engine: Engine,
  channel: Channel,
  digits: string,
  timing: DigitTiming,
  done: () => void,
): () => void {
  const tones = [...digits].filter((digit) => /[0-9*#A-Da-dwW]/.test(digit));
  let timer = engine.after(timing.before + LEAD_IN, 'media', () => next(0));
  function next(at: number): void {
    const tone = tones[at];
    if (tone === undefined) {
      timer = engine.after(timing.after, 'media', done);
    } else if (/w/i.test(tone)) {
      timer = engine.after(tone === 'w' ? 500 : 1000, 'media', () => next(at + 1));
    } else {
      timer = engine.after(timing.duration, 'media', () => {
        channel.farEnd.digit(tone.toUpperCase(), timing.duration);
        timer = engine.after(timing.between, 'media', () => next(at + 1));
      });
    }
  }
  return () => timer.cancel();
}
