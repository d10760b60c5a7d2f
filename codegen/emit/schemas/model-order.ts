import type { Model, TypeRef } from '../../model/types.js';

/** A model at its place in the file, and which of those that it refers to come only after it. */
export interface OrderedModel {
  readonly model: Model;
  readonly later: ReadonlySet<string>;
}

/** Models so that what one refers to stands before it, but for those that hold one another. */
export function orderModels(models: readonly Model[]): readonly OrderedModel[] {
  const byName = new Map(models.map((model) => [model.name, model]));
  const ordered: OrderedModel[] = [];
  const begun = new Set<string>();
  const done = new Set<string>();

  const place = (model: Model): void => {
    if (begun.has(model.name)) {
      return;
    }
    begun.add(model.name);
    const references = model.properties.flatMap(({ type }) => referencesOf(type));
    for (const reference of references) {
      const other = byName.get(reference);
      if (other !== undefined) {
        place(other);
      }
    }
    ordered.push({ model, later: new Set(references.filter((name) => !done.has(name))) });
    done.add(model.name);
  };
  models.forEach(place);
  return ordered;
}

function referencesOf(type: TypeRef): readonly string[] {
  if (type.kind === 'list') {
    return referencesOf(type.of);
  }
  return type.kind === 'model' ? [type.name] : [];
}
