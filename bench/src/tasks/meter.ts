/** What a stretch of work cost this process, from its making to `stop()`. */
export class Meter {
  readonly #cpu = process.cpuUsage();
  readonly #start = performance.now();

  /** CPU time of user and system in microseconds, and time passed in milliseconds. */
  stop(): { readonly cpuUs: number; readonly ms: number } {
    const { user, system } = process.cpuUsage(this.#cpu);
    return { cpuUs: user + system, ms: performance.now() - this.#start };
  }
}
