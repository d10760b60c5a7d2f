import type { Subscription } from '../contract/subscription.js';
import { refuseOption } from '../support/check-option.js';
import { describe } from '../support/describe.js';
import { checkParty } from './check.js';
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
  readonly #channelId: string;
  #digits: TimedDigit[] = [];
  #isClosed = false;
  /** @internal */
  onDigit: (() => void) | undefined;

  /** @throws {AriValidationError} for what is no channel */
  constructor(channel: FlowChannel) {
    checkParty('DigitBuffer', 'channel', channel, ['on']);
    this.#channelId = channel.id;
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
    this.#isClosed = true;
    this.#subscription.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** @internal Why it cannot give a channel's digits just now; undefined if it can. */
  faultFor(channelId: string): string | undefined {
    if (this.#channelId !== channelId) {
      return `must be of the channel ${channelId}, not of ${this.#channelId}`;
    }
    if (this.#isClosed && this.#digits.length === 0) {
      return 'must not be closed';
    }
    return this.onDigit === undefined ? undefined : 'must not be given to two at a time';
  }

  /** @internal Takes the next one, if it came by then. */
  takeUntil(deadline: number): TimedDigit | undefined {
    const [next] = this.#digits;
    return next !== undefined && next.at <= deadline ? this.#digits.shift() : undefined;
  }

  /** @internal The first one of a kind that was not taken yet. */
  find(isOfKind: (digit: string) => boolean): TimedDigit | undefined {
    return this.#digits.find(({ digit }) => isOfKind(digit));
  }

  /** @internal What came by then and was not taken yet. */
  cameBy(deadline: number): string[] {
    return this.#digits.filter(({ at }) => at <= deadline).map(({ digit }) => digit);
  }

  /** @internal Takes so many. */
  take(count: number): string {
    const taken = this.#digits.splice(0, count);
    return taken.map(({ digit }) => digit).join('');
  }
}

/** @throws {AriValidationError} for what is no buffer */
export function checkTypeAhead(option: string, value: unknown): void {
  if (value !== undefined && !(value instanceof DigitBuffer)) {
    throw refuseOption(option, `must be a DigitBuffer, not ${describe(value)}`);
  }
}

/**
 * Runs a step with the digits of its channel: those of a buffer, which keeps what the step does not take, or its own.
 * @throws {AriValidationError} for a buffer that cannot give them
 */
export async function withDigits<T>(
  channel: FlowChannel,
  typeAhead: DigitBuffer | undefined,
  run: (digits: DigitBuffer) => Promise<T>,
): Promise<T> {
  const fault = typeAhead?.faultFor(channel.id);
  if (fault !== undefined) {
    throw refuseOption('typeAhead', fault);
  }
  const digits = typeAhead ?? new DigitBuffer(channel);
  try {
    return await run(digits);
  } finally {
    if (typeAhead === undefined) {
      digits.close();
    }
  }
}
