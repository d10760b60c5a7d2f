import { z } from 'zod';

/** The latest time that a date can hold. */
const mostMs = 8.64e15;

// What stands in for zod's own words says what is allowed.
const text = z.string('a string');
const whole = z.int('a whole number, at least 0').min(0, 'a whole number, at least 0');
const time = z
  .number('milliseconds since 1970')
  .min(0, 'milliseconds since 1970')
  .max(mostMs, 'milliseconds since 1970');
const ms = z.number('milliseconds, at least 0').min(0, 'milliseconds, at least 0');
const object = 'an object such as channel:ID';
const objects = z.array(z.string(object).regex(/^(?:channel|bridge|playback|recording):/, object), 'a list');
const data = z.record(z.string(), z.unknown(), 'an object');
const names = z.array(text, 'a list');
const stateNames = ['connecting', 'open', 'reconnecting', 'replaced', 'closed'] as const;
const state = z.enum(stateNames, stateNames.join(' or '));
const ids = z.object({ channels: names, bridges: names, playbacks: names, liveRecordings: names }, 'an object');

/** What every entry has, of whatever kind. */
export const placeSchema = z.object({ kind: text, seq: whole, at: time, client: text }, 'an object');

/** What entries of each kind have besides. */
export const entrySchemas: ReadonlyMap<string, z.ZodType> = new Map(
  Object.entries({
    request: z.object({
      id: whole,
      operation: text,
      method: text,
      path: text,
      params: data,
      objects,
      own: z.boolean('true or false').optional(),
    }),
    answer: z.object({
      request: whole,
      status: whole.optional(),
      ms,
      attempts: whole,
      error: text.optional(),
      objects,
    }),
    event: z.object({ type: text, application: text, event: data, objects }),
    connection: z.object({
      state,
      previous: state,
      apps: names,
      server: text,
      attempt: whole.optional(),
      delayMs: ms.optional(),
      error: text.optional(),
    }),
    gap: z.object({ durationMs: ms, gone: ids, left: ids }),
    dropped: z.object({ count: whole }),
  }),
);
