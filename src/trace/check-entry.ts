import type { z } from 'zod';
import { mustBe } from '../support/describe.js';
import type { TraceEntry, UnknownEntry } from './entries.js';
import { isTooDeep, readLevels } from './nesting.js';
import { entrySchemas, placeSchema } from './schemas.js';

/** What is wrong with an entry; undefined if nothing is. @param name for messages: `entry 0` */
export function faultOfEntry(name: string, entry: unknown): string | undefined {
  const fault = faultOfLine(name, entry);
  if (fault !== undefined || (entry as TraceEntry).kind !== 'unknown') {
    return fault;
  }
  // It is saved as what it holds, which must be an entry by itself.
  return faultOfLine(`${name}: data`, (entry as UnknownEntry).data);
}

/** What is wrong with what a line of a saved trace holds. @param name for messages: `line 1 of the trace` */
export function faultOfLine(name: string, data: unknown): string | undefined {
  if (isTooDeep(data)) {
    return `${name} must be nested no deeper than ${readLevels} levels`;
  }
  return faultIn(placeSchema, name, data) ?? faultIn(entrySchemas.get((data as TraceEntry).kind), name, data);
}

function faultIn(schema: z.ZodType | undefined, name: string, data: unknown): string | undefined {
  const [issue] = schema?.safeParse(data).error?.issues ?? [];
  if (issue === undefined) {
    return undefined;
  }
  const { path, message } = issue;
  const value = path.reduce<unknown>((at, key) => (at as Readonly<Record<PropertyKey, unknown>>)[key], data);
  return `${name}${path.length === 0 ? '' : `: ${path.join('.')}`} ${mustBe(message, value)}`;
}
