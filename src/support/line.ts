/** A place in a line; it is given up once. */
export interface Place<T> {
  readonly value: T;
  previous: Place<T> | undefined;
  next: Place<T> | undefined;
}

/**
 * Values in the order in which they came, each of which leaves from wherever it stands.
 *
 * Not a Set: with many that soon leave, a Set renews its table all the time, and an old table that has survived a few
 * collections keeps what it held, and the table after it, alive until the next full one. Objects that should die young
 * are copied again and again then, which cost a third of a request over HTTP.
 */
export class Line<T> {
  #first: Place<T> | undefined;
  #last: Place<T> | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The value that has been here longest. */
  get first(): T | undefined {
    return this.#first?.value;
  }

  add(value: T): Place<T> {
    const place: Place<T> = { value, previous: this.#last, next: undefined };
    if (this.#last === undefined) {
      this.#first = place;
    } else {
      this.#last.next = place;
    }
    this.#last = place;
    this.#size += 1;
    return place;
  }

  /** Takes a place of this line out of it; it must be in it. */
  remove(place: Place<T>): void {
    const { previous, next } = place;
    if (previous === undefined) {
      this.#first = next;
    } else {
      previous.next = next;
    }
    if (next === undefined) {
      this.#last = previous;
    } else {
      next.previous = previous;
    }
    place.previous = undefined;
    place.next = undefined;
    this.#size -= 1;
  }

  /** Takes the value out that has been here longest. */
  shift(): T | undefined {
    const place = this.#first;
    if (place !== undefined) {
      this.remove(place);
    }
    return place?.value;
  }

  /** Those that are here now, in their order; they may leave meanwhile. */
  values(): T[] {
    const values: T[] = [];
    for (let place = this.#first; place !== undefined; place = place.next) {
      values.push(place.value);
    }
    return values;
  }
}
