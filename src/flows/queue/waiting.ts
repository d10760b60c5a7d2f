import type { ChannelOf } from '../dial/parties.js';
import { thenEnd } from '../end-all.js';
import { Membership } from '../membership.js';
import { hangUp, undo } from '../persist.js';
import { ifStillThere, Watch } from '../watch.js';
import type { Agent } from './agents.js';
import { Announcements } from './announcements.js';
import type { Line } from './line.js';
import { offer, type Answer } from './offer.js';
import { talk } from './talk.js';
import type { QueueChannel, QueueClient } from './parties.js';

/** What is told of every stay in a queue. */
interface QueueFacts {
  /** How long the caller has waited, in milliseconds. */
  readonly waitedMs: number;
  /** The latest medium of `announce` that could not be played. */
  readonly failedMedia?: string;
}

/** An agent has answered, and the two have talked. */
export interface QueueAnswered extends QueueFacts {
  /**
   * `answered`: the conversation is over. `left`: somebody else has taken one of the two out of it, as a transfer does; nobody
   * is hung up.
   */
  readonly reason: 'answered' | 'left';
  /** The agent's endpoint. */
  readonly agent: string;
  /** Who has ended the conversation, or was taken out of it. */
  readonly endedBy?: 'caller' | 'agent';
  /** How long they have talked, in milliseconds. */
  readonly talkedMs: number;
}

/** The caller was not answered, or the signal has ended it. */
export interface QueueUnanswered extends QueueFacts {
  /**
   * `hangup`: the caller hung up while they waited, or left the application. `timeout`: the longest wait is over. `full`: there
   * was no place. `removed`: somebody else has taken the channel out while it waited. `aborted`: by the signal; a conversation
   * is ended as well then.
   */
  readonly reason: 'hangup' | 'timeout' | 'full' | 'removed' | 'aborted';
  /** The agent's endpoint, if one had answered. */
  readonly agent?: string;
  readonly endedBy?: undefined;
  /** How long they had talked, in milliseconds. */
  readonly talkedMs?: number;
}

/** How a caller's stay in a queue ended: `agent` and `talkedMs` are there if `reason` is `answered` or `left`. */
export type QueueResult = QueueAnswered | QueueUnanswered;

/** A caller in a queue, who alone acts for the channel: looks what is to be done, does it, and looks again. */
export class Waiting<Client extends QueueClient> {
  readonly channel: QueueChannel & ChannelOf<Client>;
  readonly priority: number;
  readonly since = performance.now();
  /** In the bridge where all wait. */
  readonly membership: Membership;
  readonly #line: Line<Client>;
  readonly #maxWaitMs: number;
  readonly #watch: Watch;
  readonly #signal: AbortSignal | undefined;
  readonly #announcements: Announcements<Client>;
  #isRemoved = false;
  #hasLeft = false;
  #leaving: Promise<void> | undefined;
  #isMusicSet = false;
  #giveUp = new AbortController();
  #dialing: Promise<void> | undefined;
  #answer: Answer<ChannelOf<Client>> | undefined;

  constructor(
    line: Line<Client>,
    channel: QueueChannel & ChannelOf<Client>,
    rules: { readonly priority: number; readonly maxWaitMs: number },
    signal: AbortSignal | undefined,
  ) {
    this.#line = line;
    this.channel = channel;
    this.priority = rules.priority;
    this.#maxWaitMs = rules.maxWaitMs;
    this.#signal = signal;
    this.#watch = new Watch(channel, signal);
    this.membership = new Membership(line.bridge, channel, this.#watch, () => this.#removed());
    this.#announcements = new Announcements(line, channel, this.#watch);
  }

  get isServed(): boolean {
    return this.#dialing !== undefined || this.#answer !== undefined;
  }

  get isTalking(): boolean {
    return this.#answer !== undefined;
  }

  notify(): void {
    this.#watch.notify();
  }

  async run(): Promise<QueueResult> {
    this.#line.bridge.join();
    const result = await thenEnd(
      () => this.#stay(),
      () => this.#leave(),
    );
    const { failedMedia } = this.#announcements;
    return failedMedia === undefined ? result : { ...result, failedMedia };
  }

  async #stay(): Promise<QueueResult> {
    for (;;) {
      const reason = this.#verdict();
      if (reason !== undefined) {
        const isHangup = reason === 'removed' && (await this.#watch.isHangup());
        return { reason: isHangup ? 'hangup' : reason, waitedMs: this.#waitedMs };
      }
      if (this.#answer !== undefined) {
        const result = await this.#talk(this.#answer);
        if (result !== undefined) {
          return result;
        }
        continue;
      }
      // One and the same moment, lest an agent becomes free between the two looks.
      const now = performance.now();
      const step = this.#next(now);
      await (step === undefined ? this.#watch.change(this.#nextMoment(now)) : this.#watch.request(step));
    }
  }

  get #waitedMs(): number {
    return Math.round(performance.now() - this.since);
  }

  #verdict(): 'hangup' | 'aborted' | 'removed' | 'timeout' | undefined {
    const { ending } = this.#watch;
    if (ending !== undefined || this.#answer !== undefined) {
      return ending;
    }
    return this.#isRemoved ? 'removed' : performance.now() >= this.since + this.#maxWaitMs ? 'timeout' : undefined;
  }

  /** What is to be done next, if anything. */
  #next(now: number): (() => Promise<void>) | undefined {
    if (!this.membership.isPut) {
      const { musicClass } = this.#line.rules;
      return musicClass === undefined || this.#isMusicSet ? () => this.#enter() : () => this.#setMusic(musicClass);
    }
    if (this.#dialing === undefined) {
      const agents = this.#line.agents.take(this.#line.turnOf(this.channel), now);
      if (agents.length > 0) {
        return () => Promise.resolve(this.#dial(agents));
      }
    }
    return this.#announcements.next(now);
  }

  #nextMoment(now: number): number {
    return Math.min(
      this.since + this.#maxWaitMs,
      this.#dialing === undefined ? this.#line.agents.nextFreeAt(now) : Infinity,
      this.#announcements.nextAt,
    );
  }

  async #setMusic(musicClass: string): Promise<void> {
    this.#isMusicSet = true;
    await this.channel.setChannelVar({ variable: 'CHANNEL(musicclass)', value: musicClass } as never);
  }

  async #enter(): Promise<void> {
    await this.membership.enter({ role: 'holding_participant' }, () => this.#verdict() === undefined);
  }

  #removed(): void {
    // Who does not wait any more is taken out by the queue.
    this.#isRemoved = !this.#hasLeft;
    this.#watch.notify();
  }

  /** Goes on by itself; what came of it is looked at when it is over, and waited for by who leaves before. */
  #dial(agents: readonly Agent[]): void {
    const dialing = offer(this.#line, this.channel, agents, this.#giveUp.signal)
      .then((answer) => {
        this.#answer = answer;
      })
      .finally(() => {
        this.#dialing = undefined;
        this.#line.changed();
      });
    dialing.catch((error: unknown) => this.#watch.fail(error));
    this.#dialing = dialing;
  }

  /** Until they have talked; undefined if the agent has hung up before that, and the caller waits on. */
  async #talk({ agent, channel, watch, leftover }: Answer<ChannelOf<Client>>): Promise<QueueResult | undefined> {
    // While something is played to the caller, Asterisk would not let him go.
    await this.#announcements.stop();
    if (this.#watch.ending === undefined && watch.ending === undefined) {
      await this.#watch.answer(this.channel);
    }
    if (this.#watch.ending !== undefined) {
      return { reason: this.#watch.ending, waitedMs: this.#waitedMs };
    }
    if (watch.ending !== undefined) {
      // The caller is where they have waited, and is not put there again: that would take them out first.
      this.#forget('unanswered');
      return undefined;
    }
    watch.close();
    const waitedMs = this.#waitedMs;
    this.#line.agents.answered(agent);
    this.#line.answered(waitedMs);
    const { client, rules } = this.#line;
    const parties = { caller: this.channel, channel, endpoint: agent.endpoint };
    // They talk first: what becomes of the bridge where they have waited need not keep them apart.
    this.#hasLeft = true;
    const { failure, ...ended } = await talk(client, rules, parties, this.#signal, () => void this.#leaveBridge());
    if (ended.reason !== 'aborted') {
      // He is hung up, or whoever has ended the conversation has something else in mind for them.
      this.#forget('talked');
    }
    if (failure !== undefined || leftover !== undefined) {
      throw failure?.error ?? leftover;
    }
    const facts = { agent: agent.endpoint, waitedMs, talkedMs: ended.durationMs };
    if (ended.reason === 'aborted') {
      return { reason: 'aborted', ...facts };
    }
    const endedBy = ended.by && ({ first: 'caller', second: 'agent' } as const)[ended.by];
    const reason = ended.reason === 'left' ? 'left' : 'answered';
    return { reason, ...facts, ...(endedBy !== undefined && { endedBy }) };
  }

  /** The agent's channel is nobody's business any more. */
  #forget(how: 'talked' | 'unanswered'): void {
    const answer = this.#answer;
    this.#answer = undefined;
    answer?.watch.close();
    if (answer !== undefined && how === 'talked') {
      this.#line.agents.hungUp(answer.agent);
    } else if (answer !== undefined) {
      this.#line.agents.release(answer.agent, true);
    }
    this.#line.changed();
  }

  /** Nothing is left: nobody is dialled, nothing plays, the channel is out of the bridge. */
  async #leave(): Promise<void> {
    const { isGone } = this.#watch;
    const takeOut = this.membership.leave();
    this.#watch.close();
    this.#giveUp.abort();
    const undone = ifStillThere(
      () => this.#announcements.stop(),
      async () => (isGone ? undefined : undo(this.channel, async () => takeOut?.())),
      () => this.#dialing ?? Promise.resolve(),
      // Whoever is left alone, or has answered just now.
      async () => this.#answer && hangUp(this.#answer.channel),
    );
    await thenEnd(
      () => undone,
      () => {
        this.membership.close();
        this.#forget('talked');
        return this.#leaveBridge();
      },
    );
  }

  /** It does not wait any more: once, whoever asks for it. That it has failed is heard in the end. */
  #leaveBridge(): Promise<void> {
    this.#hasLeft = true;
    if (this.#leaving === undefined) {
      this.#leaving = this.#line.bridge.leave();
      this.#leaving.catch(() => undefined);
    }
    return this.#leaving;
  }
}
