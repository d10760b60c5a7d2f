import type { ControlFormat, MediaCommand } from '../protocol/commands.js';

/** What plays the audio that is sent, and what it can be told. */
export interface Player {
  /** Whether it says when a mark is reached; else the clock decides. */
  readonly confirms: boolean;
  /** Most frames in one message. */
  readonly mostFrames: (frameBytes: number) => number;
  /** Longest that audio may be sent before its time, in milliseconds. */
  readonly maxAheadMs: number;
  /** Bytes that were sent and have not left yet. */
  readonly bufferedBytes: () => number;
  audio(audio: Buffer): void;
  mark(id: string): void;
  reportDrained(): void;
  flush(): void;
  pause(): void;
  continue(): void;
}

/** What a player speaks through. */
export interface Carrier {
  readonly bufferedBytes: number;
  sendAudio(audio: Buffer): void;
  /** @throws {AriValidationError} if there is no such command here */
  sendCommand(command: MediaCommand): void;
}

/** Largest message. Asterisk reads one as a whole before it does anything else, and cuts slow ones off. */
export const mostBytes = 8_192;

/** A frame that is too long for a message goes in several; samples may be cut anywhere. */
function sendAudio(carrier: Carrier, audio: Buffer): void {
  for (let at = 0; at < audio.length; at += mostBytes) {
    carrier.sendAudio(at === 0 && audio.length <= mostBytes ? audio : audio.subarray(at, at + mostBytes));
  }
}

/** Asterisk's queue: audio is buffered there, played in time, and marks come back. */
export function queuePlayer(carrier: Carrier, format: ControlFormat, maxAheadMs: number): Player {
  let isBuffering = false;
  const send = (command: MediaCommand): void => carrier.sendCommand(command);
  const startBuffering = (): void => {
    if (!isBuffering) {
      isBuffering = true;
      send({ command: 'START_MEDIA_BUFFERING' });
    }
  };
  return {
    confirms: true,
    mostFrames: (frameBytes) => Math.max(1, Math.floor(mostBytes / frameBytes)),
    maxAheadMs,
    bufferedBytes: () => carrier.bufferedBytes,
    audio(audio) {
      startBuffering();
      sendAudio(carrier, audio);
    },
    mark(correlation_id) {
      if (format === 'json') {
        send({ command: 'MARK_MEDIA', correlation_id });
        return;
      }
      // Plain text is older than marks; the end of buffering is reported in the same way, everywhere.
      startBuffering();
      isBuffering = false;
      send({ command: 'STOP_MEDIA_BUFFERING', correlation_id });
    },
    reportDrained: () => send({ command: 'REPORT_QUEUE_DRAINED' }),
    flush() {
      isBuffering = false;
      send({ command: 'FLUSH_MEDIA' });
    },
    pause: () => send({ command: 'PAUSE_MEDIA' }),
    continue: () => send({ command: 'CONTINUE_MEDIA' }),
  };
}

/** How far ahead of its time audio is sent where nothing holds it back: as much as a timer may be late. */
const leadMs = 60;

/** Nobody queues: what is sent is played at once, so that each frame must be sent in its time. */
export function pacedPlayer(carrier: Carrier): Player {
  const nothing = (): void => undefined;
  return {
    confirms: false,
    mostFrames: () => 1,
    maxAheadMs: leadMs,
    bufferedBytes: () => carrier.bufferedBytes,
    audio: (audio) => sendAudio(carrier, audio),
    mark: nothing,
    reportDrained: nothing,
    flush: nothing,
    pause: nothing,
    continue: nothing,
  };
}
