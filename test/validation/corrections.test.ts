import { describe, expect, it } from 'vitest';
import { CORRECTIONS } from '../../codegen/model/corrections.js';
import { gapsOf } from '../../scripts/corpus/coverage.js';
import { walk } from '../../scripts/corpus/walk.js';
import { corpora, modelOf } from './support/corpus.js';

const { properties, models, operations } = CORRECTIONS;
const proven = [...properties, ...models, ...operations].flatMap(({ place, corpus }) =>
  corpus === undefined ? [] : [{ place, file: corpus }],
);

/** Every place of a corpus with the files that have a value there. */
async function placesOf(
  corpus: (typeof corpora)[number],
): Promise<Map<string, { files: Set<string>; absent: number }>> {
  const places = new Map<string, { files: Set<string>; absent: number }>();
  walk(corpus, await modelOf(corpus), {
    unknown: () => undefined,
    value: ({ place, type, value, file }) => {
      for (const name of type.kind === 'model' ? [place, type.name] : [place]) {
        const at = places.get(name) ?? { files: new Set(), absent: 0 };
        places.set(name, at);
        if (value === undefined) {
          at.absent += 1;
        } else {
          at.files.add(file);
        }
      }
    },
  });
  for (const [operation, answers] of corpus.answers) {
    if (answers.some(({ status }) => status >= 400)) {
      places.set(operation, { files: new Set([`answers/${operation}.json`]), absent: 0 });
    }
  }
  return places;
}

describe('corrections', () => {
  it('that name a file of the corpus are shown by it', async () => {
    expect(proven.length).toBeGreaterThan(20);
    for (const { place, file } of proven) {
      const [release = '', ...path] = file.split('/');
      const corpus = corpora.find((each) => each.release === release);
      expect(corpus, file).toBeDefined();
      const found = (await placesOf(corpus as never)).get(place)?.files ?? new Set();
      expect(found, `${place} in ${file}`).toContain(path.join('/'));
    }
  });

  it('that say "always sent" hold for everything that was heard', async () => {
    const always = properties.filter(({ change }) => change.optional === false);
    expect(always.length).toBeGreaterThan(8);
    for (const corpus of corpora) {
      const places = await placesOf(corpus);
      for (const { place } of always) {
        expect(places.get(place)?.absent ?? 0, `${place} in ${corpus.release}`).toBe(0);
      }
    }
  });

  it('that say "may be absent" or add a field are of something that was heard, or known not to have been', async () => {
    const [old, recent] = [await gaps('16'), await gaps('22')];
    const added = models.flatMap(({ place, change }) => change.add.map(({ name }) => `${place}.${name}`));
    const unheard = added.filter((name) => old.has(name) && recent.has(name));
    expect(unheard).toEqual(['Endpoint.max_channels']);
  });
});

async function gaps(major: string): Promise<ReadonlySet<string>> {
  const corpus = corpora.find(({ release }) => release.startsWith(major)) as (typeof corpora)[number];
  return new Set(gapsOf(corpus, await modelOf(corpus)).properties);
}
