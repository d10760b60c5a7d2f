import type { MediaEvent } from '../../../media/protocol/events.js';

export type ControlFormat = 'json' | 'plain-text';

/** What a program tells. */
export interface Command {
  readonly name: string;
  readonly id: string;
  readonly direction: string;
}

/** Longer commands are ignored. */
const LONGEST = 128;

/** Reads a command; `undefined` for what Asterisk ignores, `'malformed'` for what it complains of. */
export function readCommand(message: string, format: ControlFormat): Command | 'malformed' | undefined {
  if (message === '' || Buffer.byteLength(message) > LONGEST) return undefined;
  const text = message.trim();
  if (format === 'json') return readJson(text);
  const [name = ''] = text.split(' ', 1);
  return { name, id: text.slice(name.length + 1), direction: '' };
}

function readJson(text: string): Command | 'malformed' | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'malformed';
  }
  const { command, correlation_id, direction } = (value ?? {}) as Record<string, unknown>;
  return typeof command === 'string'
    ? { name: command, id: textOr(correlation_id), direction: textOr(direction) }
    : undefined;
}

function textOr(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Writes an event as Asterisk does. */
export function writeEvent(event: MediaEvent, channelId: string, format: ControlFormat): string {
  if (format === 'plain-text') return writePlainText(event, channelId);
  if (event.event === 'MEDIA_START') return JSON.stringify(event);
  const { event: name, ...fields } = event;
  return JSON.stringify({ event: name, channel_id: channelId, ...fields });
}

function writePlainText(event: MediaEvent, channelId: string): string {
  switch (event.event) {
    case 'MEDIA_START': {
      const { connection_id, channel, format, optimal_frame_size, ptime } = event;
      return pairs('MEDIA_START', { connection_id, channel, channel_id: channelId, format, optimal_frame_size, ptime });
    }
    case 'DTMF_END':
      return pairs('DTMF_END', { digit: event.digit, channel_id: channelId });
    case 'STATUS': {
      const { event: name, ...fields } = event;
      return pairs(name, { channel_id: channelId, ...fields });
    }
    case 'ERROR':
      return pairs('ERROR', { channel_id: channelId, error_text: event.error_text });
    case 'MEDIA_BUFFERING_COMPLETED':
    case 'MEDIA_MARK_PROCESSED':
      return `${event.event} ${event.correlation_id}`.trimEnd();
    default:
      return event.event;
  }
}

function pairs(name: string, fields: Readonly<Record<string, unknown>>): string {
  return [name, ...Object.entries(fields).map(([key, value]) => `${key}:${String(value)}`)].join(' ');
}
