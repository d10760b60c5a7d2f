import { z } from 'zod';
import { AriValidationError } from '../errors/validation-error.js';
import type { Trace, TraceEntry } from './entries.js';
import { entrySchemas, placeSchema } from './schemas.js';

/** A trace as JSON lines, each ended by a line feed. Traces in this form may be put one after the other. */
export function stringify(trace: Trace): string {
  return trace.map((entry) => `${JSON.stringify(entry.kind === 'unknown' ? entry.data : entry)}\n`).join('');
}

/**
 * Reads JSON lines. Entries of kinds that a later version has written are kept, as `unknown`.
 * @throws {AriValidationError} naming the line, and what is wrong with it
 */
export function parse(text: string): TraceEntry[] {
  return text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [parseLine(line, index + 1)]));
}

function parseLine(line: string, number: number): TraceEntry {
  let data: unknown;
  try {
    data = JSON.parse(line);
  } catch (cause) {
    throw new AriValidationError(`line ${number} of the trace is no JSON`, undefined, { cause });
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
    const [issue] = result.error.issues;
    const where = issue?.path.join('.');
    const place = where === undefined || where === '' ? '' : `${where}: `;
    throw new AriValidationError(`line ${number} of the trace: ${place}${issue?.message}`);
  }
  return result.data;
}
