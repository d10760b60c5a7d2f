import type { ControlFormat } from './commands.js';
import type { MalformedMedia, MediaEvent, UnknownMediaEvent } from './events.js';
import { splitPlainText } from './plain-text.js';
import * as read from './read-fields.js';
import { FieldError, type RawFields } from './read-fields.js';

/** Asterisk reads no message that is longer. */
const maxFrameBytes = 65_527;
const maxFrameMs = 1_000;

/** What a text message of Asterisk turns out to be. */
export type ParsedMessage =
  | { readonly kind: 'event'; readonly format: ControlFormat; readonly event: MediaEvent }
  | { readonly kind: 'unknown'; readonly format: ControlFormat; readonly event: UnknownMediaEvent }
  | { readonly kind: 'malformed'; readonly message: MalformedMedia };

/** Longest part of a malformed message that is shown. */
const shown = 1_000;

/** Reads a text message in whichever of the two formats it is; never throws. */
export function parseEvent(message: string): ParsedMessage {
  const format = message.startsWith('{') ? 'json' : 'plain-text';
  try {
    const fields = format === 'json' ? parseJson(message) : splitPlainText(message.trim());
    const event = eventOf(fields);
    return event === undefined
      ? { kind: 'unknown', format, event: fields as UnknownMediaEvent }
      : { kind: 'event', format, event };
  } catch (error) {
    if (error instanceof FieldError) {
      return { kind: 'malformed', message: { text: message.slice(0, shown), reason: error.message } };
    }
    throw error;
  }
}

function parseJson(message: string): RawFields {
  try {
    return JSON.parse(message) as RawFields;
  } catch {
    throw new FieldError('it is not JSON');
  }
}

/** Reads the fields of an event that is known; `undefined` for another one. */
function eventOf(fields: RawFields): MediaEvent | undefined {
  const { event } = fields;
  if (typeof event !== 'string' || !/^\w+$/.test(event)) {
    throw new FieldError('it has no name of an event');
  }
  const reader = readers.get(event);
  return reader && { ...reader(fields), channel_id: read.optionalText(fields, 'channel_id') };
}

const readers = new Map<string, (fields: RawFields) => MediaEvent>([
  [
    'MEDIA_START',
    (fields) => ({
      event: 'MEDIA_START',
      connection_id: read.text(fields, 'connection_id'),
      channel: read.text(fields, 'channel'),
      format: read.text(fields, 'format'),
      optimal_frame_size: read.whole(fields, 'optimal_frame_size', maxFrameBytes),
      ptime: read.whole(fields, 'ptime', maxFrameMs),
      channel_variables: read.optionalTexts(fields, 'channel_variables'),
      passthrough: read.optionalFlag(fields, 'passthrough'),
    }),
  ],
  ['DTMF_END', (fields) => ({ event: 'DTMF_END', digit: read.text(fields, 'digit') })],
  ['MEDIA_XOFF', () => ({ event: 'MEDIA_XOFF' })],
  ['MEDIA_XON', () => ({ event: 'MEDIA_XON' })],
  ['QUEUE_DRAINED', () => ({ event: 'QUEUE_DRAINED' })],
  [
    'STATUS',
    (fields) => ({
      event: 'STATUS',
      queue_length: read.whole(fields, 'queue_length'),
      xon_level: read.whole(fields, 'xon_level'),
      xoff_level: read.whole(fields, 'xoff_level'),
      queue_full: read.flag(fields, 'queue_full'),
      bulk_media: read.flag(fields, 'bulk_media'),
      media_paused: read.flag(fields, 'media_paused'),
    }),
  ],
  [
    'MEDIA_BUFFERING_COMPLETED',
    (fields) => ({ event: 'MEDIA_BUFFERING_COMPLETED', correlation_id: read.text(fields, 'correlation_id') }),
  ],
  [
    'MEDIA_MARK_PROCESSED',
    (fields) => ({ event: 'MEDIA_MARK_PROCESSED', correlation_id: read.text(fields, 'correlation_id') }),
  ],
  // Some of Asterisk's texts end with a line break.
  ['ERROR', (fields) => ({ event: 'ERROR', error_text: read.text(fields, 'error_text').trimEnd() })],
]);
