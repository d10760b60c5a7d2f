import type { Subscription } from '../contract/subscription.js';
import type { FlowChannel } from './parties.js';

/** A digit and when it came, on the clock of `performance.now()`. */
export interface TimedDigit {
  readonly digit: string;
  readonly at: number;
}

/**
 * The digits that a channel receives, in their order, until somebody takes them. Made before the first prompt and given
 * to each `gather` as `typeAhead`, it keeps what a caller types between them.
 */
export class DigitBuffer implements Disposable {
  readonly #subscription: Subscription;
  #digits: TimedDigit[] = [];
  /** @internal */
  onDigit: (() => void) | undefined;

  constructor(channel: FlowChannel) {
    const take = (_channel: unknown, { digit }: { readonly digit: string }): void => {
      this.#digits.push({ digit, at: performance.now() });
      this.onDigit?.();
    };
    // Where several applications get it, a digit was pressed once all the same.
    this.#subscription = channel.on('ChannelDtmfReceived', take, { distinct: true });
  }

  /** What was typed and not taken yet. */
  get digits(): string {
    return this.#digits.map(({ digit }) => digit).join('');
  }

  /** Forgets what was typed so far; returns it. */
  flush(): string {
    const { digits } = this;
    this.#digits = [];
    return digits;
  }

  /** Listens no longer; what was typed stays. Closing it twice does no harm. */
  close(): void {
    this.#subscription.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** @internal Takes the next one, if it came by then. */
  takeUntil(deadline: number): TimedDigit | undefined {
    const [next] = this.#digits;
    return next !== undefined && next.at <= deadline ? this.#digits.shift() : undefined;
  }
}
