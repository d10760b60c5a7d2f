import { AriValidationError } from '../../errors/validation-error.js';
import { describe } from '../../support/describe.js';
import { checkFunction } from '../../support/check-option.js';
import { checkOptionalText } from '../check.js';
import type { FlowBridge } from '../bridge.js';
import { connect } from '../connect/connect.js';
import { dial, type DialResult } from '../dial/dial.js';
import type { DialOptions } from '../dial/options.js';
import type { ChannelOf } from '../dial/parties.js';
import { Lines } from '../lines.js';
import { runFlow } from '../run-flow.js';
import { Watch } from '../watch.js';
import { hangUp, undo } from '../persist.js';
import { leaveCall } from './leave.js';
import { release, type Released } from './release.js';
import { checkTransfer, type TransferOptions } from './options.js';
import type { TransferableChannel, TransferClient } from './parties.js';

/** The consultation of an attended transfer. */
export interface Consultation<C> {
  readonly transferrer: TransferableChannel;
  /** Who has answered. */
  readonly target: C;
  /** Aborts when the consultation is over. */
  readonly signal: AbortSignal;
}

/** Options of {@link attendedTransfer}. */
export interface AttendedTransferOptions<C> extends TransferOptions<C> {
  /**
   * Ends the consultation: true, or a promise of it, to transfer, false to return to the transferee. It may ask the
   * transferrer for a digit.
   * @default it ends when one of them hangs up
   */
  readonly decide?: ((consultation: Consultation<C>) => boolean | Promise<boolean>) | undefined;
  /** Class of the music that the transferee hears meanwhile. @default that of the channel, or `default` */
  readonly musicClass?: string | undefined;
}

/** What is told of every attended transfer. */
interface ConsultationFacts<C> {
  /** How the dialling of the target ended; undefined if it did not come to that. */
  readonly dialed: DialResult<C, FlowBridge> | undefined;
}

/** The transferrer has hung up, or `decide` said so; he is gone. */
export interface Transferred<C> extends ConsultationFacts<C>, Released {
  readonly outcome: 'transferred';
  /** The target: whom to connect the transferee with. */
  readonly channel: C;
}

/** Nobody is there to be connected with the transferee but, perhaps, the transferrer. */
export interface NotTransferred<C> extends ConsultationFacts<C> {
  /**
   * `returned`: nobody answered, the target hung up, or `decide` said so; the target is gone, and the two are to be connected
   * again. `abandoned`: the transferrer has hung up, and nobody is there to transfer to: nobody had answered, or the target is
   * gone, too; the transferee is still there, alone. `hangup`: the transferee hung up; the target is gone, the transferrer
   * still there. `aborted`: by the signal; the target is gone.
   */
  readonly outcome: 'returned' | 'abandoned' | 'hangup' | 'aborted';
  readonly channel: undefined;
  readonly hangupError?: undefined;
}

/** How {@link attendedTransfer} ended: `channel` is there if `outcome` is `transferred`. */
export type AttendedTransferResult<C> = Transferred<C> | NotTransferred<C>;

/**
 * Has one of two who talk to each other consult somebody else, while the other hears music, and then transfers that one, or
 * returns. Neither music nor bridge is left, and no channel but those that the result says.
 * @throws {AriValidationError} for wrong options, before anything is sent; what the requests, `confirm` and `decide` throw
 */
export async function attendedTransfer<Client extends TransferClient>(
  client: Client,
  options: AttendedTransferOptions<ChannelOf<Client>>,
): Promise<AttendedTransferResult<ChannelOf<Client>>> {
  return runFlow('attendedTransfer', () => transferAttended(client, options));
}

async function transferAttended<Client extends TransferClient>(
  client: Client,
  options: AttendedTransferOptions<ChannelOf<Client>>,
): Promise<AttendedTransferResult<ChannelOf<Client>>> {
  const dialing = checkAttended(client, options);
  const watch = new Watch(options.transferee, options.signal);
  try {
    return await new AttendedTransfer(client, options, dialing, watch).run();
  } finally {
    watch.close();
  }
}

/** @throws {AriValidationError} */
function checkAttended<Client extends TransferClient>(
  client: Client,
  options: AttendedTransferOptions<ChannelOf<Client>>,
): DialOptions<ChannelOf<Client>> {
  const dialing = checkTransfer('attendedTransfer', client, options, ['decide', 'musicClass']);
  checkFunction('decide', options.decide);
  checkOptionalText('musicClass', options.musicClass);
  return dialing;
}

class AttendedTransfer<Client extends TransferClient> {
  readonly #client: Client;
  readonly #options: AttendedTransferOptions<ChannelOf<Client>>;
  readonly #dialing: DialOptions<ChannelOf<Client>>;
  readonly #watch: Watch;
  /** Aborts when the transferee hangs up, or the signal aborts. */
  readonly #over = new AbortController();
  #dialed: DialResult<ChannelOf<Client>, FlowBridge> | undefined;

  constructor(
    client: Client,
    options: AttendedTransferOptions<ChannelOf<Client>>,
    dialing: DialOptions<ChannelOf<Client>>,
    watch: Watch,
  ) {
    this.#client = client;
    this.#options = options;
    this.#dialing = dialing;
    this.#watch = watch;
  }

  async run(): Promise<AttendedTransferResult<ChannelOf<Client>>> {
    const { transferee, transferrer, musicClass } = this.#options;
    const music = musicClass === undefined ? {} : { mohClass: musicClass };
    if (this.#watch.ending !== undefined) {
      return this.#result(this.#watch.ending);
    }
    void this.#await();
    await leaveCall(this.#client, this.#options, this.#watch);
    try {
      await this.#watch.request(() => transferee.startMoh(music));
      const { signal } = this.#over;
      this.#dialed = await dial(this.#client, { ...this.#dialing, caller: transferrer, signal });
      const { channel, reason } = this.#dialed;
      if (channel !== undefined) {
        return await this.#offer(channel);
      }
      await this.#endMusic();
      return this.#result(this.#watch.ending ?? (reason === 'hangup' ? 'abandoned' : 'returned'));
    } catch (error) {
      await Promise.allSettled([this.#endMusic()]);
      throw error;
    }
  }

  /** From the answer of the target on, who may hang up at any time, also after it was decided. */
  async #offer(target: ChannelOf<Client>): Promise<AttendedTransferResult<ChannelOf<Client>>> {
    const { transferrer } = this.#options;
    const lines = new Lines([transferrer, target], this.#watch);
    try {
      const isWanted = await this.#consult(target);
      await this.#endMusic();
      const unwanted = lines.has(transferrer) ? 'returned' : 'abandoned';
      const outcome = this.#watch.ending ?? (isWanted && lines.has(target) ? 'transferred' : unwanted);
      if (outcome === 'transferred') {
        return { outcome, channel: target, dialed: this.#dialed, ...(await release(transferrer)) };
      }
      await hangUp(target);
      return this.#result(outcome);
    } catch (error) {
      await Promise.allSettled([hangUp(target)]);
      throw error;
    } finally {
      lines.close();
    }
  }

  /** Whether it is to be transferred. */
  async #consult(target: ChannelOf<Client>): Promise<boolean> {
    const { transferrer, decide } = this.#options;
    const decided = new AbortController();
    const signal = AbortSignal.any([this.#over.signal, decided.signal]);
    let decision: boolean | undefined;
    let failure: { readonly error: unknown } | undefined;
    const ask = async (): Promise<void> => {
      try {
        const given: unknown = await decide?.({ transferrer, target, signal });
        if (decide !== undefined && typeof given !== 'boolean') {
          const found = describe(given);
          throw new AriValidationError(`attendedTransfer: decide must return true or false, not ${found}`, 'decide');
        }
        decision = given as boolean | undefined;
      } catch (error) {
        failure = signal.aborted ? undefined : { error };
      }
      if (decision !== undefined || failure !== undefined) {
        decided.abort();
      }
    };
    const talking = connect(this.#client, {
      channels: [transferrer, target],
      bridge: this.#dialed?.bridge,
      hangup: 'none',
      signal,
    });
    void ask();
    const { reason, by } = await talking;
    decided.abort();
    if (failure !== undefined) {
      throw failure.error;
    }
    return reason === 'hangup' ? by === 'first' : decision === true;
  }

  /** Ends what goes on when the transferee hangs up, or the signal aborts. */
  async #await(): Promise<void> {
    try {
      while (this.#watch.ending === undefined) {
        await this.#watch.change();
      }
    } catch {
      // The client is closed: whoever asks the watch next gets the error.
    }
    this.#over.abort();
  }

  async #endMusic(): Promise<void> {
    if (!this.#watch.hasHungUp) {
      const { transferee } = this.#options;
      await this.#watch.request(() => undo(transferee, () => transferee.stopMoh()));
    }
  }

  #result(outcome: NotTransferred<unknown>['outcome']): AttendedTransferResult<ChannelOf<Client>> {
    return { outcome, channel: undefined, dialed: this.#dialed };
  }
}
