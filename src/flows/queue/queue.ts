import { AriValidationError } from '../../errors/validation-error.js';
import type { BridgeOf, FlowBridge } from '../bridge.js';
import { checkFlag, checkFor } from '../../support/check-option.js';
import { checkHeard, checkParty, checkSameAsterisk } from '../check.js';
import type { ChannelOf } from '../dial/parties.js';
import type { GapWatch } from '../gap-watch.js';
import { watchMembers } from '../bridge-members.js';
import { runFlow } from '../run-flow.js';
import { SharedBridge } from '../shared-bridge.js';
import { Agents, type QueueAgent } from './agents.js';
import {
  checkAgent,
  checkEnter,
  checkQueue,
  type AgentOptions,
  type EnterOptions,
  type QueueOptions,
  type QueuePlace,
  type QueueRules,
} from './options.js';
import type { Line } from './line.js';
import type { QueueChannel, QueueClient } from './parties.js';
import { Waiting, type QueueResult } from './waiting.js';

/** What has become of the callers of a queue so far. */
export interface QueueStats {
  /** Who waits at the moment. */
  readonly waiting: number;
  /** How many an agent has answered. */
  readonly answered: number;
  /** How many hung up while they waited. */
  readonly abandoned: number;
  /** How many have waited for as long as they may. */
  readonly timedOut: number;
  /** How many there was no place for. */
  readonly refused: number;
  /** How often `enter` has failed with an error, also after an agent had answered. */
  readonly failed: number;
  /** Mean wait of those who were answered, in milliseconds; 0 before the first. */
  readonly meanWaitMs: number;
}

/**
 * Callers who wait with music for one of several agents, who are dialled. It is there as long as you keep it; its holding
 * bridge is made when the first caller comes and destroyed when nobody waits any more.
 */
export class Queue<Client extends QueueClient = QueueClient> {
  readonly #client: Client;
  readonly #rules: QueueRules<ChannelOf<Client>, BridgeOf<Client>>;
  readonly #agents: Agents;
  readonly #bridge: SharedBridge<FlowBridge>;
  readonly #callers = new Map<string, Waiting<Client>>();
  readonly #line: Line<Client>;
  #gap: GapWatch | undefined;
  readonly #counts = { answered: 0, abandoned: 0, timedOut: 0, refused: 0, failed: 0 };
  #waitedMs = 0;
  #ended = 0;
  #talkedMs = 0;

  /** Sends nothing. @throws {AriValidationError} for wrong options */
  constructor(client: Client, options: QueueOptions<ChannelOf<Client>, BridgeOf<Client>>) {
    checkParty('Queue', 'client', client, ['on', 'channels.handle', 'bridges.handle']);
    this.#client = client;
    this.#rules = checkFor('Queue', () => checkQueue(options));
    this.#agents = new Agents(this.#rules);
    this.#bridge = new SharedBridge<FlowBridge>(client, 'holding');
    this.#line = {
      client,
      rules: this.#rules,
      agents: this.#agents,
      bridge: this.#bridge,
      placeOf: ({ id }) => this.#placeOf(this.#callers.get(id) as Waiting<Client>),
      turnOf: ({ id }) => this.#turnOf(this.#callers.get(id) as Waiting<Client>),
      answered: (waitedMs) => {
        this.#counts.answered += 1;
        this.#waitedMs += waitedMs;
      },
      changed: () => this.#changed(),
    };
  }

  /** In the order in which they were added. */
  get agents(): readonly QueueAgent[] {
    return this.#agents.list;
  }

  /** What has become of the callers so far, and how many wait: a copy of that moment. */
  get stats(): QueueStats {
    const { answered } = this.#counts;
    return {
      waiting: this.#waiting.length,
      ...this.#counts,
      meanWaitMs: answered === 0 ? 0 : Math.round(this.#waitedMs / answered),
    };
  }

  /**
   * @param endpoint whom to dial: `PJSIP/alice`
   * @throws {AriValidationError} for wrong options and for one who is an agent already
   */
  addAgent(endpoint: string, options: AgentOptions = {}): void {
    const { target, isPaused } = checkFor('addAgent', () => checkAgent('addAgent', endpoint, options));
    this.#agents.add(target, isPaused);
    this.#changed();
  }

  /** He gets no more calls; one that he has goes on. False if he is no agent. */
  removeAgent(endpoint: string): boolean {
    return this.#agents.remove(endpoint);
  }

  /** He gets no calls until it is called with false. False if he is no agent. */
  pauseAgent(endpoint: string, paused = true): boolean {
    const shallBe = checkFor('pauseAgent', () => checkFlag('paused', paused, true));
    const isThere = this.#agents.pause(endpoint, shallBe);
    this.#changed();
    return isThere;
  }

  /** How a caller stands; undefined if they do not wait. */
  placeOf(channel: { readonly id: string }): QueuePlace | undefined {
    const caller = this.#callers.get(channel.id);
    return caller && this.#waiting.includes(caller) ? this.#placeOf(caller) : undefined;
  }

  /**
   * Has a caller wait until an agent answers, answers the caller then, and connects them; resolves when that is over, and says how it was. Whoever
   * is not hung up then stays in the application. Nothing is left, however it ends.
   * @throws {AriValidationError} for wrong options and for a channel that is in it, before anything is sent; what the
   *   requests, `announce`, `confirm` and `onConnected` throw
   */
  enter(channel: QueueChannel & ChannelOf<Client>, options: EnterOptions = {}): Promise<QueueResult> {
    return runFlow('enter', () => this.#enter(channel, options));
  }

  async #enter(channel: QueueChannel & ChannelOf<Client>, options: EnterOptions): Promise<QueueResult> {
    const rules = checkEnter(channel, options, this.#rules.maxWaitMs);
    checkSameAsterisk('enter', 'channel', channel, this.#client);
    checkFor('Queue', () => checkHeard('app', this.#rules.app, channel));
    const { id } = channel;
    if (this.#callers.has(id)) {
      throw new AriValidationError(`enter: channel ${id} is in the queue`, 'channel');
    }
    if (this.#waiting.length >= this.#rules.maxCallers) {
      this.#counts.refused += 1;
      return { reason: 'full', waitedMs: 0 };
    }
    const caller = new Waiting(this.#line, channel, rules, options.signal);
    this.#callers.set(id, caller);
    this.#gap ??= watchMembers(this.#client, this.#bridge, this.#callers);
    try {
      const result = await caller.run();
      this.#count(result);
      return result;
    } catch (error) {
      this.#counts.failed += 1;
      throw error;
    } finally {
      this.#callers.delete(id);
      if (this.#callers.size === 0) {
        this.#gap?.close();
        this.#gap = undefined;
      }
      this.#changed();
    }
  }

  /** Of those who wait, who is first. */
  get #inOrder(): Waiting<Client>[] {
    return [...this.#callers.values()].toSorted(
      (one, other) => other.priority - one.priority || one.since - other.since,
    );
  }

  /** Where all agents ring for the first caller, whoever is free later is for him, too, until somebody has answered him. */
  #turnOf(caller: Waiting<Client>): number {
    return this.#rules.strategy === 'ringAll'
      ? this.#waiting.indexOf(caller)
      : this.#inOrder.filter((other) => other === caller || !other.isServed).indexOf(caller);
  }

  get #waiting(): Waiting<Client>[] {
    return this.#inOrder.filter((caller) => !caller.isTalking);
  }

  #placeOf(caller: Waiting<Client>): QueuePlace {
    const position = this.#waiting.indexOf(caller) + 1;
    const callMs = this.#talkedMs / this.#ended + this.#rules.wrapUpMs;
    const isKnown = this.#ended > 0 && this.#agents.atWork > 0;
    return {
      position,
      waitedMs: Math.round(performance.now() - caller.since),
      estimatedMs: isKnown ? Math.round((position * callMs) / this.#agents.atWork) : undefined,
    };
  }

  #changed(): void {
    for (const caller of this.#callers.values()) {
      caller.notify();
    }
  }

  #count({ reason, talkedMs }: QueueResult): void {
    if (talkedMs !== undefined) {
      this.#ended += 1;
      this.#talkedMs += talkedMs;
    } else if (reason === 'hangup') {
      this.#counts.abandoned += 1;
    } else if (reason === 'timeout') {
      this.#counts.timedOut += 1;
    }
  }
}
