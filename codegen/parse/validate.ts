import type { z } from 'zod';
import { CodegenError } from '../errors.js';
import { describePlace } from './place.js';

/** Told of what is odd but harmless. */
export type Warn = (message: string) => void;

/** Checks a document against its schema. Keys that the schema does not know are warned of and left out. */
export function validate<T>(schema: z.ZodType<T>, file: string, json: unknown, warn: Warn): T {
  const first = schema.safeParse(json);
  if (first.success) return first.data;

  const unknownKeys = first.error.issues.filter((issue) => issue.code === 'unrecognized_keys');
  const rest = first.error.issues.find((issue) => issue.code !== 'unrecognized_keys');
  if (rest) throw invalid(file, json, rest);

  const copy = structuredClone(json);
  for (const { path, keys } of unknownKeys) {
    const holder = path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown>)[key], copy);
    for (const key of keys) {
      delete (holder as Record<string, unknown>)[key];
      // Asterisk marks its comments so: _copyright, __note
      if (key.startsWith('_')) continue;
      const place = describePlace(json, path);
      warn(`${file}: ${place && `${place}: `}unknown key '${key}' is left out`);
    }
  }
  return validate(schema, file, copy, warn);
}

/** What a schema found wrong, in words, with the place where it is. */
export function invalid(file: string, json: unknown, issue: z.core.$ZodIssue): CodegenError {
  const { message, allowed } = explain(issue);
  const at = describePlace(json, issue.path);
  const found = issue.path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    json,
  );
  return new CodegenError(`${message}${found === undefined ? '' : `, found ${brief(found)}`}`, {
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
  return { message: issue.message };
}

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
