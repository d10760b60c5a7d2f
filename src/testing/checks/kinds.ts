import { z } from 'zod';
import { longestMs } from '../../support/check-option.js';
import { mustBe } from '../../support/describe.js';
import { frameSize } from '../engine/channels/frame-size.js';

/** What a value must be, in words, and whether one is that. */
export function kind(what: string, is: (value: unknown) => boolean): z.ZodType {
  return z.custom(is, { error: ({ input }) => mustBe(what, input) });
}

/** An object with these fields and no others. */
export function fields(shape: Readonly<Record<string, z.ZodType>>): z.ZodType {
  const names = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: ({ code, input }) =>
      code === 'unrecognized_keys' ? `does not exist; allowed are ${names}` : mustBe(`an object with ${names}`, input),
  });
}

/** An object whose fields have any name, and are of one kind. */
export function named(what: string, one: z.ZodType): z.ZodType {
  return z.record(z.string(), one, { error: ({ input }) => mustBe(what, input) });
}

export function listOf(what: string, one: z.ZodType): z.ZodType {
  return z.array(one, { error: ({ input }) => mustBe(what, input) });
}

export function choice(...words: readonly string[]): z.ZodType {
  return kind(words.join(' or '), (value) => words.includes(String(value)));
}

export function textOf(what: string, pattern: RegExp): z.ZodType {
  return kind(what, (value) => typeof value === 'string' && pattern.test(value));
}

export function numberFrom(what: string, min: number, max = Number.MAX_SAFE_INTEGER): z.ZodType {
  return kind(what, (value) => typeof value === 'number' && value >= min && value <= max);
}

export function whole(min: number, max?: number): z.ZodType {
  const what = max === undefined ? `a whole number, at least ${min}` : `a whole number from ${min} to ${max}`;
  return numberFrom(what, min, max).refine(Number.isInteger, { error: ({ input }) => mustBe(what, input) });
}

export const text = textOf('a string that is not empty', /./s);
export const anyText = textOf('a string', /^/);
export const textList = listOf('a list of strings', text);
export const flag = kind('true or false', (value) => typeof value === 'boolean');
export const bytes = kind('bytes, as a Buffer or Uint8Array', (value) => value instanceof Uint8Array);
/** Of Asterisk's time, which has no limit. */
export const duration = numberFrom('milliseconds, at least 0', 0);
/** Of real time. */
export const milliseconds = numberFrom(`milliseconds, from 0 to ${longestMs}`, 0, longestMs);
export const wait = fields({ timeoutMs: milliseconds.optional() }).optional();
/** Why somebody hangs up, by Q.850. */
export const cause = whole(0, 127);
export const keysOrNone = textOf('keys of a telephone, of 0123456789*#ABCD', /^[\d#*A-D]*$/);
export const keys = textOf('keys of a telephone, of 0123456789*#ABCD', /^[\d#*A-D]+$/);
export const audioFormat = kind(
  "a format of audio such as 'slin16' or 'ulaw'",
  (value) => frameSize(String(value)) > 0,
);
