import { parseTypeRef } from '../parse/type-ref.js';
import type { ApiDocuments, ModelDocument } from '../parse/types.js';
import type { DomainObject, Model, Property, TypeRef } from './types.js';

/** Every model of the documents, those of events included, each with its own properties only. */
export function buildModels(api: ApiDocuments, names: ReadonlySet<string>): readonly Model[] {
  return api.documents.flatMap(({ models }) => models.map((model) => buildModel(model, names)));
}

function buildModel({ id, description, properties }: ModelDocument, names: ReadonlySet<string>): Model {
  return {
    name: id,
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
  const kinds = new Set(objects.map(({ name }) => name));
  const byName = new Map(models.map((model) => [model.name, model]));

  const holds = (type: TypeRef, path: ReadonlySet<string>): boolean => {
    if (type.kind !== 'model') return false;
    if (kinds.has(type.name)) return true;
    if (path.has(type.name)) return false;
    const inner = new Set([...path, type.name]);
    return byName.get(type.name)?.properties.some((property) => holds(property.type, inner)) ?? false;
  };
  return models.map((model) => ({
    ...model,
    holdsObjects: model.properties.some(({ type }) => holds(type, new Set([model.name]))),
  }));
}
