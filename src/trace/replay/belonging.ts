import type { AnswerEntry, ObjectRef, RequestEntry, Trace } from '../entries.js';
import { Meetings } from '../meetings.js';
import { idOf, kindOf, objectsOf } from '../objects.js';
import { originsOf, type Origin } from './origins.js';

/** Where a channel is spoken of in what a client says and hears. */
interface Span {
  readonly first: number;
  last: number;
}

/**
 * Which call a request was made in that names nothing that was there before: one that makes a bridge or a channel. It is the
 * call whose channel the new object meets later; of an object that meets none, the only call that there was then. Where
 * several calls are possible, nobody knows.
 */
export class Belonging {
  readonly #meetings: Meetings;
  readonly #origins: ReadonlyMap<string, Origin>;
  /** Where each object comes up first, whoever speaks of it. */
  readonly #seen = new Map<ObjectRef, number>();
  /** The channels that each client speaks of. */
  readonly #spans = new Map<string, Map<ObjectRef, Span>>();
  /** The calls of what the application made in one. */
  readonly #roots = new Map<ObjectRef, ObjectRef>();

  constructor(trace: Trace) {
    this.#meetings = new Meetings(trace);
    this.#origins = originsOf(trace);
    for (const [index, entry] of trace.entries()) {
      for (const ref of objectsOf(entry)) {
        this.#note(entry.client, ref, index);
      }
    }
  }

  /**
   * The channel of the call, if it is known, and if the request does not name what was there before. Requests must be asked
   * for in their order: one may depend on those before it.
   */
  callOf(request: RequestEntry, index: number, answer: AnswerEntry | undefined): ObjectRef | undefined {
    const named = request.objects.filter((ref) => this.#isThere(ref, index));
    const made = [...request.objects, ...(answer?.objects ?? [])].filter((ref) => !this.#isThere(ref, index));
    const possible = new Set(
      (named.length > 0 ? named : this.#candidates(request.client, index, made))
        .filter((ref) => kindOf(ref) === 'channel')
        .map((ref) => this.#roots.get(ref) ?? ref),
    );
    const [call] = possible.size === 1 ? possible : [];
    if (call !== undefined) {
      made.forEach((ref) => this.#roots.set(ref, call));
    }
    return named.length > 0 ? undefined : call;
  }

  #note(client: string, ref: ObjectRef, index: number): void {
    if (!this.#seen.has(ref)) {
      this.#seen.set(ref, index);
    }
    if (kindOf(ref) === 'channel') {
      const spans = this.#spans.get(client) ?? new Map<ObjectRef, Span>();
      this.#spans.set(client, spans);
      const span = spans.get(ref) ?? { first: index, last: index };
      span.last = index;
      spans.set(ref, span);
    }
  }

  #isThere(ref: ObjectRef, index: number): boolean {
    return (this.#seen.get(ref) ?? index) < index;
  }

  /** The channels that were there, and met what was made, if it ever met any. */
  #candidates(client: string, index: number, made: readonly ObjectRef[]): ObjectRef[] {
    const met = this.#met(index, made);
    return this.#present(client, index).filter((ref) => met.size === 0 || met.has(ref));
  }

  /** Channels that new objects meet, but for those that the application makes now or later. */
  #met(index: number, made: readonly ObjectRef[]): Set<ObjectRef> {
    const all = made.flatMap((ref) => [...this.#meetings.of(ref)]).filter((ref) => kindOf(ref) === 'channel');
    return new Set(all.filter((ref) => this.#isThere(ref, index) || !this.#origins.has(idOf(ref))));
  }

  /** The channels that a client speaks of before and after a place. */
  #present(client: string, index: number): ObjectRef[] {
    const spans = [...(this.#spans.get(client) ?? [])];
    return spans.filter(([, { first, last }]) => first < index && index < last).map(([ref]) => ref);
  }
}
