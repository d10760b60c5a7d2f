import { AriValidationError } from '../../errors/validation-error.js';

/** How the control messages of a media socket are written; the audio is the same in both. */
export type ControlFormat = 'json' | 'plain-text';

/** Which way audio goes, as the program sees it. */
export type MediaDirection = 'both' | 'in' | 'out';

/** All directions, the usual one first. */
export const directions = ['both', 'in', 'out'] as const satisfies readonly MediaDirection[];

/** What a program may tell Asterisk over a media socket, as it is written in JSON. */
export type MediaCommand =
  /** Answers the channel, where that is not done by connecting. */
  | { readonly command: 'ANSWER' }
  /** Hangs the channel up and closes the socket. */
  | { readonly command: 'HANGUP' }
  /** From now on audio comes in chunks of any size, and Asterisk cuts it into frames. */
  | { readonly command: 'START_MEDIA_BUFFERING' }
  /** Ends that; answered with `MEDIA_BUFFERING_COMPLETED` once all of it is played. */
  | { readonly command: 'STOP_MEDIA_BUFFERING'; readonly correlation_id?: string | undefined }
  /** Answered with `MEDIA_MARK_PROCESSED` once all that was sent before is played. */
  | { readonly command: 'MARK_MEDIA'; readonly correlation_id?: string | undefined }
  /** Discards what waits to be played, marks included, and ends buffering. */
  | { readonly command: 'FLUSH_MEDIA' }
  /** Stops playing; what is sent goes on being queued. */
  | { readonly command: 'PAUSE_MEDIA' }
  | { readonly command: 'CONTINUE_MEDIA' }
  /** Answered with `STATUS`. */
  | { readonly command: 'GET_STATUS' }
  /** Answered with `QUEUE_DRAINED`, once, as soon as nothing waits to be played. */
  | { readonly command: 'REPORT_QUEUE_DRAINED' }
  /** In JSON only. */
  | { readonly command: 'SET_MEDIA_DIRECTION'; readonly direction: MediaDirection };

/** Asterisk drops a longer command without a word. */
const longestCommand = 128;

/**
 * Writes a command as it goes over the socket.
 * @throws {AriValidationError} for a command longer than 128 bytes, or one that the format has no way to say
 */
export function encodeCommand(command: MediaCommand, format: ControlFormat): string {
  const text = format === 'json' ? JSON.stringify(command) : plainText(command);
  const bytes = Buffer.byteLength(text);
  if (bytes > longestCommand) {
    const message = `${command.command} is ${bytes} bytes long: Asterisk ignores a command of more than ${longestCommand}`;
    throw new AriValidationError(message, 'correlation_id' in command ? 'correlation_id' : 'command');
  }
  return text;
}

function plainText(command: MediaCommand): string {
  if (command.command === 'SET_MEDIA_DIRECTION') {
    const message = "SET_MEDIA_DIRECTION exists in JSON only: open the channel with controlFormat 'json'";
    throw new AriValidationError(message, 'direction');
  }
  const id = 'correlation_id' in command ? command.correlation_id : undefined;
  if (id === undefined || id === '') {
    return command.command;
  }
  // Asterisk strips the ends of a line; the id it returns would be another one.
  if (id !== id.trim() || /\p{Cc}/u.test(id)) {
    const message = 'correlation_id has blanks at its ends or control characters, which plain text cannot carry';
    throw new AriValidationError(message, 'correlation_id');
  }
  return `${command.command} ${id}`;
}
