import { AriValidationError } from '../../errors/validation-error.js';
import { describe } from '../../support/describe.js';
import { OwnBridge, type BridgeOf, type FlowBridge } from '../bridge.js';
import { endAll } from '../end-all.js';
import { runFlow } from '../run-flow.js';
import { isOfUnknownMember, Watch, type Ending } from '../watch.js';
import { isOfGone, Leg, type TargetResult } from './leg.js';
import { checkDial, type DialOptions, type DialPlan, type LegPlan } from './options.js';
import type { CallingChannel, ChannelOf, DialClient } from './parties.js';
import { CallerTone } from './ringback.js';
import { causes } from './status.js';

/** What is told of every dialling. */
interface DialFacts {
  /** How it ended with each target, in the order of `targets`. */
  readonly targets: readonly TargetResult[];
  /** The medium of `ringback` that could not be played: the caller heard ringing then. */
  readonly failedMedia?: string;
}

/** Somebody has answered and, with `confirm`, accepted. */
export interface DialAnswered<C, B> extends DialFacts {
  /** By this, TypeScript knows that there is a `channel`. */
  readonly reason: 'answered';
  /** The channel that was answered, in the application; it is yours to connect and to hang up. */
  readonly channel: C;
  /** With `earlyMedia`: the bridge with the caller and the channel in it, which is yours to destroy. */
  readonly bridge: B | undefined;
}

/** Nobody is there to be connected with. */
export interface DialUnanswered extends DialFacts {
  /**
   * `unanswered`: nobody has answered, or accepted; `targets` say why. `timeout`: it took too long. `hangup`: the caller hung
   * up, or left the application. `aborted`: by the signal.
   */
  readonly reason: 'unanswered' | 'timeout' | Ending;
  /** There is none. */
  readonly channel: undefined;
  /** There is none: that of `earlyMedia` is destroyed. */
  readonly bridge: undefined;
}

/** How {@link dial} ended: `channel` is there if `reason` is `answered`. */
export type DialResult<C, B> = DialAnswered<C, B> | DialUnanswered;

/**
 * Dials until somebody answers, and gives everybody else up, as answered elsewhere. The caller, if there is one, is
 * answered only then. Unless it resolves with `answered`, no channel and no bridge is left of it, however it ends.
 * @throws {AriValidationError} for wrong options, before anything is sent; what the requests and `confirm` throw
 */
export async function dial<Client extends DialClient>(
  client: Client,
  options: DialOptions<ChannelOf<Client>>,
): Promise<DialResult<ChannelOf<Client>, BridgeOf<Client>>> {
  return runFlow('dial', () => dialUntilOver(client, options));
}

async function dialUntilOver<Client extends DialClient>(
  client: Client,
  options: DialOptions<ChannelOf<Client>>,
): Promise<DialResult<ChannelOf<Client>, BridgeOf<Client>>> {
  const plan = checkDial('dial', client, options);
  const watch = new Watch(plan.caller, options.signal);
  const dialing = new Dialing(client, plan, watch);
  try {
    return await dialing.run();
  } finally {
    watch.close();
  }
}

type Reason = DialResult<unknown, unknown>['reason'];

class Dialing<Client extends DialClient> {
  readonly #client: Client;
  readonly #plan: DialPlan<ChannelOf<Client>>;
  readonly #watch: Watch;
  readonly #deadline: number;
  readonly #legs: Leg<ChannelOf<Client>>[] = [];
  readonly #asked = new Set<Leg<ChannelOf<Client>>>();
  #bridge: OwnBridge<FlowBridge> | undefined;
  #winner: Leg<ChannelOf<Client>> | undefined;

  constructor(client: Client, plan: DialPlan<ChannelOf<Client>>, watch: Watch) {
    this.#client = client;
    this.#plan = plan;
    this.#watch = watch;
    this.#deadline = performance.now() + plan.timeoutMs;
  }

  async run(): Promise<DialResult<ChannelOf<Client>, BridgeOf<Client>>> {
    const { caller, ringback } = this.#plan;
    const tone = caller && new CallerTone(caller, ringback, this.#watch);
    const gap = this.#client.on('gap', () => void Promise.all(this.#legs.map((leg) => leg.look())));
    try {
      await this.#prepare(tone);
      await this.#dialGroups();
      await this.#takeWinner(tone);
      await tone?.stop();
      const reason = this.#reason();
      await this.#release(reason);
      return this.#result(reason, tone?.failedMedia);
    } catch (error) {
      await Promise.allSettled([this.#release('aborted'), tone?.stop()]);
      throw error;
    } finally {
      gap.close();
    }
  }

  async #prepare(tone: CallerTone | undefined): Promise<void> {
    const { caller, ringback } = this.#plan;
    if (this.#early() !== undefined) {
      return;
    }
    if (caller !== undefined && ringback === 'earlyMedia') {
      const bridge = await OwnBridge.create(this.#client, 'mixing');
      this.#bridge = bridge;
      await this.#watch.request(() => bridge.add(caller.id), isOfUnknownMember);
    }
    await tone?.start();
  }

  /** One group after the other, until there is a winner or it is over. */
  async #dialGroups(): Promise<void> {
    for (const group of this.#plan.groups) {
      if (this.#winner !== undefined || this.#early() !== undefined) {
        return;
      }
      await this.#dialGroup(group);
    }
  }

  async #dialGroup(group: readonly LegPlan[]): Promise<void> {
    const { app, appArgs, caller } = this.#plan;
    const options = { app, appArgs, originator: caller?.id, bridge: this.#bridge };
    const legs = group.map((plan) => {
      const channel = this.#client.channels.handle() as ChannelOf<Client>;
      return new Leg(channel, plan, options, this.#watch);
    });
    this.#legs.push(...legs);
    for (const leg of legs) {
      leg.start();
    }
    for (;;) {
      const answered = legs.filter((leg) => leg.hasAnswered);
      if (this.#plan.confirm === undefined) {
        this.#winner ??= answered[0];
      } else {
        this.#ask(answered);
      }
      if (this.#winner !== undefined || this.#early() !== undefined || legs.every((leg) => leg.isOver)) {
        break;
      }
      await this.#watch.change(Math.min(this.#deadline, ...legs.map(({ lookAt }) => lookAt)));
      for (const leg of legs.filter(({ lookAt }) => lookAt <= performance.now())) {
        void leg.look();
      }
    }
    if (this.#winner === undefined) {
      await this.#finish(legs.filter((leg) => leg.isOver));
    }
  }

  /** Nobody who answers has to go because somebody else could not be hung up: that is told in the end. */
  async #finish(legs: readonly Leg<ChannelOf<Client>>[], cause: number = causes.normal): Promise<void> {
    await Promise.allSettled(legs.map((leg) => leg.finish('CANCEL', cause)));
  }

  /** Asks those who have answered whether they take the call. */
  #ask(answered: readonly Leg<ChannelOf<Client>>[]): void {
    for (const leg of answered) {
      if (!this.#asked.has(leg)) {
        this.#asked.add(leg);
        this.#confirm(leg).catch((error: unknown) => this.#notConfirmed(leg, error));
      }
    }
  }

  async #confirm(leg: Leg<ChannelOf<Client>>): Promise<void> {
    const { channel, endpoint, signal } = leg;
    // The caller does not hear how that goes.
    await this.#bridge?.remove(channel.id);
    const isAccepted = await this.#plan.confirm?.({ channel, endpoint, signal });
    if (signal.aborted) {
      return;
    }
    if (typeof isAccepted !== 'boolean') {
      throw new AriValidationError(`dial: confirm must return true or false, not ${describe(isAccepted)}`, 'confirm');
    }
    if (!isAccepted) {
      await leg.refuse();
    } else if (leg.hasAnswered) {
      await this.#bridge?.add(channel.id);
      this.#winner ??= leg;
    }
    this.#watch.notify();
  }

  /** A request to somebody who has hung up fails; that is nobody's fault. */
  #notConfirmed(leg: Leg<ChannelOf<Client>>, error: unknown): void {
    if (isOfGone(error)) {
      void leg.refuse();
    } else if (!leg.signal.aborted) {
      this.#watch.fail(error);
    }
  }

  /** The caller is answered, and all others are told that somebody has answered elsewhere. */
  async #takeWinner(tone: CallerTone | undefined): Promise<void> {
    const winner = this.#winner;
    if (winner !== undefined && this.#watch.ending === undefined) {
      const { caller } = this.#plan;
      const losers = this.#legs.filter((leg) => leg !== winner);
      await Promise.all([caller && this.#answer(caller, tone), this.#finish(losers, causes.answeredElsewhere)]);
    }
  }

  async #answer(caller: CallingChannel, tone: CallerTone | undefined): Promise<void> {
    await tone?.stopMedia();
    if (this.#watch.ending === undefined) {
      await this.#watch.request(() => caller.answer());
    }
  }

  /** Nothing is left but the winner, if there is one and he is wanted. */
  async #release(reason: Reason): Promise<void> {
    if (reason === 'answered') {
      this.#winner?.win();
      return;
    }
    const cause = reason === 'timeout' ? causes.noAnswer : causes.normal;
    await endAll([...this.#legs.map((leg) => leg.finish('CANCEL', cause)), this.#bridge?.end()]);
  }

  #reason(): Reason {
    if (this.#winner !== undefined) {
      return this.#watch.ending ?? 'answered';
    }
    return this.#early() ?? 'unanswered';
  }

  #early(): Ending | 'timeout' | undefined {
    return this.#watch.ending ?? (performance.now() >= this.#deadline ? 'timeout' : undefined);
  }

  #result(reason: Reason, failedMedia: string | undefined): DialResult<ChannelOf<Client>, BridgeOf<Client>> {
    const undialed = this.#plan.groups.flat().slice(this.#legs.length);
    const facts = {
      targets: [
        ...this.#legs.map((leg) => leg.result),
        ...undialed.map(({ endpoint }) => ({ endpoint, channelId: undefined, status: 'NOTDIALED' as const })),
      ],
      ...(failedMedia !== undefined && { failedMedia }),
    };
    if (reason !== 'answered') {
      return { reason, channel: undefined, bridge: undefined, ...facts };
    }
    const { channel } = this.#winner as Leg<ChannelOf<Client>>;
    const bridge = this.#bridge?.handOver() as BridgeOf<Client> | undefined;
    return { reason, channel, bridge, ...facts };
  }
}
