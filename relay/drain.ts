import type { Relay } from 'asterisk-ari/nats';

/** How often it is told how many calls there are still, in milliseconds. */
const tellMs = 5_000;

/** How long the relay may take to close once it is told again to end, in milliseconds. */
const closeMs = 1_000;

/** Ends a relay: the first signal has it drain, another one close at once. Says which calls there are meanwhile. */
export class Drain {
  readonly #relay: Relay;
  readonly #boundMs: number;
  readonly #say: (message: string) => void;
  #isUnderWay = false;

  constructor(relay: Relay, boundMs: number, say: (message: string) => void) {
    this.#relay = relay;
    this.#boundMs = boundMs;
    this.#say = say;
  }

  async told(signal: NodeJS.Signals): Promise<void> {
    if (this.#isUnderWay) {
      this.#say(`${signal} again: closing, ${this.#calls}`);
      // Whoever insists is not kept waiting by a server that stands still.
      setTimeout(() => process.exit(0), closeMs).unref();
      await this.#relay.close();
      return;
    }
    this.#isUnderWay = true;
    this.#say(`${signal}: draining for ${this.#boundMs} ms at most, ${this.#calls}`);
    const timer = setInterval(() => this.#say(`draining: ${this.#calls}`), tellMs);
    const left = await this.#relay.drain({ timeoutMs: this.#boundMs });
    clearInterval(timer);
    this.#say(left === 0 ? 'drained: the last call is over' : `drained: ${inWords(left)}, in Asterisk still`);
  }

  get #calls(): string {
    const { calls, offered } = this.#relay.status;
    return inWords(calls + offered);
  }
}

function inWords(calls: number): string {
  return calls === 1 ? '1 call is left' : `${calls} calls are left`;
}
