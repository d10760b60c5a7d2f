import type { Channel } from '../channels/channel.js';
import type { Engine } from '../parts.js';
import type { AudioFrame } from './audio-frame.js';

/** Audio arrives from a channel's far side: the others of its bridge hear it, or an application of the dialplan does. */
export function receiveFrame(engine: Engine, channel: Channel, frame: AudioFrame): void {
  if (channel.gone) return;
  receiveAudio(engine, channel);
  channel.talk?.frame(frame);
  if (channel.bridge) engine.bridges.passAudio(channel, frame);
  else channel.audioListener?.(frame);
}

/** Audio arrives from a channel's far side, of whatever content: whoever waits for that is told. */
export function receiveAudio(engine: Engine, channel: Channel): void {
  const listener = channel.mediaListener;
  if (!listener) return;
  channel.mediaListener = undefined;
  engine.soon(listener);
}
