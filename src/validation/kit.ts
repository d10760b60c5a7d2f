import { z } from 'zod';

/** A zod schema of what Asterisk sends. */
export type Schema<T = unknown> = z.ZodType<T>;

/**
 * A schema whose output type is told by hand, where it is exported: inferring the types of a whole interface takes the
 * compiler many times as long as checking them.
 */
export type Part = z.ZodType<never>;

function part(schema: z.ZodType): Part {
  return schema as Part;
}

export const text: Part = part(z.string());
export const whole: Part = part(z.int());
export const number: Part = part(z.number());
export const flag: Part = part(z.boolean());
export const anything: Part = part(z.unknown());

/** A date as Asterisk writes it: no colon in the offset, which other formats want. */
export const date: Part = part(z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d{4}$/));

/** A text with known values; others are just as good, and Asterisk does send them. */
export function open(...values: string[]): Part {
  return part(z.string().meta({ examples: values }));
}

/** A text that can only be this one. */
export function exactly(value: string): Part {
  return part(z.literal(value));
}

export function list(of: Part): Part {
  return part(z.array(of));
}

export function map(of: Part): Part {
  return part(z.record(z.string(), of));
}

/** An object. Fields that are not described are let through: later releases add some. */
export function model(shape: Readonly<Record<string, Part>>): Part {
  return part(z.looseObject(shape));
}

export function event(type: string, shape: Readonly<Record<string, Part>>): Part {
  return model({ type: exactly(type), ...shape });
}

export function optional(of: Part): Part {
  return part(z.optional(of));
}

export function nullable(of: Part): Part {
  return part(z.nullable(of));
}

export function either(...parts: [Part, Part, ...Part[]]): Part {
  return part(z.union(parts));
}

/** A schema that is not there yet: of models that hold one another. */
export function later(of: () => Part): Part {
  return part(z.lazy(of));
}
