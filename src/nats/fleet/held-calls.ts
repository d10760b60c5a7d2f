import { Change } from '../../support/change.js';
import type { LinkedNode } from './fleet-node.js';

/** How long after a channel has left its application something of it may still come, in milliseconds. */
const afterMs = 5_000;

/** A call that this worker has. */
interface Held<C extends object> {
  readonly node: LinkedNode<C>;
  readonly channelId: string;
  readonly isAdopted: boolean;
  /** It is this worker's, as far as it knows; it has only asked for others. */
  readonly isCertain: boolean;
}

/** How a worker has a call. */
export interface HoldOptions {
  /** Another one had it. @default false */
  readonly isAdopted?: boolean;
  /** @default true */
  readonly isCertain?: boolean;
}

/** The calls that a worker has: it gets their events until they are over. */
export class HeldCalls<C extends object> {
  readonly #held = new Map<string, Held<C>>();
  readonly #timers = new Set<NodeJS.Timeout>();
  /** A call is over, or all of them are nobody's business any more. */
  readonly #change = new Change();
  #isClosed = false;

  /** How many it has. */
  get size(): number {
    return this.#held.size;
  }

  /** The channels that it certainly has on a node. */
  on(nodeId: string): string[] {
    return [...this.#held.values()]
      .filter(({ node, isCertain }) => node.id === nodeId && isCertain)
      .map(({ channelId }) => channelId);
  }

  /** Whether a call was another worker's. */
  isAdopted(nodeId: string, channelId: string): boolean {
    return this.#held.get(keyOf(nodeId, channelId))?.isAdopted ?? false;
  }

  /** Has a call from now on. False if it had it already. */
  hold(node: LinkedNode<C>, channelId: string, options: HoldOptions = {}): boolean {
    const { isAdopted = false, isCertain = true } = options;
    const key = keyOf(node.id, channelId);
    const isNew = !this.#held.has(key);
    if (isNew || isCertain) {
      this.#held.set(key, { node, channelId, isAdopted, isCertain });
    }
    if (isNew) {
      node.link.wanted('Channel', channelId);
    }
    return isNew;
  }

  /** Has a call that has begun and was offered to nobody, if it has it not already. */
  begun(node: LinkedNode<C>, channelId: string): void {
    if (!this.#held.has(keyOf(node.id, channelId))) {
      this.hold(node, channelId);
    }
  }

  /** A call was not granted. False if it was after all, by another offer. */
  giveUp(node: LinkedNode<C>, channelId: string): boolean {
    const isGranted = this.#held.get(keyOf(node.id, channelId))?.isCertain ?? false;
    if (!isGranted) {
      this.ended(node, channelId, true);
    }
    return !isGranted;
  }

  /** A channel has ended, or left its application, on a node: it is over soon. */
  ended(node: LinkedNode<C>, channelId: string, isGone: boolean): void {
    if (this.#held.delete(keyOf(node.id, channelId))) {
      const timer = setTimeout(
        () => {
          this.#timers.delete(timer);
          node.link.unwanted('Channel', channelId);
        },
        isGone ? 0 : afterMs,
      ).unref();
      this.#timers.add(timer);
    }
    this.#change.tell();
  }

  /** A call is another worker's now: nothing of it is to come any more. */
  lost(node: LinkedNode<C>, channelId: string): void {
    if (this.#held.delete(keyOf(node.id, channelId))) {
      node.link.unwanted('Channel', channelId);
    }
    this.#change.tell();
  }

  /** Resolves when the last call is over, or it is closed. */
  async idle(): Promise<void> {
    while (this.#held.size > 0 && !this.#isClosed) {
      await this.#change.next;
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#change.tell();
    this.#timers.forEach((timer) => clearTimeout(timer));
  }
}

function keyOf(nodeId: string, channelId: string): string {
  return `${nodeId} ${channelId}`;
}
