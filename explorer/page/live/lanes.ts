import type { Entry } from '../../shared/entry.js';
import { objectsOf } from '../../shared/selection.js';
import { shownText } from '../ui/shown.js';
import type { Call } from './call.js';

/** A vertical line of the ladder. */
export interface Lane {
  readonly key: string;
  readonly label: string;
  readonly kind: 'application' | 'asterisk' | 'channel' | 'bridge';
}

/** Where an entry is drawn: from one lane to another, with dots on what else it is about. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly dots: readonly number[];
}

/** A ladder of more lanes is read by nobody: what is about further objects is drawn to Asterisk. */
const MOST_LANES = 16;

const APPLICATION = 0;
const ASTERISK = 1;

/** The lanes of one call, or of everything. */
export class Lanes {
  readonly lanes: readonly Lane[];
  readonly #indices: ReadonlyMap<string, number>;

  constructor(call: Call | undefined) {
    const objects = [...(call?.objects ?? [])];
    const of = (kind: 'channel' | 'bridge'): Lane[] =>
      objects
        .filter((object) => object.startsWith(`${kind}:`))
        .map((key) => ({ key, kind, label: call?.names.get(key) ?? shownText(idOf(key)) }));
    this.lanes = [
      { key: 'application', kind: 'application' as const, label: 'application' },
      { key: 'asterisk', kind: 'asterisk' as const, label: 'Asterisk' },
      ...of('channel'),
      ...of('bridge'),
    ].slice(0, MOST_LANES);
    this.#indices = new Map(this.lanes.map(({ key }, index) => [key, index]));
  }

  /** Requests go from the application to what they are about, events come from there. */
  spanOf(entry: Entry, request?: Entry): Span {
    const about = request && objectsOf(request).length > 0 ? request : entry;
    const [object = ASTERISK, ...others] = this.#ends(about);
    const dots = others.filter((index) => index !== object);
    const isDown = entry.kind === 'request';
    return isDown ? { from: APPLICATION, to: object, dots } : { from: object, to: APPLICATION, dots };
  }

  /** The lanes of an entry's objects, that of the one that it is about first. */
  #ends(entry: Entry): number[] {
    const first = isAboutBridge(entry) ? 'bridge:' : 'channel:';
    return objectsOf(entry)
      .toSorted((a, b) => Number(b.startsWith(first)) - Number(a.startsWith(first)))
      .flatMap((object) => this.#indices.get(object) ?? []);
  }
}

function isAboutBridge(entry: Entry): boolean {
  if (entry.kind === 'event') return entry.type.startsWith('Bridge');
  return entry.kind === 'request' && entry.operation.startsWith('bridges.');
}

/** `1764291312.7` of `channel:1764291312.7`. */
export function idOf(object: string): string {
  return object.slice(object.indexOf(':') + 1);
}
