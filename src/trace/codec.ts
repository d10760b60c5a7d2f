import { AriValidationError } from '../errors/validation-error.js';
import type { Trace, TraceEntry } from './entries.js';
import { mustBe } from '../support/describe.js';
import { faultOfLine } from './check-entry.js';
import { checkTrace } from './check-trace.js';
import { entrySchemas } from './schemas.js';

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
  const fault = faultOfLine(`line ${number} of the trace`, data);
  if (fault !== undefined) {
    throw new AriValidationError(fault);
  }
  const entry = data as TraceEntry;
  if (entrySchemas.has(entry.kind)) {
    return entry;
  }
  const { seq, at, client } = entry;
  return { kind: 'unknown', seq, at, client, data: data as Readonly<Record<string, unknown>> };
}
