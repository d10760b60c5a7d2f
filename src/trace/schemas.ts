import { z } from 'zod';

const place = { seq: z.int().min(0), at: z.number(), client: z.string() };
const ref = z.string().regex(/^(?:channel|bridge|playback|recording):/, 'must be an object such as channel:ID');
const objects = z.array(ref);
const data = z.record(z.string(), z.unknown());
const names = z.array(z.string());
const states = z.enum(['connecting', 'open', 'reconnecting', 'replaced', 'closed']);
const ids = z.object({ channels: names, bridges: names, playbacks: names, liveRecordings: names });

/** What every entry has, of whatever kind. */
export const placeSchema = z.object({ kind: z.string(), ...place });

/** What entries of each kind have besides. */
export const entrySchemas: Readonly<Record<string, z.ZodType>> = {
  request: z.object({
    id: z.int(),
    operation: z.string(),
    method: z.string(),
    path: z.string(),
    params: data,
    objects,
    own: z.boolean().optional(),
  }),
  answer: z.object({
    request: z.int(),
    status: z.int().optional(),
    ms: z.number(),
    attempts: z.int(),
    error: z.string().optional(),
    objects,
  }),
  event: z.object({ type: z.string(), application: z.string(), event: data, objects }),
  connection: z.object({
    state: states,
    previous: states,
    apps: names,
    server: z.string(),
    attempt: z.int().optional(),
    delayMs: z.number().optional(),
    error: z.string().optional(),
  }),
  gap: z.object({ durationMs: z.number(), gone: ids, left: ids }),
  dropped: z.object({ count: z.int() }),
};
