import { z } from 'zod';
import { textOf } from './text-of.js';

/** One value of a message, and the parameter of ARI that it is. */
export interface PxField {
  readonly param: string;
  /** What a message may have there. `null`, as Go writes what is not there, is nothing. */
  readonly schema: z.ZodType;
  /** The parameter's value; undefined if the message says nothing. */
  readonly toAri: (value: unknown) => unknown;
  /** The message's value; undefined if it cannot say that. */
  readonly toPx: (value: unknown) => unknown;
  /** What a client of ari-proxy is told where it is missing. */
  readonly missing?: string;
  /** A message has one; of several there are as many messages. */
  readonly each?: true;
  /** ari-proxy looks past it; only relays of ours take notice. */
  readonly overlooked?: true;
}

/** Go's durations are in nanoseconds. */
const nanoseconds = { second: 1_000_000_000, millisecond: 1_000_000 } as const;

const texts = z.record(z.string(), z.string());

/** A text; an empty one is nothing. */
export function text(param: string, missing?: string): PxField {
  return {
    param,
    schema: z.string(),
    toAri: (value) => (value === '' ? undefined : value),
    toPx: (value) => (typeof value === 'object' ? undefined : textOf(value)),
    ...(missing !== undefined && { missing }),
  };
}

/** A number, of which 0 is one too. */
export function count(param: string): PxField {
  return { param, schema: z.int().min(0), toAri: (value) => value, toPx: Number };
}

/** A number; 0 is nothing. */
export function number(param: string): PxField {
  return { param, schema: z.int(), toAri: orNothing, toPx: (value) => orNothing(Number(value)) };
}

/** Yes, or nothing. */
export function flag(param: string): PxField {
  return {
    param,
    schema: z.boolean(),
    toAri: (value) => value || undefined,
    toPx: (value) => String(value) === 'true',
  };
}

/** Whole seconds, and a duration. */
export function seconds(param: string): PxField {
  return duration(param, nanoseconds.second);
}

/** Whole milliseconds, and a duration. */
export function milliseconds(param: string): PxField {
  return duration(param, nanoseconds.millisecond);
}

/** Whole milliseconds, and a duration; ari-proxy takes none for 100 milliseconds. */
export function someMilliseconds(param: string): PxField {
  const field = milliseconds(param);
  return { ...field, toPx: (value) => orNothing(field.toPx(value)) };
}

/** Texts by name. */
export function map(param: string): PxField {
  return {
    param,
    schema: texts,
    toAri: (value) => (Object.keys(value as object).length === 0 ? undefined : value),
    toPx: (value) => texts.safeParse(value).data,
  };
}

/** Values of any kind by name. */
export function data(param: string): PxField {
  const schema = z.record(z.string(), z.unknown());
  return { param, schema, toAri: (value) => value, toPx: (value) => value };
}

/** Attributes and their values, in order. */
export function tuples(param: string): PxField {
  const schema = z.array(z.object({ attribute: z.string(), value: z.string() }));
  return { param, schema, toAri: (value) => value, toPx: (value) => schema.safeParse(value).data };
}

/** ARI takes several, a message one, and several in one request are not the same as several requests. */
export function single(param: string, missing?: string): PxField {
  return {
    ...text(param, missing),
    toAri: (value) => (value === '' ? undefined : [value]),
    toPx: (value) => {
      const items = [value].flat();
      return items.length === 1 ? String(items[0]) : undefined;
    },
  };
}

/** ARI takes several, a message one; several requests do the same. */
export function each(param: string, missing?: string): PxField {
  return { ...single(param, missing), toPx: String, each: true };
}

/** A field that ari-proxy looks past. */
export function overlooked(field: PxField): PxField {
  return { ...field, overlooked: true };
}

function duration(param: string, unit: number): PxField {
  return {
    param,
    schema: z.int().min(0),
    // What is shorter than the unit must not become 0, which stands for no limit.
    toAri: (value) => (value === 0 ? undefined : Math.max(1, Math.trunc((value as number) / unit))),
    toPx: (value) => Number(value) * unit,
  };
}

function orNothing(value: unknown): unknown {
  return value === 0 ? undefined : value;
}
