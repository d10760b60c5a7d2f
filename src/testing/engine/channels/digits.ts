import type { Engine } from '../parts.js';
import type { Channel } from './channel.js';

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
