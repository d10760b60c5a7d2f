import type { z } from 'zod';
import { CodegenError } from '../errors.js';
import { brief, describePlace, member } from './place.js';

/** Told of what is odd but harmless. */
export type Warn = (message: string) => void;

/** Checks a document against its schema. Keys that the schema does not know are warned of and left out. */
export function validate<T>(schema: z.ZodType<T>, file: string, json: unknown, warn: Warn): T {
  refusePrototype(file, json, json, []);
  return valid(schema, file, json, warn);
}

function valid<T>(schema: z.ZodType<T>, file: string, json: unknown, warn: Warn): T {
  const first = schema.safeParse(json);
  if (first.success) return first.data;

  const unknownKeys = first.error.issues.filter((issue) => issue.code === 'unrecognized_keys');
  const rest = first.error.issues.find((issue) => issue.code !== 'unrecognized_keys');
  if (rest) throw invalid(file, json, rest);

  const copy = structuredClone(json);
  for (const { path, keys } of unknownKeys) {
    const holder = path.reduce(member, copy);
    const place = describePlace(json, path);
    for (const key of keys) {
      delete (holder as Record<string, unknown>)[key];
      // Asterisk marks its comments so: _copyright, __note
      if (!key.startsWith('_')) warn(`${file}: ${place && `${place}: `}unknown key '${brief(key)}' is left out`);
    }
  }
  return valid(schema, file, copy, warn);
}

/** The one name that no object can be given in JavaScript's own ways; the schemas would leave it out without a word. */
function refusePrototype(file: string, json: unknown, value: unknown, path: readonly PropertyKey[]): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === '__proto__') {
      const at = describePlace(json, path);
      throw new CodegenError(`nothing can be called '__proto__' here`, { file, ...(at ? { at } : {}) });
    }
    refusePrototype(file, json, inner, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

/** What a schema found wrong, in words, with the place where it is. */
export function invalid(file: string, json: unknown, issue: z.core.$ZodIssue): CodegenError {
  const { message, allowed } = explain(issue);
  const at = describePlace(json, issue.path);
  const found = issue.path.reduce(member, json);
  // of what is too long there is nothing to see, and a key is named by its place
  const tells = found !== undefined && issue.code !== 'too_big' && issue.code !== 'invalid_key';
  return new CodegenError(`${message}${tells ? `, found ${briefJson(found)}` : ''}`, {
    file,
    ...(at ? { at } : {}),
    ...(allowed ? { allowed } : {}),
  });
}

function explain(issue: z.core.$ZodIssue): { message: string; allowed?: readonly string[] } {
  if (issue.code === 'invalid_value') {
    return { message: 'unknown value', allowed: issue.values.map(String) };
  }
  if (issue.code === 'invalid_union' && issue.discriminator === 'valueType') {
    return { message: 'unknown valueType', allowed: ['LIST', 'RANGE'] };
  }
  if (issue.code === 'invalid_union') {
    const forms = issue.errors.flat().map((inner) => (inner.code === 'invalid_type' ? inner.expected : inner.message));
    return { message: 'wrong type', allowed: [...new Set(forms)] };
  }
  if (issue.code === 'invalid_type') return { message: `${issue.expected} expected` };
  if (issue.code === 'too_big') {
    return { message: `more than ${issue.maximum}${issue.origin === 'string' ? ' characters' : ''}` };
  }
  if (issue.code === 'invalid_key') {
    const [inner] = issue.issues;
    return { message: inner === undefined ? issue.message : `${issue.message}: ${explain(inner).message}` };
  }
  return { message: issue.message };
}

/** A value as far as a line has room for it. */
export function briefJson(value: unknown): string {
  return brief(JSON.stringify(value) ?? String(value));
}
