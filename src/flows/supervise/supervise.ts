import type { FlowBridge } from '../bridge.js';
import { checkIn } from '../check.js';
import { connect, type ConnectResult } from '../connect/connect.js';
import { Lines } from '../lines.js';
import { Snoop } from '../snoop.js';
import { ifStillThere, isOfNoChannel, isOfUnknownMember, Watch } from '../watch.js';
import { checkSupervise, type SuperviseOptions, type SuperviseRules } from './options.js';
import type { SuperviseClient } from './parties.js';

/** How {@link supervise} ended. */
export interface SuperviseResult {
  /**
   * `hangup`: one of them hung up, or left the application. `left`: somebody else has taken one out of the bridge, or has
   * destroyed it. `unbridged`: for `barge`, the channel is in no bridge. `aborted`: by the signal.
   */
  readonly reason: 'hangup' | 'left' | 'unbridged' | 'aborted';
  /** Who hung up, or was taken out. */
  readonly by?: 'supervisor' | 'channel';
  /** How long it lasted, in milliseconds. */
  readonly durationMs: number;
}

/**
 * Has a supervisor listen to a call, speak to one side of it, or take part, until one of them hangs up or the signal
 * aborts; for another mode, abort it and call it again. The call goes on, and the supervisor stays in the application.
 * Nothing else is left.
 * @throws {AriValidationError} for wrong options, before anything is sent; what the requests throw
 */
export async function supervise(client: SuperviseClient, options: SuperviseOptions): Promise<SuperviseResult> {
  const rules = checkIn('supervise', () => checkSupervise(client, options));
  const watch = new Watch(undefined, rules.signal);
  const lines = new Lines([rules.supervisor, rules.channel], watch);
  const since = performance.now();
  try {
    const over = (): Ended | undefined => verdict(rules, watch, lines);
    const ended = over() ?? (await (rules.mode === 'barge' ? barge : listen)({ client, rules, watch, lines, over }));
    return { ...ended, durationMs: Math.round(performance.now() - since) };
  } finally {
    lines.close();
    watch.close();
  }
}

type Ended = Omit<SuperviseResult, 'durationMs'>;

interface Supervision {
  readonly client: SuperviseClient;
  readonly rules: SuperviseRules;
  readonly watch: Watch;
  readonly lines: Lines;
  /** Whether one has hung up, or the signal has aborted. */
  readonly over: () => Ended | undefined;
}

function verdict({ supervisor }: SuperviseRules, watch: Watch, lines: Lines): Ended | undefined {
  if (watch.ending === 'aborted') {
    return { reason: 'aborted' };
  }
  const [gone] = lines.gone;
  return gone === undefined ? undefined : { reason: 'hangup', by: gone === supervisor.id ? 'supervisor' : 'channel' };
}

/** The supervisor is in a bridge with a channel that hears the other one and, to coach, speaks to it. */
async function listen({ client, rules, lines, over }: Supervision): Promise<Ended> {
  const { app, appArgs, mode, supervisor } = rules;
  const whisper = mode === 'coach' ? 'out' : 'none';
  const snoop = await lines.request(
    () => Snoop.open(rules.channel, { app, appArgs, spy: 'both', whisper }, plain),
    (error) => (isOfNoChannel(error) ? rules.channel : undefined),
  );
  if (snoop === undefined) {
    return over() ?? { reason: 'hangup', by: 'channel' };
  }
  try {
    const early = over();
    if (early !== undefined) {
      return early;
    }
    const channels = [supervisor, snoop.channel] as const;
    const ended = await connect(client, { channels, hangup: 'none', signal: rules.signal });
    return over() ?? endOf(ended);
  } finally {
    await snoop.close();
  }
}

/** Its requests are watched elsewhere. */
const plain = { request: <T>(send: () => Promise<T>): Promise<T> => send() };

function endOf({ reason, by }: ConnectResult): Ended {
  const side = by && ({ first: 'supervisor', second: 'channel' } as const)[by];
  return { reason: reason === 'limit' ? 'left' : reason, ...(side !== undefined && { by: side }) };
}

/** The supervisor is in the bridge of the call. */
async function barge(supervision: Supervision): Promise<Ended> {
  const { client, rules, lines, over } = supervision;
  const { supervisor, channel } = rules;
  const found = (await client.bridges.list()).find(({ channels }) => channels.includes(channel.id));
  const early = over();
  if (found === undefined || early !== undefined) {
    return early ?? { reason: 'unbridged' };
  }
  const bridge = client.bridges.handle(found.id);
  const presence = new Presence(supervision, bridge);
  try {
    await lines.request(
      () => bridge.addChannel({ channel: supervisor.id } as never),
      (error) => (isOfUnknownMember(error) ? supervisor : undefined),
    );
    return await presence.end();
  } finally {
    presence.close();
    if (lines.has(supervisor) && !presence.isOut) {
      await ifStillThere(() => bridge.removeChannel({ channel: supervisor.id } as never));
    }
  }
}

/** Both of them in a bridge that is not ours. */
class Presence {
  readonly #supervision: Supervision;
  readonly #bridge: FlowBridge;
  readonly #subscriptions;
  #left: Ended | undefined;

  constructor(supervision: Supervision, bridge: FlowBridge) {
    this.#supervision = supervision;
    this.#bridge = bridge;
    this.#subscriptions = [
      bridge.on('ChannelLeftBridge', (_bridge, { channel }) => this.#leave(channel.id)),
      bridge.on('BridgeDestroyed', () => this.#leave(undefined)),
      supervision.client.on('gap', () => this.#look()),
    ];
  }

  /** Whether the supervisor is out of it. */
  get isOut(): boolean {
    return this.#left !== undefined && this.#left.by !== 'channel';
  }

  async end(): Promise<Ended> {
    const { lines, over, watch } = this.#supervision;
    for (;;) {
      // Whoever hangs up goes out of the bridge before he is gone.
      const ended = over() ?? (this.#left && ((await lines.lose()) ? over() : this.#left));
      if (ended !== undefined) {
        return ended;
      }
      await watch.change();
    }
  }

  close(): void {
    for (const subscription of this.#subscriptions) {
      subscription.close();
    }
  }

  #leave(id: string | undefined): void {
    const { supervisor, channel } = this.#supervision.rules;
    if (id === undefined || id === supervisor.id || id === channel.id) {
      const by = id === undefined ? {} : { by: id === channel.id ? ('channel' as const) : ('supervisor' as const) };
      this.#left ??= { reason: 'left', ...by };
      this.#supervision.watch.notify();
    }
  }

  /** After an interruption of the event connection, in which one may have left. */
  async #look(): Promise<void> {
    const { supervisor, channel } = this.#supervision.rules;
    const bridges = await this.#supervision.client.bridges.list();
    const there = bridges.find(({ id }) => id === this.#bridge.id)?.channels;
    const missing = [supervisor.id, channel.id].find((id) => !there?.includes(id));
    if (missing !== undefined) {
      this.#leave(there === undefined ? undefined : missing);
    }
  }
}
