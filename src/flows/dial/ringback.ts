import type { Watch } from '../watch.js';
import type { Ringback } from './options.js';
import type { CallingChannel } from './parties.js';

/** What the caller hears while others are dialled. */
export class CallerTone {
  readonly #caller: CallingChannel;
  readonly #ringback: Ringback;
  readonly #watch: Watch;
  #isOn = false;

  constructor(caller: CallingChannel, ringback: Ringback, watch: Watch) {
    this.#caller = caller;
    this.#ringback = ringback;
    this.#watch = watch;
  }

  async start(): Promise<void> {
    // What the bridge passes on may sound on after it.
    this.#isOn = this.#ringback === 'earlyMedia';
    if (this.#ringback === 'ring') {
      this.#isOn = true;
      await this.#watch.request(() => this.#caller.ring());
    } else if (typeof this.#ringback === 'object') {
      const { moh } = this.#ringback;
      this.#isOn = true;
      await this.#watch.request(() => this.#caller.startMoh({ mohClass: moh }));
    }
  }

  /** Ends it, unless the caller has hung up. */
  async stop(): Promise<void> {
    if (!this.#isOn || this.#watch.hasHungUp) {
      return;
    }
    this.#isOn = false;
    await this.#watch.request(() =>
      typeof this.#ringback === 'object' ? this.#caller.stopMoh() : this.#caller.ringStop(),
    );
  }
}
