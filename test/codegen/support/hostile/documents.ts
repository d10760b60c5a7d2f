import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { RELEASE_FILE } from '../../../../codegen/load/release-file.js';
import type { Doc, Documents } from '../documents.js';
import { wellMeant } from './well-meant.js';
import { identifier, text, wireName } from './words.js';

const junk: fc.Arbitrary<Doc> = fc.oneof(
  fc.constantFrom(
    null,
    '',
    0,
    -1,
    1e300,
    true,
    [],
    {},
    [[]],
    [null],
    'x'.repeat(300),
    '__proto__',
    '{a}',
    'List[',
    'List[]]',
  ),
  wireName,
  text,
  fc.object({ maxDepth: 2, maxKeys: 3 }),
);

/** Puts something else in the place of one value, wherever it is. */
function spoil(documents: Documents, [at, value, how]: readonly [number, Doc, number]): Documents {
  const copy = structuredClone(documents);
  const places: (readonly [holder: Doc, key: string])[] = [];
  const visit = (holder: Doc): void => {
    for (const [key, inner] of Object.entries(holder)) {
      places.push([holder, key]);
      if (typeof inner === 'object' && inner !== null) visit(inner);
    }
  };
  Object.values(copy).forEach(visit);
  const place = places[at % places.length];
  if (place === undefined) return copy;
  const [holder, key] = place;
  if (how === 0 && !Array.isArray(holder)) {
    // oxlint-disable-next-line typescript/no-dynamic-delete -- a place like any other
    delete holder[key];
  } else if (how === 1 && typeof value === 'string') {
    Object.defineProperty(holder, value, { value: holder[key], enumerable: true, configurable: true, writable: true });
  } else {
    holder[key] = value;
  }
  return copy;
}

const spoiling = fc.array(fc.tuple(fc.nat(), junk, fc.nat({ max: 3 })), { minLength: 1, maxLength: 2 });

/** Asterisk's own documents, which have what is corrected. */
const real = fc.constant(null).map((): Documents => {
  const folder = fileURLToPath(new URL('../../../../api-docs/v22/', import.meta.url));
  const names = readdirSync(folder).filter((name) => name !== RELEASE_FILE);
  return Object.fromEntries(names.map((name) => [name, JSON.parse(readFileSync(folder + name, 'utf8'))]));
});

const spoiled = (whole: fc.Arbitrary<Documents>): fc.Arbitrary<Documents> =>
  fc.tuple(whole, spoiling).map(([documents, all]) => all.reduce(spoil, documents));

/** The same with other names here and there, wherever they stand. */
const renamed = fc
  .tuple(real, fc.array(fc.tuple(fc.nat(), identifier), { minLength: 1, maxLength: 5 }))
  .map(([documents, renamings]): Documents => {
    const before = JSON.stringify(documents);
    const names = [...new Set([...before.matchAll(/"(?:nickname|id|name)":"(\w+)"/g)].map(([, name = '']) => name))];
    const after = renamings.reduce((text, [at, to]) => {
      return text.replaceAll(new RegExp(`\\b${names[at % names.length]}\\b`, 'g'), to);
    }, before);
    return JSON.parse(after) as Documents;
  });

/** Documents of which most make bindings, and the others must be refused in a line. */
export const hostileDocuments: fc.Arbitrary<Documents> = fc.oneof(
  { weight: 12, arbitrary: wellMeant },
  { weight: 4, arbitrary: spoiled(wellMeant) },
  { weight: 1, arbitrary: spoiled(real) },
  { weight: 1, arbitrary: renamed },
);
