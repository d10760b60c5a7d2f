import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { facts, factsText } from '../../../codegen/facts/facts.js';
import { buildModel } from '../../../codegen/model/build.js';
import { parse } from '../../../codegen/parse/index.js';
import { arbitraryDocuments } from '../support/arbitrary.js';
import { modelOf, parsed, tinyDocuments, type Documents } from '../support/documents.js';

const PROSE = new Set(['description', 'summary', 'notes', 'reason']);

describe('facts', () => {
  test('are what the documents say, in one order, without a sentence of theirs', () => {
    expect(factsText(facts(parsed(tinyDocuments())).get('channels.json'))).toMatchSnapshot();
  });

  test('do not depend on the order of keys', () => {
    const documents = tinyDocuments();
    expect(facts(parsed(reversed(documents)))).toEqual(facts(parsed(documents)));
    expect(factsText([...facts(parsed(keysReversed(documents)))])).toBe(factsText([...facts(parsed(documents))]));
  });

  test('of any documents are documents of the same interface, and their own facts', () => {
    fc.assert(
      fc.property(arbitraryDocuments, (documents) => {
        const warnings: string[] = [];
        const api = parsed(documents, warnings);
        const texts = new Map([...facts(api)].map(([file, json]) => [file, factsText(json)]));
        const again = parse({ files: texts }, (message) => warnings.push(message));

        expect(warnings).toEqual([]);
        expect(facts(again)).toEqual(facts(api));
        const modelled = [again, api].map((each) => withoutProse(buildModel(each, '12.0.0', () => {})));
        expect(modelled[0]).toEqual(modelled[1]);
      }),
      { numRuns: 200 },
    );
  });

  test('of two interfaces have the same digest only if they are the same', () => {
    const { digest } = modelOf(tinyDocuments());
    expect(digest).toMatch(/^[\da-f]{64}$/);

    const reworded = tinyDocuments();
    reworded['channels.json'].apis[0].operations[0].summary = 'Says it otherwise';
    expect(modelOf(reworded).digest).toBe(digest);

    const changed = tinyDocuments();
    changed['channels.json'].apis[1].operations[1].parameters[1].required = true;
    expect(modelOf(changed).digest).not.toBe(digest);
  });
});

function withoutProse(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutProse);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !PROSE.has(key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutProse(inner)]));
}

function reversed(documents: Documents): Documents {
  return Object.fromEntries(Object.entries(documents).toReversed());
}

/** The same JSON with every object's keys the other way round, but for names: their order is a fact. */
function keysReversed(value: Documents): Documents {
  const turn = (inner: unknown, key = ''): unknown => {
    if (Array.isArray(inner)) return inner.map((item) => turn(item));
    if (typeof inner !== 'object' || inner === null) return inner;
    const entries = Object.entries(inner).map(([name, member]) => [name, turn(member, name)] as const);
    return Object.fromEntries(
      ['models', 'properties', ''].includes(key) && key !== '' ? entries : entries.toReversed(),
    );
  };
  return turn(value) as Documents;
}
