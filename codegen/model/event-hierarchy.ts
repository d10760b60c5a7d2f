import type { ApiDocuments } from '../parse/types.js';

/** The model that all events descend from. */
const ROOT = 'Event';

/** The families of models that the documents describe: which events there are, and what each one inherits from. */
export interface EventHierarchy {
  /** `Message` and `Event`. */
  readonly bases: readonly string[];
  /** The events in the documents' order, each with what it inherits from, the most distant first. */
  readonly leaves: readonly { readonly name: string; readonly ancestors: readonly string[] }[];
}

/** Reads the hierarchy from `subTypes`, and from the `extends` of 12.0 to 12.6. */
export function eventHierarchy(api: ApiDocuments): EventHierarchy {
  const children = childrenByModel(api);
  const parentOf = (name: string) => [...children].find(([, names]) => names.includes(name))?.[0];

  const bases = children.has(ROOT) || parentOf(ROOT) ? [ROOT] : [];
  for (let up = parentOf(ROOT); up !== undefined && !bases.includes(up); up = parentOf(up)) bases.unshift(up);

  const leaves: { name: string; ancestors: readonly string[] }[] = [];
  const descend = (name: string, ancestors: readonly string[]): void => {
    const own = children.get(name) ?? [];
    if (ancestors.includes(name)) return;
    if (own.length === 0 && name !== ROOT) leaves.push({ name, ancestors });
    for (const child of own) descend(child, [...ancestors, name]);
  };
  descend(ROOT, bases.slice(0, -1));
  return { bases, leaves };
}

function childrenByModel(api: ApiDocuments): ReadonlyMap<string, readonly string[]> {
  const children = new Map<string, string[]>();
  const add = (parent: string, child: string): void => {
    const all = children.get(parent) ?? [];
    if (!all.includes(child)) children.set(parent, [...all, child]);
  };
  for (const model of api.documents.flatMap(({ models }) => models)) {
    for (const child of model.subTypes ?? []) add(model.id, child);
    if (model.extends !== undefined) add(model.extends, model.id);
  }
  return children;
}
