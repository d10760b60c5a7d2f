import { groupBy } from '../group-by.ts';
import type { Entry, Export } from './exports.ts';

/** What is described on one page: a channel with its operations, its events and their parameters, for instance. */
export interface Group {
  /** `Channel`, `errors`; its page's name. */
  readonly name: string;
  readonly exports: readonly Export[];
}

/** The least that a page of its own is worth; what is less stands on the entry's main page. */
const FEW = 6;

/** Rooms of the runtime, by what a reader looks for. */
const ROOMS: Readonly<Record<string, string>> = {
  errors: 'errors',
  events: 'events-and-listeners',
  contract: 'events-and-listeners',
  diagnostics: 'client-and-options',
  client: 'client-and-options',
  rest: 'client-and-options',
  support: 'client-and-options',
  domain: 'client-and-options',
};

/** The pages of an entry: every export that is described there is in one of them. */
export function groupsOf({ specifier, exports }: Entry): readonly Group[] {
  const own = exports.filter(({ first }) => first === undefined);
  const objects = own.filter(({ file }) => file.includes('/objects/')).map(({ name }) => name);
  const groups = groupBy(own, (item) => groupOf(item, specifier, objects));
  const main = mainOf(specifier);
  for (const [name, items] of groups) {
    if (name === main || items.length >= FEW || name === 'errors' || objects.includes(name)) continue;
    if (items[0]?.file.startsWith('generated/')) continue;
    groups.delete(name);
    groups.set(main, [...(groups.get(main) ?? []), ...items]);
  }
  return [...groups].map(([name, items]) => ({ name, exports: items }));
}

/** The page of an entry for what is in no room of its own: that of the client for bindings, else named after the entry. */
export function mainOf(specifier: string): string {
  return /^asterisk-ari(\/v\d+)?$/.test(specifier) ? 'client-and-options' : (specifier.split('/').at(-1) ?? specifier);
}

function groupOf(item: Export, specifier: string, objects: readonly string[]): string {
  const [top, ...path] = item.file.split('/');
  const room = path.length > 2 || top === 'src' ? path[0] : undefined;
  if (top === 'generated') return groupOfBindings(item, path[1] ?? '', specifier, objects);
  const entry = specifier.split('/')[1];
  if (room !== undefined && room === entry) return path.length > 2 ? (path[1] ?? room) : room;
  return specifier === 'asterisk-ari' ? (ROOMS[room ?? ''] ?? mainOf(specifier)) : mainOf(specifier);
}

/** Objects and repositories have a page each, with the parameters of their operations; events and data one together. */
function groupOfBindings(
  { name, file }: Export,
  folder: string,
  specifier: string,
  objects: readonly string[],
): string {
  switch (folder) {
    case 'objects':
      return name.replace(/Handle$/, '');
    case 'repositories':
      return name;
    case 'events': {
      const object = name.replace(/Events$/, '');
      return objects.includes(object) ? object : 'event-types';
    }
    case 'models':
      return 'data';
    case 'params':
      return paramsOwner(name, file, objects);
    default:
      return mainOf(specifier);
  }
}

/** Whose operations the parameters are of: `ChannelPlayParams` those of one channel, `ChannelsPlayParams` of them all. */
function paramsOwner(name: string, file: string, objects: readonly string[]): string {
  const resource = /params\/(\w+)\.d\.ts$/.exec(file)?.[1] ?? '';
  const repository = resource.charAt(0).toUpperCase() + resource.slice(1);
  if (!/(Params|Fields)$/.test(name)) return 'data';
  if (name.startsWith(repository)) return repository;
  const owners = objects.filter((object) => name.startsWith(object)).toSorted((a, b) => b.length - a.length);
  return owners[0] ?? repository;
}
