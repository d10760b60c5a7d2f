/** How much is kept. */
export interface Bounds {
  readonly entries: number;
  /** Characters of JSON, all entries together. */
  readonly characters: number;
}

/** Some entries, in order. */
export interface Stretch {
  readonly texts: readonly string[];
  /** Position of the last one; where to go on. */
  readonly position: number;
  /** So many were there between the position asked for and the first one, and are no more. */
  readonly skipped: number;
}

/** The latest entries as JSON, each at a position of its own, counted from 1. What exceeds the bounds goes, oldest first. */
export class History {
  readonly #bounds: Bounds;
  #texts: string[] = [];
  /** So many at the beginning of `#texts` are gone already. */
  #gone = 0;
  #characters = 0;
  #position = 0;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  /** Position of the last entry; 0 while there is none. */
  get position(): number {
    return this.#position;
  }

  get size(): number {
    return this.#texts.length - this.#gone;
  }

  push(text: string): void {
    this.#texts.push(text);
    this.#position += 1;
    this.#characters += text.length;
    while (this.size > this.#bounds.entries || (this.#characters > this.#bounds.characters && this.size > 1)) {
      this.#characters -= this.#texts[this.#gone]?.length ?? 0;
      this.#texts[this.#gone] = '';
      this.#gone += 1;
    }
    if (this.#gone > 1000 && this.#gone > this.size) {
      this.#texts = this.#texts.slice(this.#gone);
      this.#gone = 0;
    }
  }

  /** What came after a position, `most` entries at the most. */
  after(position: number, most = Infinity): Stretch {
    const oldest = this.#position - this.size;
    const from = Math.min(Math.max(position, oldest), this.#position);
    const start = this.#gone + from - oldest;
    const texts = this.#texts.slice(start, start + most);
    return { texts, position: from + texts.length, skipped: Math.max(0, from - position) };
  }
}
