import { setTimeout as sleep } from 'node:timers/promises';
import type { Subscription } from '../../contract/subscription.js';
import { ConflictError } from '../../errors/conflict-error.js';
import { NotFoundError } from '../../errors/not-found-error.js';
import { checkFor, checkGivenOptions, checkListener, checkWhole, longestMs } from '../../support/check-option.js';
import { checkParty } from '../check.js';
import type { TransferEvent, TransferringChannel, TransferSource } from './parties.js';

/** Options of {@link onTransferRequested}. */
export interface TransferRequestOptions {
  /** Longest time in milliseconds until a phone is told how its transfer ended: at least 1. @default 30,000 */
  readonly answerWithinMs?: number | undefined;
  /** Stops listening; whoever waits is told that the transfer is unavailable. */
  readonly signal?: AbortSignal | undefined;
}

/** What a phone can be told. */
type Report = 'channel_progress' | 'channel_answered' | 'channel_declined' | 'channel_unavailable';

/** A phone asks to have its call transferred, and waits. It is told how that ended once; what comes later is not sent. */
export class TransferRequest<C extends TransferringChannel, B> {
  readonly #event: TransferEvent<C, B>;
  readonly #over = new AbortController();
  #isAnswered = false;
  /** The report on the end that is on its way. */
  #answering: Promise<unknown> | undefined;

  /** @internal */
  constructor(event: TransferEvent<C, B>) {
    this.#event = event;
  }

  /** `blind`: to an extension. `attended`: to the other party of a second call of that phone. */
  get kind(): 'blind' | 'attended' {
    return this.#event.refer_to.requested_destination.protocol_id === undefined ? 'blind' : 'attended';
  }

  /** Where to: the extension, the user part of the address. */
  get destination(): string {
    return this.#event.refer_to.requested_destination.destination;
  }

  /** Who asks. */
  get transferrer(): C {
    return this.#event.referred_by.source_channel;
  }

  /** Who is to be transferred; undefined if he was not in a bridge with the transferrer. */
  get transferee(): C | undefined {
    return this.#event.referred_by.connected_channel;
  }

  /** The bridge in which they are. */
  get bridge(): B | undefined {
    return this.#event.referred_by.bridge;
  }

  /** Attended: the second call of the phone, whom it talks to there, and the bridge; undefined where Asterisk knows none. */
  get second(): { readonly channel: C; readonly party: C | undefined; readonly bridge: B | undefined } | undefined {
    const { destination_channel: channel, connected_channel: party, bridge } = this.#event.refer_to;
    return channel && { channel, party, bridge };
  }

  /** Aborts when the phone has been told how it ended. */
  get signal(): AbortSignal {
    return this.#over.signal;
  }

  /** Whether the phone has been told how it ended. */
  get isAnswered(): boolean {
    return this.#isAnswered;
  }

  /** It rings where the call shall go. */
  progress(): Promise<boolean> {
    return this.#report('channel_progress');
  }

  /** The transfer is done: the phone ends its call. Resolves with false if it has been told before, or has hung up. */
  accept(): Promise<boolean> {
    return this.#end('channel_answered');
  }

  /** It is not wanted: the phone keeps its call. Resolves with false if it has been told before, or has hung up. */
  decline(): Promise<boolean> {
    return this.#end('channel_declined');
  }

  /** It did not succeed: the phone keeps its call. Resolves with false if it has been told before, or has hung up. */
  unavailable(): Promise<boolean> {
    return this.#end('channel_unavailable');
  }

  /** One after the other: where one does not reach Asterisk, the next may. */
  async #end(report: Report): Promise<boolean> {
    while (this.#answering !== undefined) {
      await this.#answering.catch(() => undefined);
    }
    if (this.#isAnswered) {
      return false;
    }
    const answering = this.#send(report);
    this.#answering = answering;
    try {
      const isTold = await answering;
      this.#isAnswered = true;
      this.#over.abort();
      return isTold;
    } finally {
      this.#answering = undefined;
    }
  }

  async #report(report: Report): Promise<boolean> {
    return !this.#isAnswered && this.#send(report);
  }

  async #send(states: Report): Promise<boolean> {
    try {
      await this.transferrer.transferProgress({ states } as never);
      return true;
    } catch (error) {
      // Who has hung up waits no longer.
      if (error instanceof NotFoundError || error instanceof ConflictError) {
        return false;
      }
      throw error;
    }
  }
}

/**
 * Calls the listener whenever a phone asks for a transfer: of channels whose `PJSIP_TRANSFER_HANDLING()` is `ari-only`, which
 * is set before. The phone waits until it is told how that ended: where the listener has told nothing when its promise
 * settles, that it was declined, or unavailable if it failed; and at the latest after `answerWithinMs`. A report that
 * fails counts for nothing: it may be told again, and is, after as long again. What the listener throws reaches `client.on('listenerError', …)`.
 * @throws {AriValidationError} for wrong options
 */
export function onTransferRequested<C extends TransferringChannel, B>(
  client: TransferSource<C, B>,
  listener: (request: TransferRequest<C, B>) => unknown,
  options: TransferRequestOptions = {},
): Disposable & { close(): void } {
  checkParty('onTransferRequested', 'client', client, ['on']);
  checkListener('onTransferRequested', listener);
  checkGivenOptions('onTransferRequested', options, ['answerWithinMs', 'signal']);
  const within = checkFor('onTransferRequested', () => checkWhole('answerWithinMs', options.answerWithinMs, 30_000, 1));
  const answerWithinMs = Math.min(within, longestMs);
  const desk = new TransferDesk(listener, answerWithinMs);
  desk.open(client, options.signal);
  return desk;
}

/** Those who wait for the end of their transfers. */
class TransferDesk<C extends TransferringChannel, B> {
  readonly #listener: (request: TransferRequest<C, B>) => unknown;
  readonly #answerWithinMs: number;
  readonly #waiting = new Set<TransferRequest<C, B>>();
  #subscription: Subscription | undefined;
  #signal: AbortSignal | undefined;
  readonly #onAbort = (): void => this.close();

  constructor(listener: (request: TransferRequest<C, B>) => unknown, answerWithinMs: number) {
    this.#listener = listener;
    this.#answerWithinMs = answerWithinMs;
  }

  open(client: TransferSource<C, B>, signal: AbortSignal | undefined): void {
    if (signal?.aborted) {
      return;
    }
    this.#signal = signal;
    signal?.addEventListener('abort', this.#onAbort, { once: true });
    // Where several applications get it, a transfer was asked for once all the same.
    this.#subscription = client.on('ChannelTransfer', (event) => this.#serve(event), { distinct: true });
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
