import type { Subscription } from '../../contract/subscription.js';
import { NotFoundError } from '../../errors/not-found-error.js';
import { checkFor } from '../../support/check-option.js';
import { checkMedia } from '../check.js';
import { atOnce } from '../at-once.js';
import type { ChannelOf } from '../dial/parties.js';
import { hangUp, undo } from '../persist.js';
import { Playing } from '../playing.js';
import { ifStillThere, isOfUnknownMember, Watch } from '../watch.js';
import type { Agent } from './agents.js';
import type { Line } from './line.js';
import { offer, type Answer } from './offer.js';
import { talk } from './talk.js';
import type { QueueChannel, QueueClient } from './parties.js';

/** How a caller's stay in a queue ended. */
export interface QueueResult {
  /**
   * `answered`: an agent has answered, and the conversation is over. `hangup`: the caller hung up while they waited, or
   * left the application. `timeout`: the longest wait is over. `full`: there was no place. `removed`: somebody else has
   * taken the channel out while it waited. `left`: somebody else has taken one of the two out of the conversation, as a
   * transfer does; nobody is hung up. `aborted`: by the signal; a conversation is ended as well then.
   */
  readonly reason: 'answered' | 'hangup' | 'timeout' | 'full' | 'removed' | 'left' | 'aborted';
  /** The agent's endpoint, if one has answered. */
  readonly agent?: string;
  /** Who has ended the conversation, or was taken out of it. */
  readonly endedBy?: 'caller' | 'agent';
  /** How long the caller has waited, in milliseconds. */
  readonly waitedMs: number;
  /** How long they have talked, in milliseconds. */
  readonly talkedMs?: number;
}

/** A caller in a queue, who alone acts for the channel: looks what is to be done, does it, and looks again. */
export class Waiting<Client extends QueueClient> {
  readonly channel: QueueChannel & ChannelOf<Client>;
  readonly priority: number;
  readonly since = performance.now();
  readonly #line: Line<Client>;
  readonly #maxWaitMs: number;
  readonly #watch: Watch;
  readonly #signal: AbortSignal | undefined;
  readonly #left: Subscription;
  #bridgeId: string | undefined;
  /** Whether Asterisk has said that it is in there. */
  #isIn = false;
  #isRemoved = false;
  #hasLeft = false;
  #leaving: Promise<void> | undefined;
  #isMusicSet = false;
  #playing: Playing | undefined;
  #announceAt = 0;
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
    this.#left = channel.on('ChannelLeftBridge', (_channel, { bridge }) => this.removed(bridge.id));
  }

  get isServed(): boolean {
    return this.#dialing !== undefined || this.#answer !== undefined;
  }

  get isTalking(): boolean {
    return this.#answer !== undefined;
  }

  get isInside(): boolean {
    return this.#bridgeId !== undefined && this.#isIn;
  }

  notify(): void {
    this.#watch.notify();
  }

  /** It was not seen in that bridge: it may have hung up. */
  async missed(bridgeId: string): Promise<void> {
    await this.#watch.look(this.channel);
    this.removed(bridgeId);
  }

  /** Ends the stay with an error. */
  fail(error: unknown): void {
    this.#watch.fail(error);
  }

  /** The channel is not in that bridge any more. */
  removed(bridgeId: string): void {
    if (bridgeId === this.#bridgeId) {
      this.#bridgeId = undefined;
      // Who does not wait any more is taken out by the queue.
      this.#isRemoved = !this.#hasLeft;
      this.#watch.notify();
    }
  }

  async run(): Promise<QueueResult> {
    this.#line.bridge.join();
    try {
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
    } finally {
      await this.#leave();
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
    const { rules } = this.#line;
    if (this.#bridgeId === undefined) {
      const { musicClass } = rules;
      return musicClass === undefined || this.#isMusicSet ? () => this.#enter() : () => this.#setMusic(musicClass);
    }
    if (this.#dialing === undefined) {
      const agents = this.#line.agents.take(this.#line.turnOf(this.channel), now);
      if (agents.length > 0) {
        return () => Promise.resolve(this.#dial(agents));
      }
    }
    if (this.#playing?.end !== undefined) {
      this.#playing = undefined;
      this.#announceAt = now + rules.announceEveryMs;
    }
    const isDue = rules.announce !== undefined && this.#playing === undefined && now >= this.#announceAt;
    return isDue ? () => this.#announce() : undefined;
  }

  #nextMoment(now: number): number {
    const { agents, rules } = this.#line;
    const isToAnnounce = rules.announce !== undefined && this.#playing === undefined;
    return Math.min(
      this.since + this.#maxWaitMs,
      this.#dialing === undefined ? agents.nextFreeAt(now) : Infinity,
      isToAnnounce ? this.#announceAt : Infinity,
    );
  }

  async #setMusic(musicClass: string): Promise<void> {
    this.#isMusicSet = true;
    await this.channel.setChannelVar({ variable: 'CHANNEL(musicclass)', value: musicClass } as never);
  }

  async #enter(): Promise<void> {
    const own = await this.#line.bridge.get();
    if (this.#verdict() !== undefined) {
      return;
    }
    this.#bridgeId = own.bridge.id;
    this.#isIn = false;
    try {
      const params = { channel: this.channel.id, role: 'holding_participant' } as never;
      await this.#watch.request(() => own.bridge.addChannel(params), isOfUnknownMember);
      this.#isIn = true;
    } catch (error) {
      if (!(error instanceof NotFoundError) || error.what !== 'bridge') {
        throw error;
      }
      this.#bridgeId = undefined;
      this.#line.bridge.forget(own.bridge);
    }
  }

  async #announce(): Promise<void> {
    const { announce, announceEveryMs } = this.#line.rules;
    const media = announce && atOnce(announce(this.#line.placeOf(this.channel)));
    this.#announceAt = performance.now() + announceEveryMs;
    if (media !== undefined) {
      const params = { media: checkFor('Queue', () => checkMedia('announce', media)) };
      this.#playing = await Playing.start(this.channel, params, this.#watch);
    }
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
    const waitedMs = this.#waitedMs;
    // While something is played to the caller, Asterisk would not let him go.
    await this.#playing?.stop();
    this.#playing = undefined;
    if (this.#watch.ending === undefined && watch.ending === undefined) {
      await this.#watch.request(() => this.channel.answer());
    }
    if (this.#watch.ending !== undefined) {
      return { reason: this.#watch.ending, waitedMs };
    }
    if (watch.ending !== undefined) {
      // The caller is where they have waited, and is not put there again: that would take them out first.
      this.#forget('unanswered');
      return undefined;
    }
    watch.close();
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
    const endedBy = ended.by && ({ first: 'caller', second: 'agent' } as const)[ended.by];
    return {
      reason: ended.reason === 'aborted' || ended.reason === 'left' ? ended.reason : 'answered',
      agent: agent.endpoint,
      ...(endedBy !== undefined && { endedBy }),
      waitedMs,
      talkedMs: ended.durationMs,
    };
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
    const { bridge } = this.#line;
    const { isGone } = this.#watch;
    const { current } = bridge;
    const isIn = this.#bridgeId !== undefined && current?.id === this.#bridgeId;
    this.#bridgeId = undefined;
    this.#left.close();
    this.#watch.close();
    this.#giveUp.abort();
    const params = { channel: this.channel.id } as never;
    try {
      await ifStillThere(
        () => this.#playing?.stop() ?? Promise.resolve(),
        () => (isIn && !isGone ? undo(this.channel, () => current.removeChannel(params)) : Promise.resolve()),
        () => this.#dialing ?? Promise.resolve(),
        // Whoever is left alone, or has answered just now.
        async () => this.#answer && hangUp(this.#answer.channel),
      );
    } finally {
      this.#forget('talked');
      await this.#leaveBridge();
    }
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
