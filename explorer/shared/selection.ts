import type { Entry } from './entry.js';

/** Which entries are wanted; what is not given does not matter. */
export interface Selection {
  /** Objects (`channel:ID`): entries about any of them. */
  readonly objects?: readonly string[];
  /** Types of events, and operations. */
  readonly types?: readonly string[];
  readonly application?: string;
  readonly kinds?: readonly Entry['kind'][];
  /** A text that the entry's JSON has in it, in any case. */
  readonly text?: string;
}

/** Makes a test of a selection. An answer goes with its request, so entries must be asked for in their order. */
export function selector({ objects, types, application, kinds, text }: Selection): (entry: Entry) => boolean {
  const wanted = objects && new Set(objects);
  const wantedTypes = types && types.length > 0 ? new Set(types) : undefined;
  const wantedKinds = kinds && new Set(kinds);
  const needle = text === undefined || text === '' ? undefined : text.toLowerCase();
  const requests = new Set<string>();

  const matches = (entry: Entry): boolean => {
    if (entry.kind === 'answer' && requests.delete(exchangeOf(entry))) return true;
    if (wanted && !objectsOf(entry).some((object) => wanted.has(object))) return false;
    const name = typeOf(entry);
    if (wantedTypes && !(name !== undefined && wantedTypes.has(name))) return false;
    if (application !== undefined && entry.kind === 'event' && entry.application !== application) return false;
    return needle === undefined || JSON.stringify(entry).toLowerCase().includes(needle);
  };
  return (entry) => {
    if (!matches(entry)) return false;
    if (entry.kind === 'request') requests.add(exchangeOf(entry));
    return wantedKinds === undefined || wantedKinds.has(entry.kind);
  };
}

/** What an entry is called in a list of types. */
export function typeOf(entry: Entry): string | undefined {
  if (entry.kind === 'event') return entry.type;
  return entry.kind === 'request' ? entry.operation : undefined;
}

const none: readonly string[] = [];

/** What an entry is about: `channel:ID`. */
export function objectsOf(entry: Entry): readonly string[] {
  return 'objects' in entry ? entry.objects : none;
}

/** By what a request and its answer are known to belong together, among those of all clients. */
export function exchangeOf(entry: Extract<Entry, { kind: 'request' | 'answer' }>): string {
  return `${entry.kind === 'request' ? entry.id : entry.request} ${entry.client}`;
}
