import type { ApiModel, TypeRef } from '../../codegen/model/types.js';
import type { Corpus } from './files.js';
import { walk } from './walk.js';

/** What of an interface a corpus has no example of. */
export interface Gaps {
  readonly events: readonly string[];
  /** Operations without an answer that is a success. */
  readonly operations: readonly string[];
  readonly models: readonly string[];
  /** Fields that no message had, of the models and events that were heard. */
  readonly properties: readonly string[];
}

export function gapsOf(corpus: Corpus, model: ApiModel): Gaps {
  const seen = new Set<string>();
  const present = new Set<string>();
  walk(corpus, model, {
    unknown: () => undefined,
    value: ({ place, type, value }) => {
      if (value !== undefined && value !== null) {
        present.add(place);
        for (const name of modelsIn(type, value)) {
          seen.add(name);
        }
      }
    },
  });
  const heard = (name: string): boolean => corpus.events.has(name) || seen.has(name);
  const answered = new Set(
    [...corpus.answers].filter(([, answers]) => answers.some(({ status }) => status < 300)).map(([id]) => id),
  );
  const operations = model.resources.flatMap((resource) => resource.operations.map(({ id }) => id));
  const models = model.models.filter(({ eventBase }) => !eventBase);
  return {
    events: model.events.map(({ name }) => name).filter((name) => !corpus.events.has(name)),
    operations: operations.filter((id) => !answered.has(id)),
    models: models.map(({ name }) => name).filter((name) => !seen.has(name)),
    properties: [...models, ...model.events]
      .filter(({ name }) => heard(name))
      .flatMap(({ name, properties }) => properties.map((property) => `${name}.${property.name}`))
      .filter((place) => !present.has(place)),
  };
}

function modelsIn(type: TypeRef, value: unknown): readonly string[] {
  if (type.kind === 'list') {
    return Array.isArray(value) && value.length > 0 ? modelsIn(type.of, value[0]) : [];
  }
  return type.kind === 'model' ? [type.name] : [];
}
