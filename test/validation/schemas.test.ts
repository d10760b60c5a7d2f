import { describe, expect, it } from 'vitest';
import { bindings as v20 } from '../../generated/v20/bindings.js';
import { bindings as v22 } from '../../generated/v22/bindings.js';
import { bindings as v23 } from '../../generated/v23/bindings.js';
import type { Bindings } from '../../src/contract/bindings.js';
import { SchemaCheck } from '../../src/validation/schema-check.js';
import type { SchemaTables } from '../../src/contract/schema-tables.js';
import type { ValidationIssue } from '../../src/contract/validation.js';
import { answersOf, corpusOf, eventsOf, modelOf } from './support/corpus.js';
import { generateSchemas } from './support/schemas.js';

type Load = () => Promise<SchemaTables>;

const shipped = (bindings: Bindings): Load => bindings.schemas as Load;
const cases: readonly [title: string, corpus: string, load: Load, lacking?: readonly string[]][] = [
  ['22, by its own schemas', '22', shipped(v22)],
  ['22, by the schemas of 23, which is the same', '22', shipped(v23)],
  ['22, by the schemas of 20, which lacks one event', '22', shipped(v20), ['ChannelToneDetected']],
  ['16, by schemas generated for it', '16', async () => generateSchemas(await modelOf(corpusOf('16')))],
];

describe.each(cases)('what an Asterisk sent: %s', (_title, major, load, lacking = []) => {
  it('passes full validation, events and answers', async () => {
    const check = new SchemaCheck(await load());
    const corpus = corpusOf(major);
    const issues: { at: string; found: readonly ValidationIssue[] }[] = [];
    let checked = 0;
    for (const { from, event } of eventsOf(corpus)) {
      checked += 1;
      issues.push({ at: from, found: check.event({ name: event.type } as never, event) });
    }
    for (const { operation, body } of answersOf(corpus)) {
      checked += 1;
      issues.push({ at: operation, found: check.answer({ name: operation } as never, body) });
    }
    expect(checked).toBeGreaterThan(200);
    expect(issues.filter(({ found }) => found.length > 0)).toEqual([]);
  });

  it('has a schema for each event and each answer', async () => {
    const { events, answers } = await load();
    const corpus = corpusOf(major);
    const without = [...corpus.events.keys()].filter((type) => !(type in events));
    expect(without).toEqual(lacking);
    const unanswered = answersOf(corpus).filter(({ operation }) => !(operation in answers));
    expect(unanswered).toEqual([]);
  });
});
