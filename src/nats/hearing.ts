import type { NatsConnection } from '@nats-io/transport-node';

/** How often it is looked whether something has come, in milliseconds. */
const tickMs = 250;

/** A process that has not looked for so long has stood still, in milliseconds. */
const stillMs = 1_000;

/**
 * When a connection was last heard. It may be noticed late that it is lost: a server that stands still says nothing of it, and
 * a process that stood still itself, so that the server has cut it off, reads what had come before as if it came now.
 */
export class Hearing {
  readonly #connection: NatsConnection;
  readonly #timer: NodeJS.Timeout;
  #count = 0;
  /** By `performance.now()`, as all times here: something has come, or was read. */
  #heardAt = performance.now();
  #tickAt = performance.now();
  /** This process stood still from then on, and what has come meanwhile may not all be read. */
  #stillAt: number | undefined;

  constructor(connection: NatsConnection) {
    this.#connection = connection;
    // First what has come is read, then it is looked.
    this.#timer = setInterval(() => setImmediate(() => this.#tick()).unref(), tickMs).unref();
  }

  /**
   * Since when something may have been missed if the connection is lost now, by the clock.
   * @param isSilent nothing says that it is lost, but that nothing comes
   */
  lostSince(isSilent: boolean): number {
    const now = performance.now();
    const stoodStill = this.#stillAt ?? (now - this.#tickAt > stillMs ? this.#tickAt : undefined);
    const since = stoodStill ?? (isSilent ? this.#heardAt : now);
    return Math.round(Date.now() - (now - since));
  }

  /** There is a connection again. */
  begin(): void {
    this.#stillAt = undefined;
    this.#tickAt = this.#heardAt = performance.now();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const now = performance.now();
    if (now - this.#tickAt > stillMs) {
      void this.#stoodStill(this.#tickAt);
    }
    const { inMsgs } = this.#connection.stats();
    if (inMsgs !== this.#count) {
      this.#count = inMsgs;
      this.#heardAt = this.#tickAt;
    }
    this.#tickAt = now;
  }

  /** Once the server answers, all that has come before is read. */
  async #stoodStill(since: number): Promise<void> {
    this.#stillAt ??= since;
    try {
      await this.#connection.flush();
      this.#stillAt = undefined;
    } catch {
      // It is lost, as is told elsewhere.
    }
  }
}
