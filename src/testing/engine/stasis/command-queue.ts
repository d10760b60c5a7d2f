/** Something done to a channel in an application, one at a time. */
export interface Command {
  /** Begins; `done` says that the next one may follow. What it returns breaks it off, upon which `done` follows. */
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
  /** What follows when all is over; there is none while it is open. */
  #closed: (() => void) | undefined;

  constructor(soon: (work: () => void) => void, idle: () => void = () => {}) {
    this.#soon = soon;
    this.#idle = idle;
  }

  /** Queues a command and does not wait for it. */
  push(command: Command): void {
    if (this.#closed) return;
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

  /** Breaks off what goes on, and whatever waits for its turn as soon as it has begun; `closed` follows when all is over. */
  close(closed: () => void): void {
    this.#closed = closed;
    if (!this.#busy) this.#next();
    else this.#stop?.();
  }

  #next(): void {
    if (this.#busy) return;
    const command = this.#waiting.shift();
    if (command) this.#begin(command);
    else if (this.#closed) this.#closed();
  }

  #begin(command: Command): void {
    this.#busy = true;
    this.#stop = undefined;
    let over = false;
    const stop = command.start(() => {
      if (over) return;
      over = true;
      this.#busy = false;
      if (this.#closed) this.#next();
      else if (this.#waiting.length === 0) this.#idle();
      else this.#soon(() => this.#next());
    });
    if (over) return;
    this.#stop = stop ?? undefined;
    if (this.#closed) this.#stop?.();
  }
}
