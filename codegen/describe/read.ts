import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { z } from 'zod';
import { CodegenError } from '../errors.js';
import { parseJson } from '../parse/json.js';
import { invalid } from '../parse/validate.js';
import { modelsSchema, operationsSchema, resourcesSchema, type Descriptions } from './schema.js';

/** Reads a folder of descriptions and checks it. */
export function readDescriptions(folder: string): Descriptions {
  const files = list(join(folder, 'operations')).filter((name) => name.endsWith('.json'));
  const operations = files.map((name) => {
    return [name.slice(0, -'.json'.length), readTexts(folder, `operations/${name}`, operationsSchema)] as const;
  });
  const resources = readTexts(folder, 'resources.json', resourcesSchema);
  const models = readTexts(folder, 'models.json', modelsSchema);
  const events = readTexts(folder, 'events.json', modelsSchema);
  const twice = Object.keys(events).find((name) => Object.hasOwn(models, name));
  if (twice !== undefined) {
    const file = join(basename(folder), 'events.json');
    throw new CodegenError('models.json describes it as well', { file, at: twice });
  }
  return { resources, operations: Object.fromEntries(operations), models: { ...models, ...events } };
}

function readTexts<T>(folder: string, name: string, schema: z.ZodType<T>): T {
  const file = join(basename(folder), name);
  const json = parseJson(file, read(join(folder, name)));
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw issue ? invalid(file, json, issue) : result.error;
}

function list(folder: string): readonly string[] {
  return existing(folder, () => readdirSync(folder));
}

function read(file: string): string {
  return existing(file, () => readFileSync(file, 'utf8'));
}

function existing<T>(path: string, get: () => T): T {
  try {
    return get();
  } catch (cause) {
    throw new CodegenError('the bundled descriptions are missing: this installation is broken', { file: path, cause });
  }
}
