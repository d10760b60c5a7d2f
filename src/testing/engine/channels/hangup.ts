import type { Engine } from '../parts.js';
import type { Channel } from './channel.js';

/** Why Asterisk itself asks a channel to hang up; the number is what `ChannelHangupRequest` shows as cause. */
export const SOFT_HANGUP = { shutdown: 4, timeout: 8, dialplanEnd: 16, explicit: 32 } as const;

/** Hangs a channel up from our side, as `DELETE /channels/{id}` does. */
export function hangUp(engine: Engine, channel: Channel, cause: number, soft: number = SOFT_HANGUP.explicit): void {
  channel.hangupCause = cause;
  engine.channels.publish(channel, 'ChannelHangupRequest', { cause: soft, soft: true });
  if (channel.waits) channel.hangingUp = true;
  else letGo(engine, channel);
}

/** The far side of a channel hung up. */
export function farSideHungUp(engine: Engine, channel: Channel, cause: number): void {
  if (channel.gone) return;
  if (channel.waits) {
    // Nobody runs it: nobody is asked, and nobody learns why.
    engine.channels.destroy(channel);
    return;
  }
  if (channel.hangingUp) return;
  // A connection for media that ends gives its own reason, and the channel none.
  if (cause > 0 && channel.techCause === undefined && !channel.unread) channel.hangupCause = cause;
  engine.channels.publish(channel, 'ChannelHangupRequest', { cause, ...techCauseOf(channel) });
  letGo(engine, channel);
}

/** The far side of a channel is gone without having hung up: then nobody is told that it did. */
export function farSideGone(engine: Engine, channel: Channel): void {
  letGo(engine, channel);
}

/** What events of its end carry besides its cause. */
export function techCauseOf({ techCause }: Channel): Record<string, unknown> {
  return techCause === undefined ? {} : { tech_cause: techCause };
}

function letGo(engine: Engine, channel: Channel): void {
  if (channel.gone || channel.hangingUp) return;
  channel.hangingUp = true;
  engine.soon(() => {
    if (channel.gone) return;
    channel.dial?.farSideHungUp(channel.hangupCause);
    if (channel.owner) channel.owner.hungUp();
    else engine.channels.destroy(channel);
  });
}
