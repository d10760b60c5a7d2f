/** Time in which the same is told once, in milliseconds. */
const quietMs = 60_000;

/** Tells what somebody says again and again, such as a server while it refuses, once a minute. */
export class Repeated {
  readonly #tell: (message: string) => void;
  #last = '';
  #quietUntil = 0;

  constructor(tell: (message: string) => void) {
    this.#tell = tell;
  }

  say(message: string): void {
    const now = performance.now();
    if (message !== this.#last || now >= this.#quietUntil) {
      this.#last = message;
      this.#quietUntil = now + quietMs;
      this.#tell(message);
    }
  }
}
