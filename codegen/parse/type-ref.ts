import { CodegenError } from '../errors.js';
import type { PrimitiveName, TypeRef } from '../model/types.js';

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

/** Takes a type string apart: a word, a model's name, or `List[…]` of either. */
export function parseTypeRef(text: string, models: ReadonlySet<string>): TypeRef {
  const word = WORDS.get(text);
  if (word) return word;
  if (models.has(text)) return { kind: 'model', name: text };

  const item = /^List\[(.+)\]$/.exec(text)?.[1];
  if (item !== undefined) {
    const of = parseTypeRef(item, models);
    if (of.kind === 'primitive' && (of.name === 'void' || of.name === 'binary')) {
      throw new CodegenError(`a list cannot hold '${of.name}'`);
    }
    return { kind: 'list', of };
  }
  throw unknownType(text);
}

function primitive(name: PrimitiveName): TypeRef {
  return { kind: 'primitive', name };
}

/** A capital letter begins the name of a model: then it is the model that is missing. */
function unknownType(text: string): CodegenError {
  const allowed = [...WORDS.keys(), 'List[…]', 'the name of a model'];
  const what = /^[A-Z]\w*$/.test(text) ? `no document defines the model '${text}'` : `unknown type '${text}'`;
  return new CodegenError(what, { allowed });
}
