/** Ids of a recorded run, and what they are in the present one. */
export class IdMap {
  /** What is known to be an id in the record; nothing else may differ. */
  readonly #ids: ReadonlySet<string>;
  readonly #made = new Map<string, string>();
  readonly #recorded = new Map<string, string>();

  constructor(ids: Iterable<string>) {
    this.#ids = new Set(ids);
  }

  /** What a recorded id is now; undefined as long as nobody knows. */
  get(recorded: string): string | undefined {
    return this.#made.get(recorded);
  }

  /** From now on, one stands for the other, unless one of them stands for another already. */
  bind(recorded: string, made: string): void {
    if (this.#canBind(recorded, made)) {
      this.#made.set(recorded, made);
      this.#recorded.set(made, recorded);
    }
  }

  /** Whether data is the same but for ids; those that it teaches are learned. */
  matches(recorded: unknown, made: unknown): boolean {
    const learned = new Map<string, string>();
    const isSame = this.#isSame(recorded, made, learned);
    if (isSame) {
      learned.forEach((mine, theirs) => this.bind(theirs, mine));
    }
    return isSame;
  }

  /** Recorded data with the ids of now. */
  translate(recorded: unknown): unknown {
    if (typeof recorded === 'string') {
      return this.#translated(recorded);
    }
    if (Array.isArray(recorded)) {
      return recorded.map((each) => this.translate(each));
    }
    if (typeof recorded === 'object' && recorded !== null) {
      return Object.fromEntries(Object.entries(recorded).map(([name, each]) => [name, this.translate(each)]));
    }
    return recorded;
  }

  #isSame(recorded: unknown, made: unknown, learned: Map<string, string>): boolean {
    if (typeof recorded === 'string' && typeof made === 'string') {
      return this.#isSameText(recorded, made, learned);
    }
    if (typeof recorded !== 'object' || typeof made !== 'object' || recorded === null || made === null) {
      return Object.is(recorded, made);
    }
    const [one, other] = [Object.entries(recorded), Object.entries(made)];
    return (
      Array.isArray(recorded) === Array.isArray(made) &&
      one.length === other.length &&
      one.every(
        ([name, each]) =>
          Object.hasOwn(made, name) && this.#isSame(each, (made as Record<string, unknown>)[name], learned),
      )
    );
  }

  #isSameText(recorded: string, made: string, learned: Map<string, string>): boolean {
    const known = learned.get(recorded) ?? this.#made.get(recorded);
    if (known !== undefined) {
      return known === made;
    }
    if (this.#ids.has(recorded) && this.#canBind(recorded, made) && ![...learned.values()].includes(made)) {
      learned.set(recorded, made);
      return true;
    }
    return recorded === made || this.#translated(recorded) === made;
  }

  #canBind(recorded: string, made: string): boolean {
    return (this.#made.get(recorded) ?? made) === made && (this.#recorded.get(made) ?? recorded) === recorded;
  }

  /** Ids may stand in the midst of a text: `channel:1764291312.7`, lists. Longer ones may hold shorter ones. */
  #translated(text: string): string {
    const known = this.#made.get(text);
    if (known !== undefined) {
      return known;
    }
    const inside = [...this.#made.keys()].filter((id) => id.length >= 6 && text.includes(id));
    return inside
      .toSorted((a, b) => b.length - a.length)
      .reduce((rest, id) => rest.replaceAll(id, () => this.#made.get(id) ?? id), text);
  }
}
