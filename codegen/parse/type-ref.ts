import { CodegenError } from '../errors.js';
import { limits } from '../limits.js';
import type { PrimitiveName, TypeRef } from '../model/types.js';
import { brief } from './place.js';

/** The type words of the documents, those of old releases included. Everything else is the name of a model. */
const WORDS: ReadonlyMap<string, TypeRef> = new Map(
  Object.entries({
    void: primitive('void'),
    string: primitive('string'),
    boolean: primitive('boolean'),
    number: primitive('double'),
    int: primitive('int'),
    long: primitive('long'),
    double: primitive('double'),
    float: primitive('double'),
    Date: primitive('date'),
    binary: primitive('binary'),
    object: { kind: 'map', of: 'unknown' },
    containers: { kind: 'map', of: 'unknown' },
  } satisfies Record<string, TypeRef>),
);

/** Whether a name is one of the type words. */
export function isTypeWord(name: string): boolean {
  return WORDS.has(name);
}

/** Takes a type string apart: a word, a model's name, or `List[…]` of either. */
export function parseTypeRef(text: string, models: ReadonlySet<string>): TypeRef {
  return typeRef(text, models, 0);
}

function typeRef(text: string, models: ReadonlySet<string>, depth: number): TypeRef {
  const word = WORDS.get(text);
  if (word) return word;
  if (models.has(text)) return { kind: 'model', name: text };
  if (!text.startsWith('List[') || !text.endsWith(']') || text.length < 'List[x]'.length) throw unknownType(text);

  if (depth === limits.lists) throw new CodegenError(`more than ${limits.lists} lists within one another`);
  const of = typeRef(text.slice('List['.length, -1), models, depth + 1);
  if (of.kind === 'primitive' && (of.name === 'void' || of.name === 'binary')) {
    throw new CodegenError(`a list cannot hold '${of.name}'`);
  }
  return { kind: 'list', of };
}

function primitive(name: PrimitiveName): TypeRef {
  return { kind: 'primitive', name };
}

/** A capital letter begins the name of a model: then it is the model that is missing. */
function unknownType(text: string): CodegenError {
  const allowed = [...WORDS.keys(), 'List[…]', 'the name of a model'];
  const what = /^[A-Z]\w*$/.test(text) ? 'no document defines the model' : 'unknown type';
  return new CodegenError(`${what} '${brief(text)}'`, { allowed });
}
