import { ConflictError } from '../../errors/conflict-error.js';
import { NotFoundError } from '../../errors/not-found-error.js';
import type { MemberBridge, TransferEvent, TransferringChannel, TransferSource } from './parties.js';
import { partiesOf, type TransferParties } from './transferred.js';

/** What a phone can be told. */
type Report = 'channel_progress' | 'channel_answered' | 'channel_declined' | 'channel_unavailable';

/** A phone asks to have its call transferred, and waits. It is told how that ended once; what comes later is not sent. */
export class TransferRequest<C extends TransferringChannel, B extends MemberBridge> {
  readonly #event: TransferEvent<C, B>;
  #parties: TransferParties<C> = { transferee: undefined, second: undefined };
  readonly #over = new AbortController();
  #isAnswered = false;
  /** The report on the end that is on its way. */
  #answering: Promise<unknown> | undefined;

  /** @internal */
  constructor(event: TransferEvent<C, B>) {
    this.#event = event;
  }

  /**
   * Finds out who is concerned.
   * @internal
   */
  async learn(client: TransferSource<C, B>): Promise<void> {
    this.#parties = await partiesOf(client, this.#event);
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

  /**
   * Who is to be transferred; undefined if nobody, or more than one, was in a bridge with the transferrer: `bridge.channels`
   * says who.
   */
  get transferee(): C | undefined {
    return this.#parties.transferee;
  }

  /** The bridge in which they are. */
  get bridge(): B | undefined {
    return this.#event.referred_by.bridge;
  }

  /** Attended: the second call of the phone, whom it talks to there, and the bridge; undefined where Asterisk knows none. */
  get second(): { readonly channel: C; readonly party: C | undefined; readonly bridge: B | undefined } | undefined {
    const { destination_channel: channel, bridge } = this.#event.refer_to;
    return channel && { channel, party: this.#parties.second, bridge };
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
