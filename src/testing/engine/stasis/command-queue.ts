/** Something done to a channel in an application, one at a time. */
export interface Command {
  /** Begins; `done` says that the next one may follow. What it returns breaks it off. */
  start(done: () => void): (() => void) | void;
}

/** The commands to one channel. While one goes on, a prompt for instance, all later ones wait. */
export class CommandQueue {
  readonly #soon: (work: () => void) => void;
  readonly #waiting: Command[] = [];
  /** Called when there is nothing left to do. */
  readonly #idle: () => void;
  #busy = false;
  #stop: (() => void) | undefined;
  #closed = false;

  constructor(soon: (work: () => void) => void, idle: () => void = () => {}) {
    this.#soon = soon;
    this.#idle = idle;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** Queues a command and does not wait for it. */
  push(command: Command): void {
    this.#waiting.push(command);
    this.#soon(() => this.#next());
  }

  /** Does something in its turn: now, if nothing is before it. `false` if the channel has gone away already. */
  call(action: () => void): boolean | Promise<boolean> {
    if (this.#closed) return false;
    if (!this.#busy && this.#waiting.length === 0) {
      action();
      return true;
    }
    return new Promise((resolve) => {
      const start = (done: () => void): void => {
        action();
        resolve(true);
        done();
      };
      this.#waiting.push({ start });
    });
  }

  /** Breaks off what goes on, and whatever waits for its turn as soon as it has begun. */
  close(): void {
    this.#closed = true;
    this.#stop?.();
    this.#stop = undefined;
    for (const command of this.#waiting.splice(0)) command.start(() => {})?.();
  }

  #next(): void {
    if (this.#busy || this.#closed) return;
    const command = this.#waiting.shift();
    if (!command) return;
    this.#busy = true;
    let over = false;
    const stop = command.start(() => {
      if (over) return;
      over = true;
      this.#busy = false;
      this.#stop = undefined;
      if (this.#closed) return;
      if (this.#waiting.length === 0) this.#idle();
      else this.#soon(() => this.#next());
    });
    if (!over) this.#stop = stop ?? undefined;
  }
}
