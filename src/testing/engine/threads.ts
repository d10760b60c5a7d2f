/** How long Asterisk takes to have a new thread do something, in real milliseconds. */
const STARTING_MS = 5;

/** What Asterisk begins in a thread of its own: it comes a moment later, and who does not wait for it is too early. */
export class Threads {
  readonly #starting = new Set<NodeJS.Timeout>();

  start(work: () => void): void {
    const timer = setTimeout(() => {
      this.#starting.delete(timer);
      work();
    }, STARTING_MS);
    this.#starting.add(timer);
  }

  /** Nothing more begins. */
  close(): void {
    for (const timer of this.#starting) clearTimeout(timer);
    this.#starting.clear();
  }
}
