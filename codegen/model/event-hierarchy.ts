import { CodegenError } from '../errors.js';
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
  const { children, parents } = familiesOf(api);
  const ancestors = ancestorsBy(api, parents);
  const bases = children.has(ROOT) || parents.has(ROOT) ? [...ancestors(ROOT), ROOT] : [];

  const leaves: EventHierarchy['leaves'][number][] = [];
  const seen = new Set<string>();
  const descend = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const own = children.get(name);
    if (own === undefined && name !== ROOT) leaves.push({ name, ancestors: ancestors(name) });
    own?.forEach(descend);
  };
  descend(ROOT);
  return { bases, leaves };
}

/** What each model inherits from, the most distant first. Fails where that goes round in a circle. */
function ancestorsBy(api: ApiDocuments, parents: Families['parents']): (name: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  const begun = new Set<string>();
  const ancestors = (name: string): readonly string[] => {
    const found = known.get(name);
    if (found) return found;
    if (begun.has(name)) throw circle(api, name);
    begun.add(name);
    const all = new Set([...(parents.get(name) ?? [])].flatMap((parent) => [...ancestors(parent), parent]));
    known.set(name, [...all]);
    return [...all];
  };
  for (const name of parents.keys()) ancestors(name);
  return ancestors;
}

function circle({ documents }: ApiDocuments, name: string): CodegenError {
  const file = documents.find(({ models }) => models.some(({ id }) => id === name))?.file;
  return new CodegenError('it is a subtype of itself, or of one of its subtypes', { file, at: `model ${name}` });
}

interface Families {
  readonly children: ReadonlyMap<string, ReadonlySet<string>>;
  readonly parents: ReadonlyMap<string, ReadonlySet<string>>;
}

function familiesOf(api: ApiDocuments): Families {
  const [children, parents] = [new Map<string, Set<string>>(), new Map<string, Set<string>>()];
  const add = (parent: string, child: string): void => {
    children.set(parent, (children.get(parent) ?? new Set()).add(child));
    parents.set(child, (parents.get(child) ?? new Set()).add(parent));
  };
  for (const model of api.documents.flatMap(({ models }) => models)) {
    for (const child of model.subTypes ?? []) add(model.id, child);
    if (model.extends !== undefined) add(model.extends, model.id);
  }
  return { children, parents };
}
