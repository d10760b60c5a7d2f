import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ApiModel, EventModel } from '../../codegen/model/types.js';
import { schemas } from '../../generated/v22/schemas/index.js';
import { SchemaCheck } from '../../src/validation/schema-check.js';
import { Arbitraries } from './support/arbitrary.js';
import { fedClient } from './support/client.js';
import { modelOf } from './support/corpus.js';
import { mutationsOf } from './support/mutations.js';

const model: ApiModel = await modelOf({ release: '22' });
const arbitraries = new Arbitraries(model);
const check = new SchemaCheck(schemas);
const events = model.events.map((event): [string, EventModel] => [event.name, event]);

let fed: Awaited<ReturnType<typeof fedClient>>;
const heard: unknown[] = [];

beforeAll(async () => {
  fed = await fedClient({ validation: 'full' });
  fed.client.on('*', (event) => heard.push(event));
});

describe.each(events)('%s', (name, event) => {
  it('is accepted whenever it is valid, reaches its listeners, and is written back unchanged', () => {
    fc.assert(
      fc.property(arbitraries.event(event), (sent) => {
        const text = JSON.stringify(sent);
        heard.length = 0;
        fed.invalid.length = 0;
        fed.client.dispatch(JSON.parse(text) as object);
        expect(fed.invalid).toEqual([]);
        expect(fed.failures).toEqual([]);
        expect(JSON.parse(JSON.stringify(heard))).toEqual([JSON.parse(text)]);
      }),
      { numRuns: 15 },
    );
  });

  it('is found out whatever single thing is wrong with it, and where', () => {
    const mutations = mutationsOf(event, model);
    expect(mutations.length).toBeGreaterThan(5);
    const [sample] = fc.sample(full(event), { numRuns: 1, seed: 5 }) as [Record<string, unknown>];
    const missed: string[] = [];
    for (const mutation of mutations) {
      const spoilt = structuredClone(sample);
      if (mutation.apply(spoilt)) {
        const found = check.event({ name } as never, spoilt).map(({ path }) => path);
        if (found.length !== 1 || found[0] !== mutation.path) {
          missed.push(`${mutation.path} ${mutation.what}: found ${JSON.stringify(found)}`);
        }
      }
    }
    expect(missed).toEqual([]);
  });

  it('is found out wherever it is spoilt at random, and told to the application with the data as sent', () => {
    const mutations = mutationsOf(event, model);
    fc.assert(
      fc.property(arbitraries.event(event), fc.nat(), (valid, choice) => {
        const sent = structuredClone(valid);
        const mutation = mutations[choice % mutations.length];
        fc.pre(mutation?.apply(sent) === true);
        fed.invalid.length = 0;
        heard.length = 0;
        fed.client.dispatch(sent);
        expect(fed.invalid).toHaveLength(1);
        expect(fed.invalid[0]).toMatchObject({ kind: 'event', name, data: sent, delivered: true });
        expect(fed.invalid[0]?.issues.map(({ path }) => path)).toEqual([mutation?.path]);
        expect(heard).toHaveLength(1);
      }),
      { numRuns: 10 },
    );
  });
});

/** An event with nothing left out: to see each mutation at work. */
function full(event: EventModel): fc.Arbitrary<Record<string, unknown>> {
  const complete = {
    ...model,
    models: model.models.map((each) => ({ ...each, properties: each.properties.map(always) })),
  };
  return new Arbitraries(complete).event({ ...event, properties: event.properties.map(always) });
}

function always<T extends { readonly optional: boolean; readonly nullable: boolean }>(property: T): T {
  return { ...property, optional: false, nullable: false };
}
