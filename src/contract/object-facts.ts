/** What identifies one kind of domain object, in answers, events and subscriptions. */
export interface ObjectFacts {
  /** Fields of the raw data that identify it, in the order of its path: `['technology', 'resource']`. */
  readonly keys: readonly string[];
  /** The field by which events carry it: `channel`, `recording`, `device_state`. */
  readonly field: string;
  /** Scheme of its event source URI, where it can be subscribed to: `channel`. */
  readonly scheme?: string;
  /** The class of its snapshots. */
  readonly class: abstract new (...args: never[]) => object;
}
