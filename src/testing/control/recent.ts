/** How much longer than it may be a list grows before its beginning goes: to take away one entry moves all others. */
const SLACK = 1.25;

/** The latest of many entries. */
export class Recent<Entry> {
  readonly #entries: Entry[] = [];
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Those that are kept, the oldest first. */
  get entries(): readonly Entry[] {
    this.#trim();
    return this.#entries;
  }

  add(entry: Entry): void {
    if (this.#limit <= 0) return;
    this.#entries.push(entry);
    if (this.#entries.length > this.#limit * SLACK) this.#trim();
  }

  clear(): void {
    this.#entries.length = 0;
  }

  #trim(): void {
    const excess = this.#entries.length - this.#limit;
    if (excess > 0) this.#entries.splice(0, excess);
  }
}
