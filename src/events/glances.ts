/** So many frames in a row that somebody wanted, and most are taken to be wanted unseen. */
const many = 32;

/** One in so many is looked at even then; a power of two. */
const every = 8;

/**
 * Whether a look at a frame's head is worth its while. Where nearly every event is wanted it is not: it then costs a
 * tenth of the event and spares nothing.
 */
export class Glances {
  #wanted = 0;

  isDue(): boolean {
    this.#wanted += 1;
    return this.#wanted <= many || this.#wanted % every === 0;
  }

  /** Takes note of what a look has shown, and returns it. */
  saw(isUnwanted: boolean): boolean {
    if (isUnwanted) {
      this.#wanted = 0;
    }
    return isUnwanted;
  }
}
