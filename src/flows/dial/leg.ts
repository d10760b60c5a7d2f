import { AriError } from '../../errors/ari-error.js';
import { AriHttpError } from '../../errors/http-error.js';
import { ConflictError } from '../../errors/conflict-error.js';
import type { Subscription } from '../../contract/subscription.js';
import type { FlowBridge, OwnBridge } from '../bridge.js';
import { hangUp } from '../persist.js';
import { isOutage, mayBeDone } from '../outage.js';
import { graceMs, isOfNoChannel, isOfUnknownMember, type Watch } from '../watch.js';
import { whenOver } from '../when-over.js';
import type { LegPlan } from './options.js';
import type { DialedChannel } from './parties.js';
import { causes, isRefusal, statusOf, type TargetStatus } from './status.js';

/** How long after its time the end of its ringing may be told, in milliseconds. */
const lateMs = 1_000;

/** How it ended with one target. */
export interface TargetResult {
  readonly endpoint: string;
  /** Id of its channel; undefined if it was not dialled. */
  readonly channelId: string | undefined;
  readonly status: TargetStatus;
  /** Why its channel was hung up, as a Q.850 cause: 17 for busy, 26 for answered elsewhere; undefined if that was not told. */
  readonly cause?: number;
  /** Why there is no channel, or it was not dialled: Asterisk could not do that, or was not reached. */
  readonly error?: AriError;
  /** Why its channel could not be hung up, which is left then: somebody else has answered, and that call goes on. */
  readonly hangupError?: AriError;
}

/** How a channel is made and dialled: with all that is wanted. */
export interface LegOptions {
  readonly app: string;
  readonly appArgs: string;
  readonly originator: string | undefined;
  /** The bridge in which the caller hears how it rings; without one the channel is in the application once it has answered. */
  readonly bridge: OwnBridge<FlowBridge> | undefined;
}

/** One target that is being dialled: either it is the winner, or its channel is hung up in the end. */
export class Leg<C extends DialedChannel> {
  readonly channel: C;
  readonly #plan: LegPlan;
  readonly #options: LegOptions;
  readonly #watch: Watch;
  readonly #over = new AbortController();
  readonly #subscriptions: readonly Subscription[];
  /** Resolves when the requests that make it are answered. */
  #made: Promise<void> = Promise.resolve();
  #dialstatus: string | undefined;
  #cause: number | undefined;
  #error: AriError | undefined;
  #hasAnswered = false;
  #isGone = false;
  /** There is a channel of it, whatever fails after that. */
  #isMade = false;
  /** Asterisk did not do with its channel what was to be done, and that is there still, or on its way out. */
  #isStuck = false;
  /** Its channel has left the application. */
  #hasLeft = false;
  #verdict: TargetStatus | undefined;
  #finished: Promise<void> | undefined;
  #hangupError: AriError | undefined;
  #lookAt: number;

  constructor(channel: C, plan: LegPlan, options: LegOptions, watch: Watch) {
    this.channel = channel;
    this.#plan = plan;
    this.#options = options;
    this.#watch = watch;
    this.#lookAt = performance.now() + plan.ringSeconds * 1_000 + lateMs;
    const { id } = channel;
    this.#subscriptions = [
      channel.on('Dial', (_channels, { peer, dialstatus }) => peer.id === id && this.#hear(dialstatus)),
      channel.on('StasisStart', () => options.bridge === undefined && this.#answer()),
      channel.on('StasisEnd', () => (this.#hasLeft = true)),
      channel.on('ChannelDestroyed', (_channel, { cause }) => {
        // 0 stands for none.
        this.#cause ??= cause || undefined;
        this.#end();
      }),
    ];
    whenOver(channel, ['ChannelDestroyed'], this.#over.signal, {
      onOver: () => this.#end(),
      onFailure: (error) => watch.fail(error),
    });
  }

  get endpoint(): string {
    return this.#plan.endpoint;
  }

  /** Aborts when it is over. */
  get signal(): AbortSignal {
    return this.#over.signal;
  }

  get hasAnswered(): boolean {
    return this.#hasAnswered && !this.isOver;
  }

  /** Whether nobody will answer any more, or who has answered is gone. */
  get isOver(): boolean {
    const isRefused = this.#error !== undefined || isRefusal(this.#dialstatus ?? '');
    return this.#isGone || this.#isStuck || isRefused || this.#finished !== undefined;
  }

  /** Makes its channel and dials it. What fails of that is told to whoever watches. */
  start(): void {
    this.#made = this.#make().catch((error: unknown) => this.#failed(error));
  }

  /** When it is to be looked at, on the clock of `performance.now()`: something should have been heard of it by then. */
  get lookAt(): number {
    return this.isOver || this.#hasAnswered ? Infinity : this.#lookAt;
  }

  /** What was not heard of it, as when the event connection was interrupted. */
  async look(): Promise<void> {
    this.#lookAt = performance.now() + lateMs;
    await this.#made;
    if (this.isOver || this.#hasAnswered) {
      return;
    }
    try {
      const { state } = await this.channel.get();
      if (state === 'Up') {
        this.#answer();
      }
    } catch (error) {
      // Any other failure is not its end: it is looked at again.
      if (isOfGone(error)) {
        this.#end();
      }
    }
  }

  /**
   * Who has answered does not take the call, and is hung up, unless he was taken out of the application, which is told a
   * little later: he is somebody else's then. That he could not be hung up is told in the end.
   */
  async refuse(): Promise<void> {
    this.#verdict = 'NOTACCEPTED';
    await this.#watch.until(() => this.#hasLeft || this.isOver, graceMs);
    this.finish('NOTACCEPTED', causes.normal).catch(() => undefined);
    this.#watch.notify();
  }

  /** It has won. */
  win(): void {
    this.#verdict = 'ANSWER';
    this.#close();
  }

  /** Hangs it up, wherever it stands, unless it has ended by itself. Nothing of it is left then; if it fails, it does so for all who ask. */
  finish(verdict: TargetStatus, cause: number): Promise<void> {
    if (!this.isOver) {
      this.#verdict ??= verdict;
    }
    this.#finished ??= this.#hangUp(cause).catch((error: unknown) => {
      this.#hangupError = error as AriError;
      throw error;
    });
    return this.#finished;
  }

  async #hangUp(cause: number): Promise<void> {
    this.#close();
    await this.#made;
    if ((this.#error === undefined || this.#isMade) && !this.#isGone && !this.#hasLeft) {
      this.#cause = isRefusal(this.#dialstatus ?? '') ? causeOf(this.#dialstatus) : cause;
      await hangUp(this.channel, { reason_code: String(this.#cause) });
    }
  }

  /** Listens no more. */
  #close(): void {
    this.#over.abort();
    for (const subscription of this.#subscriptions) {
      subscription.close();
    }
  }

  get result(): TargetResult {
    return {
      endpoint: this.endpoint,
      channelId: this.channel.id,
      status: this.#verdict ?? (this.#hasAnswered ? 'NOTACCEPTED' : statusOf(this.#dialstatus, this.#cause)),
      ...(this.#verdict !== 'ANSWER' && this.#cause !== undefined && { cause: this.#cause }),
      ...(this.#error !== undefined && { error: this.#error }),
      ...(this.#hangupError !== undefined && { hangupError: this.#hangupError }),
    };
  }

  async #make(): Promise<void> {
    const { endpoint, callerId, variables, ringSeconds } = this.#plan;
    const { app, appArgs, originator, bridge } = this.#options;
    const common = { endpoint, app, appArgs, ...(originator !== undefined && { originator }) };
    // Asterisk's own time limit holds even if this process does not live to see it.
    if (bridge === undefined) {
      const more = { ...(callerId !== undefined && { callerId }), ...(variables !== undefined && { variables }) };
      await this.channel.originateWithId({ ...common, ...more, timeout: ringSeconds } as never);
      return;
    }
    // A channel that is made to be dialled later has no caller id of its own: it tells who it is connected to.
    const calling = callerId === undefined ? {} : { 'CONNECTEDLINE(all,i)': callerId };
    await this.channel.create({ ...common, variables: { ...calling, ...variables } } as never);
    this.#isMade = true;
    if (!this.signal.aborted && !(await this.#enter(bridge))) {
      this.#end();
    }
    if (!this.signal.aborted) {
      await this.channel.dial({ timeout: ringSeconds } as never);
    }
  }

  /** False if it has hung up before, or has left the application. */
  async #enter(bridge: OwnBridge<FlowBridge>): Promise<boolean> {
    const { id } = this.channel;
    try {
      // Else the bridge would tell it who is in there already.
      await (this.#plan.callerId === undefined ? bridge.add(id) : bridge.addUntold(id));
      return true;
    } catch (error) {
      if (isOfUnknownMember(error)) {
        await hangUp(this.channel);
        return false;
      }
      throw error;
    }
  }

  async #failed(error: unknown): Promise<void> {
    if (error instanceof AriError && isOutage(error)) {
      // Asterisk can make no channel to who is not registered; and others may be reached.
      this.#error = error;
      this.#isMade ||= mayBeDone(error);
      this.#watch.notify();
    } else if (this.#isMade && error instanceof ConflictError) {
      this.#isStuck = true;
      this.#watch.notify();
    } else if (isOfGone(error)) {
      this.#end();
    } else if (!(error instanceof AriHttpError && (await this.#watch.isHangup()))) {
      this.#watch.fail(error);
    }
  }

  #hear(dialstatus: string): void {
    this.#dialstatus = dialstatus;
    if (dialstatus === 'ANSWER' && this.#options.bridge !== undefined) {
      this.#answer();
    }
    this.#watch.notify();
  }

  #answer(): void {
    this.#hasAnswered = true;
    this.#watch.notify();
  }

  #end(): void {
    this.#isGone = true;
    this.#over.abort();
    this.#watch.notify();
  }
}

/** Whether a request has failed because its channel is gone or on its way out. */
export function isOfGone(error: unknown): boolean {
  return error instanceof ConflictError || isOfNoChannel(error);
}

function causeOf(dialstatus: string | undefined): number {
  return dialstatus === 'BUSY' ? causes.busy : causes.congestion;
}
