import { refuseOption } from '../../support/check-option.js';
import type { Taping } from './taping.js';

/** Pauses and resumes a recording that a flow makes: given to it as `control`, and to one at a time. */
export class RecordingControl {
  #taping: Promise<Taping | undefined> | undefined;
  #isTaken = false;

  /** What comes from now on is left out; false if nothing is recorded. @throws what the request throws */
  pause(): Promise<boolean> {
    return this.#send('pause');
  }

  /** Goes on; false if nothing is recorded. @throws what the request throws */
  resume(): Promise<boolean> {
    return this.#send('unpause');
  }

  /** @internal It is for this recording from now on until its end. @throws {AriValidationError} if it is for another one */
  async during<T>(record: () => Promise<T>): Promise<T> {
    if (this.#isTaken) {
      throw refuseOption('control', 'must be of one recording at a time, and is of another one now');
    }
    this.#isTaken = true;
    try {
      return await record();
    } finally {
      this.#isTaken = false;
    }
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
