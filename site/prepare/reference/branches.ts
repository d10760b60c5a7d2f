import { bundledBranches, readApi, type ApiModel, type EventModel, type Operation } from 'ari-codegen';

/** What one or more branches of Asterisk have, as the newest that has it describes it. */
export interface InBranches<T> {
  readonly newest: T;
  /** By branch. */
  readonly of: ReadonlyMap<number, T>;
}

/** The interface of every branch that the generator brings, oldest first. */
export async function readBranches(): Promise<readonly ApiModel[]> {
  const branches = bundledBranches().map(({ major }) => readApi({ kind: 'bundled', version: String(major) }));
  return (await Promise.all(branches)).map(({ model }) => model);
}

/** Every operation that some branch has, in the order of the newest branch, by repository. */
export function operationsOf(branches: readonly ApiModel[]): ReadonlyMap<string, readonly InBranches<Operation>[]> {
  const names = new Set(newestFirst(branches).flatMap(({ resources }) => resources.map(({ name }) => name)));
  return new Map(
    [...names].map((name) => [
      name,
      merge(branches, ({ resources }) => resources.find((resource) => resource.name === name)?.operations ?? [], 'id'),
    ]),
  );
}

/** Every type of event that some branch has. */
export function eventsOf(branches: readonly ApiModel[]): readonly InBranches<EventModel>[] {
  return merge(branches, ({ events }) => events, 'name').toSorted((a, b) => (a.newest.name < b.newest.name ? -1 : 1));
}

function merge<K extends string, T extends { readonly [key in K]: string }>(
  branches: readonly ApiModel[],
  listOf: (model: ApiModel) => readonly T[],
  key: K,
): InBranches<T>[] {
  const merged = new Map<string, { newest: T; of: Map<number, T> }>();
  for (const model of newestFirst(branches)) {
    for (const item of listOf(model)) {
      const known = merged.get(item[key]) ?? { newest: item, of: new Map<number, T>() };
      known.of.set(model.major, item);
      merged.set(item[key], known);
    }
  }
  return [...merged.values()];
}

function newestFirst(branches: readonly ApiModel[]): readonly ApiModel[] {
  return branches.toReversed();
}
