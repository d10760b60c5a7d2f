import { frameBytesOf } from '../audio/format.js';
import type { MediaStartEvent } from '../protocol/events.js';

/** What a media connection carries, and whose it is. */
export interface MediaInfo {
  /** Of the channel; missing from an Asterisk before 20.17, 22.7 and 23.1. */
  readonly channelId: string | undefined;
  /** The channel's name; empty with AudioSocket, which does not tell it. */
  readonly channelName: string;
  /** Of the connection: the id in the URL; where Asterisk connects, the section of `websocket_client.conf`. */
  readonly connectionId: string;
  /** Of the audio in both directions, as Asterisk names it: `slin16`, `ulaw`. */
  readonly format: string;
  /** Bytes of a frame; 0 where a chunk is a frame, of 8,192 bytes at most. */
  readonly frameBytes: number;
  /** Milliseconds of a frame. */
  readonly frameMs: number;
  /** Whether Asterisk passes each message on as a frame; only a release since 22.12 tells. */
  readonly passthrough: boolean;
  /** Variables of the channel at the beginning, where Asterisk tells them: with control messages in JSON. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Where Asterisk does not say how long a frame is. */
const usualFrameMs = 20;

export function infoOf(start: MediaStartEvent): MediaInfo {
  const frameMs = start.ptime || usualFrameMs;
  return {
    channelId: start.channel_id,
    channelName: start.channel,
    connectionId: start.connection_id,
    format: start.format,
    frameBytes: start.optimal_frame_size || frameBytesOf(start.format, frameMs),
    frameMs,
    passthrough: start.passthrough ?? false,
    variables: start.channel_variables ?? {},
  };
}
