import type { AriError } from '../../errors/ari-error.js';
import type { ControlFormat } from '../protocol/commands.js';
import type { MalformedMedia, MediaEvent, UnknownMediaEvent } from '../protocol/events.js';
import type { Carrier } from './player.js';

/** What carries the audio of one channel: a WebSocket, or a TCP connection with the frames of AudioSocket. */
export interface MediaLink extends Carrier {
  /** How it writes commands; `undefined` if there is nobody who queues, pauses and marks. */
  readonly controlFormat: ControlFormat | undefined;
  /** Closes it in an orderly way, and cuts it if the other end does not agree. */
  close(): void;
}

/** Who receives what comes over a link. */
export interface MediaSink {
  receive(frame: Buffer): void;
  event(event: MediaEvent): void;
  unknown(event: UnknownMediaEvent): void;
  malformed(message: MalformedMedia): void;
  /** It is over. @param error what ended it, unless one of the two ends did so on purpose */
  ended(error: AriError | undefined): void;
}
