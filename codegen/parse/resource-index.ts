import { CodegenError } from '../errors.js';
import { parseJson } from './json.js';
import { brief } from './place.js';
import { indexSchema, type RawIndex } from './schema.js';
import { validate, type Warn } from './validate.js';

/** The document that names the others. */
export const INDEX_FILE = 'resources.json';

/** One document, as the index names it. */
export interface IndexEntry {
  readonly file: string;
  readonly name: string;
  readonly description?: string;
}

export interface ResourceIndex {
  readonly apiVersion: string;
  readonly swaggerVersion: string;
  readonly entries: readonly IndexEntry[];
}

/** Reads `resources.json`: which documents there are, in which order. */
export function parseResourceIndex(text: string, warn: Warn): ResourceIndex {
  const { apiVersion, swaggerVersion, apis } = validate(indexSchema, INDEX_FILE, parseJson(INDEX_FILE, text), warn);
  const entries = apis.map(toEntry);
  const names = new Map<string, string>();
  for (const { name } of entries) {
    // whatever is made of a name may not tell `Things` from `things`, and some file systems do not either
    const plain = name.replaceAll('_', '').toLowerCase();
    const other = names.get(plain);
    if (other === name) throw new CodegenError(`'${name}' is listed twice`, { file: INDEX_FILE });
    if (other !== undefined)
      throw new CodegenError(`'${other}' and '${name}' are too much alike`, { file: INDEX_FILE });
    names.set(plain, name);
  }
  return { apiVersion, swaggerVersion, entries };
}

function toEntry({ path, description }: RawIndex['apis'][number]): IndexEntry {
  const name = resourceName(path);
  return { file: `${name}.json`, name, ...(description === undefined ? {} : { description }) };
}

/** `/api-docs/deviceStates.{format}` → `deviceStates`. A name goes into file names, so nothing else will do. */
function resourceName(path: string): string {
  const name = /^\/api-docs\/([A-Za-z]\w{0,99})\.(?:\{format\}|json)$/.exec(path)?.[1];
  if (name === undefined) {
    throw new CodegenError(`'${brief(path)}' names no document`, {
      file: INDEX_FILE,
      allowed: ['/api-docs/NAME.{format}'],
    });
  }
  return name;
}
