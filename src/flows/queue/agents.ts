import { AriValidationError } from '../../errors/validation-error.js';
import type { TargetResult } from '../dial/leg.js';
import type { DialTarget } from '../dial/options.js';
import type { QueueRules } from './options.js';

/** An agent as he stands at the moment. */
export interface QueueAgent {
  /** Whom the queue dials, as it was given to `addAgent`: `PJSIP/alice`. */
  readonly endpoint: string;
  /** `resting`: after a call (wrap-up), or after he did not answer. */
  readonly state: 'free' | 'ringing' | 'talking' | 'resting' | 'paused';
  /** Calls that he has had. */
  readonly calls: number;
  /** Whether he gets no calls, also while he still talks or his phone rings. */
  readonly paused: boolean;
  /** How it ended when he was last dialled: `error` says why Asterisk could not, as for an endpoint that does not exist. */
  readonly last?: TargetResult;
}

/** An agent of a queue. Times are on the clock of `performance.now()`. */
export interface Agent {
  readonly endpoint: string;
  /** As it is dialled. */
  target: DialTarget;
  isPaused: boolean;
  /** He was removed while his phone rang or he talked, and is forgotten once that is over, unless he is added again. */
  isLeaving: boolean;
  work: 'none' | 'ringing' | 'talking';
  /** Before that, he gets no call. */
  notBefore: number;
  /** When he was last dialled. */
  rungAt: number;
  /** When his last call ended, or he was added. */
  idleSince: number;
  calls: number;
  /** How it ended when he was last dialled. */
  last: TargetResult | undefined;
}

/** The agents of a queue, and whose turn it is. */
export class Agents {
  readonly #rules: Pick<QueueRules<unknown>, 'strategy' | 'retryMs' | 'wrapUpMs'>;
  readonly #agents = new Map<string, Agent>();

  constructor(rules: Pick<QueueRules<unknown>, 'strategy' | 'retryMs' | 'wrapUpMs'>) {
    this.#rules = rules;
  }

  get list(): readonly QueueAgent[] {
    const now = performance.now();
    return this.#present.map((agent) => {
      const idle = agent.isPaused ? 'paused' : agent.notBefore > now ? 'resting' : 'free';
      const { endpoint, calls, isPaused, last, work } = agent;
      return {
        endpoint,
        state: work === 'none' ? idle : work,
        calls,
        paused: isPaused,
        ...(last !== undefined && { last }),
      };
    });
  }

  /** How many take calls, now or after what they do. */
  get atWork(): number {
    return this.#present.filter(({ isPaused }) => !isPaused).length;
  }

  /** When the next of those who rest by now is free again. */
  nextFreeAt(now: number): number {
    const times = this.#present.map(({ notBefore }) => notBefore).filter((time) => time > now);
    return Math.min(Infinity, ...times);
  }

  add(target: DialTarget, isPaused: boolean): void {
    const { endpoint } = target;
    const known = this.#agents.get(endpoint);
    if (known?.isLeaving) {
      // His phone rings or he talks: he gets the next call after that.
      this.#agents.delete(endpoint);
      this.#agents.set(endpoint, Object.assign(known, { target, isPaused, isLeaving: false }));
      return;
    }
    if (known !== undefined) {
      throw new AriValidationError(`addAgent: ${endpoint} is an agent already`, 'endpoint');
    }
    const now = performance.now();
    this.#agents.set(endpoint, {
      endpoint,
      target,
      isPaused,
      isLeaving: false,
      work: 'none',
      notBefore: 0,
      rungAt: -Infinity,
      idleSince: now,
      calls: 0,
      last: undefined,
    });
  }

  remove(endpoint: string): boolean {
    const agent = this.#find(endpoint);
    if (agent !== undefined) {
      agent.isLeaving = true;
      this.#forget(agent);
    }
    return agent !== undefined;
  }

  pause(endpoint: string, isPaused: boolean): boolean {
    const agent = this.#find(endpoint);
    if (agent !== undefined) {
      agent.isPaused = isPaused;
    }
    return agent !== undefined;
  }

  /** Those who are to be dialled now for the caller at this place among those who get the agents that are free. */
  take(place: number, now: number): Agent[] {
    const free = this.#present.filter(
      ({ isPaused, notBefore, work }) => !isPaused && work === 'none' && notBefore <= now,
    );
    const taken =
      this.#rules.strategy === 'ringAll' ? (place === 0 ? free : []) : this.#inTurn(free).slice(place, place + 1);
    for (const agent of taken) {
      agent.work = 'ringing';
      agent.rungAt = now;
    }
    return taken;
  }

  /** He was dialled, and somebody else or nobody got the call. */
  release(agent: Agent, hasFailed: boolean): void {
    agent.work = 'none';
    agent.notBefore = hasFailed ? performance.now() + this.#rules.retryMs : agent.notBefore;
    this.#forget(agent);
  }

  answered(agent: Agent): void {
    agent.work = 'talking';
    agent.calls += 1;
  }

  hungUp(agent: Agent): void {
    agent.work = 'none';
    agent.idleSince = performance.now();
    agent.notBefore = agent.idleSince + this.#rules.wrapUpMs;
    this.#forget(agent);
  }

  get #present(): readonly Agent[] {
    return [...this.#agents.values()].filter(({ isLeaving }) => !isLeaving);
  }

  #find(endpoint: string): Agent | undefined {
    return this.#present.find((agent) => agent.endpoint === endpoint);
  }

  /** If he is removed and has nothing to do any more. */
  #forget(agent: Agent): void {
    if (agent.isLeaving && agent.work === 'none') {
      this.#agents.delete(agent.endpoint);
    }
  }

  #inTurn(free: readonly Agent[]): Agent[] {
    const key = this.#rules.strategy === 'roundRobin' ? 'rungAt' : 'idleSince';
    return free.toSorted((one, other) => one[key] - other[key]);
  }
}
