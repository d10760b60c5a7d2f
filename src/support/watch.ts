/** Looks at something again and again, for as long as there is something to look at. Keeps no process alive. */
export class Watch {
  readonly #everyMs: number;
  readonly #look: () => boolean;
  #timer: NodeJS.Timeout | undefined;

  /** @param look false if there is nothing to look at any more */
  constructor(everyMs: number, look: () => boolean) {
    this.#everyMs = everyMs;
    this.#look = look;
  }

  /** From now on, unless it does already. */
  begin(): void {
    // A process that stood still has the answers waiting to be read: read first, then look.
    this.#timer ??= setInterval(() => setImmediate(() => this.#tick()).unref(), this.#everyMs).unref();
  }

  /** Looks no more, unless it is begun again. */
  end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #tick(): void {
    if (!this.#look()) {
      this.end();
    }
  }
}
