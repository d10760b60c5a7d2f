import { setTimeout as sleep } from 'node:timers/promises';
import type { Subscription } from '../../contract/subscription.js';
import { checkFor, checkGivenOptions, checkListener, checkDuration } from '../../support/check-option.js';
import { checkParty } from '../check.js';
import type { MemberBridge, TransferEvent, TransferringChannel, TransferSource } from './parties.js';
import { TransferRequest } from './request.js';

/** Options of {@link onTransferRequested}. */
export interface TransferRequestOptions {
  /** Longest time in milliseconds until a phone is told how its transfer ended: at least 1. @default 30,000 */
  readonly answerWithinMs?: number | undefined;
  /** Stops listening; whoever waits is told that the transfer is unavailable. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Calls the listener whenever a phone asks for a transfer: of channels whose `PJSIP_TRANSFER_HANDLING()` is `ari-only`, which
 * is set before. The phone waits until it is told how that ended: where the listener has told nothing when its promise
 * settles, that it was declined, or unavailable if it failed; and at the latest after `answerWithinMs`. A report that
 * fails counts for nothing: it may be told again, and is, after as long again. What the listener throws reaches `client.on('listenerError', …)`.
 * @throws {AriValidationError} for wrong options
 */
export function onTransferRequested<C extends TransferringChannel, B extends MemberBridge>(
  client: TransferSource<C, B>,
  listener: (request: TransferRequest<C, B>) => unknown,
  options: TransferRequestOptions = {},
): Disposable & { close(): void } {
  checkParty('onTransferRequested', 'client', client, ['on', 'channels.get']);
  checkListener('onTransferRequested', listener);
  checkGivenOptions('onTransferRequested', options, ['answerWithinMs', 'signal']);
  const answerWithinMs = checkFor('onTransferRequested', () =>
    checkDuration('answerWithinMs', options.answerWithinMs, 30_000, 1),
  );
  const desk = new TransferDesk(client, listener, answerWithinMs);
  desk.open(options.signal);
  return desk;
}

/** Those who wait for the end of their transfers. */
class TransferDesk<C extends TransferringChannel, B extends MemberBridge> {
  readonly #client: TransferSource<C, B>;
  readonly #listener: (request: TransferRequest<C, B>) => unknown;
  readonly #answerWithinMs: number;
  readonly #waiting = new Set<TransferRequest<C, B>>();
  #subscription: Subscription | undefined;
  #signal: AbortSignal | undefined;
  readonly #onAbort = (): void => this.close();

  constructor(
    client: TransferSource<C, B>,
    listener: (request: TransferRequest<C, B>) => unknown,
    answerWithinMs: number,
  ) {
    this.#client = client;
    this.#listener = listener;
    this.#answerWithinMs = answerWithinMs;
  }

  open(signal: AbortSignal | undefined): void {
    if (signal?.aborted) {
      return;
    }
    this.#signal = signal;
    signal?.addEventListener('abort', this.#onAbort, { once: true });
    // Where several applications get it, a transfer was asked for once all the same.
    this.#subscription = this.#client.on('ChannelTransfer', (event) => this.#serve(event), { distinct: true });
  }

  /** Listens no longer; whoever waits is told that the transfer is unavailable. */
  close(): void {
    this.#subscription?.close();
    this.#signal?.removeEventListener('abort', this.#onAbort);
    for (const request of this.#waiting) {
      request.unavailable().catch(() => undefined);
    }
    this.#waiting.clear();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  async #serve(event: TransferEvent<C, B>): Promise<void> {
    // With a state, it is what was reported, told again.
    if (event.state !== undefined) {
      return;
    }
    const request = new TransferRequest(event);
    void this.#answerInTime(request);
    try {
      await request.learn(this.#client);
      await this.#listener(request);
      await request.decline();
    } catch (error) {
      await request.unavailable().catch(() => undefined);
      throw error;
    }
  }

  /** Tells the phone in the end, and again where that fails, until it has been told or hung up, or the client is closed. */
  async #answerInTime(request: TransferRequest<C, B>): Promise<void> {
    const over = new AbortController();
    this.#waiting.add(request);
    request.transferrer
      .waitFor(['ChannelDestroyed'], { signal: request.signal })
      .catch(() => undefined)
      .finally(() => over.abort());
    while (!over.signal.aborted) {
      await sleep(this.#answerWithinMs, undefined, { signal: over.signal })
        .then(() => request.unavailable())
        .catch(() => undefined);
    }
    this.#waiting.delete(request);
  }
}
