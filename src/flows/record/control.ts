import type { Taping } from './taping.js';

/** Pauses and resumes a recording that a flow makes: given to it as `control`, and to one at a time. */
export class RecordingControl {
  #taping: Promise<Taping | undefined> | undefined;

  /** What comes from now on is left out; false if nothing is recorded. @throws what the request throws */
  pause(): Promise<boolean> {
    return this.#send('pause');
  }

  /** Goes on; false if nothing is recorded. @throws what the request throws */
  resume(): Promise<boolean> {
    return this.#send('unpause');
  }

  /** @internal @param taping one that is being begun */
  hold(taping: Promise<Taping | undefined> | undefined): void {
    this.#taping = taping;
  }

  async #send(how: 'pause' | 'unpause'): Promise<boolean> {
    // Where it fails to begin, the flow tells so.
    const taping = await this.#taping?.catch(() => undefined);
    return (await taping?.control(how)) ?? false;
  }
}
