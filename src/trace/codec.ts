import { z } from 'zod';
import { AriValidationError } from '../errors/validation-error.js';
import type { Trace, TraceEntry } from './entries.js';
import { mustBe } from '../support/describe.js';
import { checkTrace } from './check-trace.js';
import { isTooDeep } from './nesting.js';
import { entrySchemas, placeSchema } from './schemas.js';

/**
 * A trace as JSON lines, each ended by a line feed. Traces in this form may be put one after the other.
 * @throws {AriValidationError} for what is no trace
 */
export function stringify(trace: Trace): string {
  checkTrace('stringify', trace);
  return trace.map((entry) => `${JSON.stringify(entry.kind === 'unknown' ? entry.data : entry)}\n`).join('');
}

/**
 * Reads JSON lines. Entries of kinds that a later version has written are kept, as `unknown`.
 * @throws {AriValidationError} naming the line, and what is wrong with it
 */
export function parse(text: string): TraceEntry[] {
  if (typeof text !== 'string') {
    throw new AriValidationError(`parse: text ${mustBe('a string of JSON lines', text)}`, 'text');
  }
  return text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [parseLine(line, index + 1)]));
}

function parseLine(line: string, number: number): TraceEntry {
  let data: unknown;
  try {
    // Some editors put a byte-order mark in front.
    data = JSON.parse(line.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new AriValidationError(`line ${number} of the trace is no JSON`, undefined, { cause });
  }
  if (isTooDeep(data)) {
    throw new AriValidationError(`line ${number} of the trace is nested too deeply`);
  }
  const { kind } = check(placeSchema, data, number);
  const schema = Object.hasOwn(entrySchemas, kind) ? entrySchemas[kind] : undefined;
  if (schema === undefined) {
    const { seq, at, client } = data as TraceEntry;
    return { kind: 'unknown', seq, at, client, data: data as Readonly<Record<string, unknown>> };
  }
  check(schema, data, number);
  // What zod hands out leaves out what later versions may have added.
  return data as TraceEntry;
}

function check<T>(schema: z.ZodType<T>, data: unknown, number: number): T {
  const result = schema.safeParse(data);
  if (!result.success) {
    const [{ path, message } = { path: [], message: '' }] = result.error.issues;
    const value = path.reduce<unknown>((at, name) => (at as Readonly<Record<PropertyKey, unknown>>)[name], data);
    const place = path.length === 0 ? '' : `${path.join('.')} `;
    throw new AriValidationError(`line ${number} of the trace: ${place}${mustBe(message, value)}`);
  }
  return result.data;
}
