/** Time until what was refused is tried again, in milliseconds. */
const againMs = 5_000;

export interface RefusalsParts<T> {
  /** Does it once more. */
  readonly tryAgain: (refused: T) => void;
  /** Resolves when the server has said what it refuses of what was done so far; with false if there is no server. */
  readonly told: () => Promise<boolean>;
  /** Told that some are allowed again that were refused since then, by the clock. */
  readonly onAllowed: (since: number) => void;
}

/**
 * What a server refuses since its rights were changed. They may be given back, and nobody tells: so it is tried until it is
 * allowed, or not wanted any more.
 */
export class Refusals<T> {
  readonly #parts: RefusalsParts<T>;
  /** Since when, by the clock. */
  readonly #refused = new Map<T, number>();
  /** Those of them that were tried again, and not refused since. */
  #tried = new Set<T>();
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: RefusalsParts<T>) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#refused.size;
  }

  has(refused: T): boolean {
    return this.#refused.has(refused);
  }

  /** The server has refused something. False if it had before. */
  add(refused: T): boolean {
    const isNews = !this.#refused.has(refused);
    if (isNews) {
      this.#refused.set(refused, Date.now());
    }
    this.#tried.delete(refused);
    this.#tryLater();
    return isNews;
  }

  /** It is not wanted any more. */
  delete(refused: T): void {
    this.#refused.delete(refused);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#refused.clear();
  }

  #tryLater(): void {
    if (this.#refused.size > 0) {
      this.#timer ??= setTimeout(() => void this.#tryAgain(), againMs).unref();
    }
  }

  async #tryAgain(): Promise<void> {
    const { tryAgain, told } = this.#parts;
    this.#tried = new Set(this.#refused.keys());
    this.#tried.forEach(tryAgain);
    if (await told()) {
      this.#areAllowed([...this.#tried]);
    }
    this.#timer = undefined;
    this.#tryLater();
  }

  #areAllowed(allowed: readonly T[]): void {
    const since = Math.min(...allowed.map((each) => this.#refused.get(each) ?? Infinity));
    allowed.forEach((each) => this.#refused.delete(each));
    if (since < Infinity) {
      this.#parts.onAllowed(since);
    }
  }
}
