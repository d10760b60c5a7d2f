import { NotFoundError } from '../../errors/not-found-error.js';
import { OwnBridge, type FlowBridge } from '../bridge.js';
import { endAll } from '../end-all.js';
import { Entrance } from '../entrance.js';
import { GapWatch } from '../gap-watch.js';
import { Lines, type ReleasableChannel } from '../lines.js';
import { hangUp } from '../persist.js';
import { Playing } from '../playing.js';
import { runFlow } from '../run-flow.js';
import { isOfNoBridge } from '../shared-bridge.js';
import { isOfUnknownMember, Watch } from '../watch.js';
import { checkConnect, type ConnectClient, type ConnectOptions, type ConnectPlan, type Side } from './options.js';

/** How {@link connect} ended. */
export interface ConnectResult {
  /**
   * `hangup`: one of them hung up, or left the application. `limit`: the time was up. `left`: one was taken out of the
   * bridge, or the bridge was destroyed, by somebody else. `aborted`: by the signal.
   */
  readonly reason: 'hangup' | 'limit' | 'left' | 'aborted';
  /** Who hung up first, or was taken out. */
  readonly by?: Side;
  /** How long they were connected, in milliseconds. */
  readonly durationMs: number;
}

/**
 * Connects two channels until one of them ends, or the time is up; then hangs the other up, or both, unless `hangup` says
 * otherwise. Who is taken out of the bridge, and who is in it when the signal aborts, is hung up by nobody. The bridge is
 * destroyed however it ends, and no listener is left.
 * @throws {AriValidationError} for wrong options, before anything is sent; what the requests throw
 */
export async function connect(client: ConnectClient, options: ConnectOptions): Promise<ConnectResult> {
  return runFlow('connect', () => converse(client, options));
}

/** As `connect`; tells the bridge once both are in it. */
export async function converse(
  client: ConnectClient,
  options: ConnectOptions,
  onConnected?: (bridge: FlowBridge) => void,
): Promise<ConnectResult> {
  const plan = checkConnect(client, options);
  const watch = new Watch(undefined, options.signal);
  const lines = new Lines(plan.channels, watch);
  const conversation = new Conversation(client, plan, watch, lines, onConnected);
  try {
    return await conversation.run();
  } finally {
    lines.close();
    watch.close();
  }
}

type Ended = Omit<ConnectResult, 'durationMs'>;

class Conversation {
  readonly #client: ConnectClient;
  readonly #plan: ConnectPlan;
  readonly #watch: Watch;
  readonly #lines: Lines;
  readonly #onConnected: ((bridge: FlowBridge) => void) | undefined;
  readonly #warnings: ConnectPlan['warnings'][number][];
  readonly #playing: Playing[] = [];
  #bridge: OwnBridge<FlowBridge> | undefined;
  #since = performance.now();
  /** Until both were put into the bridge, neither has left it. */
  #joined: Promise<void> = Promise.resolve();
  /** Who went into the bridge, as was told. */
  readonly #entered = new Set<string>();
  /** Who was taken out of the bridge; nobody in particular if it was destroyed. */
  #left: { readonly id: string | undefined } | undefined;
  /** Whether it is sure that he has not hung up. */
  #hasAsked = false;

  constructor(
    client: ConnectClient,
    plan: ConnectPlan,
    watch: Watch,
    lines: Lines,
    onConnected: ((bridge: FlowBridge) => void) | undefined,
  ) {
    this.#client = client;
    this.#plan = plan;
    this.#watch = watch;
    this.#lines = lines;
    this.#onConnected = onConnected;
    this.#warnings = [...plan.warnings];
    this.#bridge = plan.bridge && OwnBridge.adopt(plan.bridge);
  }

  async run(): Promise<ConnectResult> {
    let ended: Ended;
    let durationMs: number;
    try {
      ended = this.#verdict() ?? (await this.#meet());
      durationMs = performance.now() - this.#since;
    } catch (error) {
      await this.#end([]).catch(() => undefined);
      throw error;
    }
    const isOver = ended.reason === 'hangup' || ended.reason === 'limit';
    await this.#end(isOver ? this.#plan.released.filter((channel) => this.#lines.has(channel)) : []);
    return { ...ended, durationMs: Math.round(durationMs) };
  }

  async #meet(): Promise<Ended> {
    this.#bridge ??= await OwnBridge.create(this.#client, 'mixing,dtmf_events');
    const { bridge } = this.#bridge;
    // Somebody else may take one of them out as soon as he is in.
    const fail = (error: unknown): void => this.#watch.fail(error);
    const entrance = new Entrance(() => this.#look(bridge), fail);
    const subscriptions = [
      entrance,
      bridge.on('ChannelEnteredBridge', (_bridge, { channel }) => this.#enter(channel.id, entrance)),
      bridge.on('ChannelLeftBridge', (_bridge, { channel }) => this.#leave(channel.id)),
      bridge.on('BridgeDestroyed', () => this.#leave(undefined)),
      new GapWatch(this.#client, () => this.#look(bridge), fail),
    ];
    try {
      this.#joined = this.#join(this.#bridge);
      await this.#joined;
      if (this.#plan.bridge === undefined && !this.#haveEntered) {
        entrance.expect();
      }
      if (this.#left === undefined && this.#verdict() === undefined) {
        this.#onConnected?.(bridge);
      }
      return await this.#talk(bridge);
    } finally {
      for (const subscription of subscriptions) {
        subscription.close();
      }
    }
  }

  async #join(bridge: OwnBridge<FlowBridge>): Promise<void> {
    const { bridge: given, channels } = this.#plan;
    if (given === undefined && this.#verdict() === undefined) {
      try {
        await this.#lines.request(
          () => bridge.add(...channels.map(({ id }) => id)),
          (error) => (isOfUnknownMember(error) ? this.#findUnknown(bridge) : undefined),
        );
      } catch (error) {
        if (!isOfNoBridge(error)) {
          throw error;
        }
        this.#leave(undefined);
      }
    }
    this.#since = performance.now();
  }

  /** Asterisk adds all or none, and does not say whom it does not know. */
  async #findUnknown(bridge: OwnBridge<FlowBridge>): Promise<ReleasableChannel | undefined> {
    for (const channel of this.#plan.channels) {
      try {
        await bridge.add(channel.id);
      } catch (error) {
        if (isOfUnknownMember(error)) {
          return channel;
        }
        throw error;
      }
    }
    return undefined;
  }

  /** From when they are in the bridge until it is over. */
  async #talk(bridge: FlowBridge): Promise<Ended> {
    for (;;) {
      const ended = this.#verdict();
      if (ended !== undefined) {
        return ended;
      }
      const [warning] = this.#warnings;
      if (this.#left !== undefined && !this.#hasAsked) {
        // Whoever hangs up goes out of the bridge before he is gone.
        await this.#lines.lose(this.#left.id);
        this.#hasAsked = true;
      } else if (warning !== undefined && performance.now() >= this.#nextMoment()) {
        this.#warnings.shift();
        await this.#warn(bridge, warning);
      } else {
        await this.#watch.change(this.#nextMoment());
      }
    }
  }

  #verdict(): Ended | undefined {
    if (this.#watch.ending === 'aborted') {
      return { reason: 'aborted' };
    }
    // After one has left, only whether that one has hung up matters: the other may be hung up by who took him out.
    const gone = this.#lines.gone.find((id) => id === (this.#left?.id ?? id));
    if (gone !== undefined) {
      return { reason: 'hangup', ...this.#sideOf(gone) };
    }
    if (this.#left !== undefined) {
      return this.#hasAsked ? { reason: 'left', ...this.#sideOf(this.#left.id) } : undefined;
    }
    return performance.now() >= this.#since + this.#plan.limitMs ? { reason: 'limit' } : undefined;
  }

  async #warn(bridge: FlowBridge, { media, to }: ConnectPlan['warnings'][number]): Promise<void> {
    const [first, second] = this.#plan.channels;
    const where = { both: bridge, first, second }[to];
    const watch: Parameters<typeof Playing.start>[2] = {
      request: (send) => this.#lines.request(send),
      notify: () => this.#watch.notify(),
    };
    const playing = await Playing.start(where, { media }, watch);
    if (playing !== undefined) {
      this.#playing.push(playing);
    }
  }

  #nextMoment(): number {
    return this.#since + this.#plan.limitMs - (this.#warnings[0]?.beforeMs ?? 0);
  }

  get #haveEntered(): boolean {
    return this.#plan.channels.every(({ id }) => this.#entered.has(id));
  }

  #enter(id: string, entrance: Entrance): void {
    this.#entered.add(id);
    if (this.#haveEntered) {
      entrance.close();
    }
  }

  #leave(id: string | undefined): void {
    if (id === undefined || this.#sideOf(id).by !== undefined) {
      this.#left ??= { id };
      this.#watch.notify();
    }
  }

  /** In the time in which nothing was heard, one may have left. */
  async #look(bridge: FlowBridge): Promise<void> {
    await this.#joined;
    try {
      const { channels } = await bridge.get();
      const missing = this.#plan.channels.find(({ id }) => !channels.includes(id));
      if (missing !== undefined) {
        await this.#lines.look(missing);
        this.#leave(missing.id);
      }
    } catch (error) {
      if (!(error instanceof NotFoundError)) {
        throw error;
      }
      this.#leave(undefined);
    }
  }

  #sideOf(id: string | undefined): { by?: Side } {
    const index = this.#plan.channels.findIndex((channel) => channel.id === id);
    return index < 0 ? {} : { by: index === 0 ? 'first' : 'second' };
  }

  /** Ends what plays and the bridge, and hangs up whom it is to. */
  async #end(released: ConnectPlan['released']): Promise<void> {
    await endAll([
      ...this.#playing.map((playing) => playing.stop()),
      this.#bridge?.end(),
      ...released.map((channel) => hangUp(channel)),
    ]);
  }
}
