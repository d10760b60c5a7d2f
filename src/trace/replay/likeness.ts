import type { ObjectRef, RequestEntry } from '../entries.js';
import { idOf, kindOf } from '../objects.js';
import { segmentsOf } from '../segments.js';
import type { IdMap } from './id-map.js';

/** How like requests of now are to recorded ones, whatever the ids are now. */
export class Likeness {
  readonly #ids: IdMap;

  constructor(ids: IdMap) {
    this.#ids = ids;
  }

  /** Whether one is the other: the same, with the same parameters. The ids that this teaches are learned. */
  isSame(recorded: RequestEntry, made: RequestEntry): boolean {
    return (
      recorded.method === made.method &&
      this.#ids.matches([segmentsOf(recorded.path), recorded.params], [segmentsOf(made.path), made.params])
    );
  }

  /** Whether one is done in place of the other: the same with the same objects. */
  isCounterpart(recorded: RequestEntry, made: RequestEntry): boolean {
    const [one, other] = [segmentsOf(recorded.path), segmentsOf(made.path)];
    return (
      recorded.method === made.method &&
      one.length === other.length &&
      one.every((part, at) => part === other[at] || this.#ids.get(part) === other[at])
    );
  }

  /** Whether a parameter has the value that it had. The ids that this teaches are learned. */
  isSameValue(recorded: unknown, made: unknown): boolean {
    return this.#ids.matches(recorded, made);
  }

  /** Learns ids that Asterisk has given out, from the objects of answers. */
  learn(recorded: readonly ObjectRef[], made: readonly ObjectRef[]): void {
    for (const kind of ['channel', 'bridge', 'playback', 'recording'] as const) {
      const theirs = recorded.filter((ref) => kindOf(ref) === kind).map(idOf);
      const mine = made.filter((ref) => kindOf(ref) === kind).map(idOf);
      if (theirs.length === mine.length) {
        theirs.forEach((id, at) => this.#ids.bind(id, mine[at] ?? ''));
      }
    }
  }
}
