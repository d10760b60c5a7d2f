import { parseTypeRef } from '../parse/type-ref.js';
import type { ApiDocuments, ModelDocument } from '../parse/types.js';
import type { DomainObject, Model, Property } from './types.js';

/** Every model of the documents, those of events included, each with its own properties only. */
export function buildModels(api: ApiDocuments, names: ReadonlySet<string>): readonly Model[] {
  return api.documents.flatMap(({ file, models }) => models.map((model) => buildModel(file, model, names)));
}

function buildModel(file: string, { id, description, properties }: ModelDocument, names: ReadonlySet<string>): Model {
  return {
    name: id,
    file,
    ...(description === undefined ? {} : { description }),
    properties: properties.map(({ name, type, required, description: text, allowableValues }): Property => ({
      name,
      type: parseTypeRef(type, names),
      optional: !required,
      nullable: false,
      ...(text === undefined ? {} : { description: text }),
      ...(allowableValues?.kind === 'list' ? { values: allowableValues.values } : {}),
    })),
    holdsObjects: false,
  };
}

/** Marks the models that have a domain object in them, at any depth. */
export function markHolders(models: readonly Model[], objects: readonly DomainObject[]): readonly Model[] {
  const referring = new Map<string, string[]>();
  for (const { name, properties } of models) {
    for (const { type } of properties) {
      if (type.kind !== 'model') continue;
      const names = referring.get(type.name) ?? [];
      referring.set(type.name, names);
      names.push(name);
    }
  }
  // from the objects up to all that lead to them: each model once, however they refer to one another
  const holders = new Set(objects.flatMap(({ name }) => referring.get(name) ?? []));
  for (const name of holders) referring.get(name)?.forEach((other) => holders.add(other));
  return models.map((model) => ({ ...model, holdsObjects: holders.has(model.name) }));
}
