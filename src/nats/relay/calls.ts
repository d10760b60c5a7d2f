import { Change } from '../../support/change.js';
import { Deferred } from '../../support/deferred.js';
import { dropOldest } from '../../support/drop-oldest.js';
import type { Logger } from '../../support/logger.js';
import { pause } from '../../support/pause.js';
import { within } from '../../support/within.js';
import type { StasisEvent } from './stasis-event.js';

/** A call that enters an application. */
export interface NewCall {
  readonly app: string;
  readonly channelId: string;
  /** Its `StasisStart`, as Asterisk sent it. */
  readonly frame: Uint8Array;
  /** Another worker had it. */
  readonly isAdopted: boolean;
  /** Who watches has been told of its beginning. @default as `isAdopted` */
  readonly isTold?: boolean;
}

/** How an offer ends: a worker has the call, none wants it just now, nobody is there, or it is too long to be offered. */
export type Bidding = Bid | 'declined' | 'nobody' | 'tooLong';

/** A worker wants the call, and waits to be told whether it has it. */
interface Bid {
  readonly worker: string;
  readonly grant: () => void;
  readonly refuse: () => void;
}

export interface CallsHost {
  /** Offers a call to one worker of those who are there; it says in time whether it takes it. */
  offer(call: NewCall): Promise<Bidding>;
  /** Sends what concerns the call, or its channel, to whoever listens. */
  publish(frame: Uint8Array, event: StasisEvent): void;
  /** The call has begun, whoever has it: for who watches. */
  begun(call: NewCall): void;
  /** Nobody has taken the call in time, or nobody can be offered it, for it is too long. */
  unclaimed(call: NewCall, isTooLong: boolean): void;
  readonly logger: Logger;
}

/** What is known of a call that a worker has. */
export interface Owned {
  readonly worker: string;
  readonly app: string;
}

/** An event as it came, and what it says. */
interface HeldEvent {
  readonly frame: Uint8Array;
  readonly event: StasisEvent;
}

/** A call on offer, and what has come of it meanwhile. */
interface Open {
  readonly call: NewCall;
  readonly held: HeldEvent[];
  readonly life: AbortController;
  /** The channel has left the application that it was in before. */
  readonly left: Deferred<void>;
}

/** Time between two offers of a call that nobody has taken, in milliseconds. */
const againMs = 250;

/** Time until a call that nobody has taken is offered again, where it is left, in milliseconds. */
const laterMs = 5_000;

/** How long the end of what a moved channel was in before may take after its new beginning, in milliseconds. */
const leftMs = 1_000;

/** Most events that are held of a call on offer. */
const maxHeld = 500;

/** Most channels of whose making we know without having heard of them. */
const maxMade = 10_000;

/**
 * Which worker has which call. A call is offered to one worker after the other until one takes it; what comes of it
 * meanwhile is held back, so that whoever takes it hears everything.
 */
export class Calls {
  readonly #host: CallsHost;
  readonly #offerForMs: number;
  readonly #owned = new Map<string, Owned>();
  readonly #open = new Map<string, Open>();
  /** Channels that workers make, and who. */
  readonly #made = new Map<string, string>();
  /** Calls that are to be offered again. */
  readonly #later = new Map<string, NodeJS.Timeout>();
  /** A call is over, or nobody offers any more. */
  readonly #change = new Change();
  #isClosed = false;

  constructor(host: CallsHost, offerForMs: number) {
    this.#host = host;
    this.#offerForMs = offerForMs;
  }

  /** How many calls workers have. */
  get owned(): number {
    return this.#owned.size;
  }

  /** How many calls are on offer. */
  get offered(): number {
    return this.#open.size;
  }

  get(channelId: string): Owned | undefined {
    return this.#owned.get(channelId);
  }

  has(channelId: string): boolean {
    return this.#owned.has(channelId) || this.#open.has(channelId);
  }

  /** Workers that have calls, and how many. */
  workers(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { worker } of this.#owned.values()) {
      counts.set(worker, (counts.get(worker) ?? 0) + 1);
    }
    return counts;
  }

  /** The channels that a worker has. */
  of(worker: string): string[] {
    return [...this.#owned].filter(([, owned]) => owned.worker === worker).map(([id]) => id);
  }

  /** A worker makes a channel: it is its own, and is offered to nobody. */
  making(channelId: string, worker: string): void {
    this.#made.set(channelId, worker);
    dropOldest(this.#made, maxMade);
  }

  /** It was not made. */
  notMade(channelId: string): void {
    this.#made.delete(channelId);
  }

  /** A channel has entered an application. False if its events go where they go: somebody has it. */
  started(call: NewCall): boolean {
    const { channelId, app } = call;
    const owner = this.#made.get(channelId) ?? this.#owned.get(channelId)?.worker;
    this.#made.delete(channelId);
    // Moved to another application, it is for whoever serves that.
    const isMoved = (this.#owned.get(channelId)?.app ?? app) !== app;
    if (owner !== undefined && !call.isAdopted && !isMoved) {
      this.#owned.set(channelId, { worker: owner, app });
      return false;
    }
    if (!this.#open.has(channelId)) {
      this.#owned.delete(channelId);
      void this.#offer(call, isMoved);
    }
    return true;
  }

  /** Holds an event back if it concerns a call on offer. */
  holds(channelId: string, frame: Uint8Array, event: StasisEvent): boolean {
    const open = this.#open.get(channelId);
    // That it has left another application is for whoever had it there.
    if (open === undefined || (event.type === 'StasisEnd' && event.application !== open.call.app)) {
      return false;
    }
    if (open.held.push({ frame, event }) > maxHeld) {
      open.held.shift();
      this.#host.logger.error(
        `an event of the call ${channelId}, which nobody has taken yet, was lost: more than ${maxHeld}`,
      );
    }
    return true;
  }

  /** A call that nobody has taken, and that is left where it is, is offered again some time later. */
  offerLater(call: NewCall): void {
    const timer = setTimeout(() => {
      this.#later.delete(call.channelId);
      this.started({ ...call, isTold: true });
    }, laterMs);
    this.#later.set(call.channelId, timer);
  }

  /** The channel has left the application, any without one, or is gone. */
  ended(channelId: string, app?: string): void {
    const open = this.#open.get(channelId);
    const present = open?.call.app ?? this.#owned.get(channelId)?.app;
    if (app !== undefined && present !== undefined && present !== app) {
      open?.left.resolve();
      return;
    }
    clearTimeout(this.#later.get(channelId));
    this.#later.delete(channelId);
    if (open !== undefined) {
      this.#open.delete(channelId);
      open.left.resolve();
      open.life.abort();
      this.#tell(open);
    }
    this.#owned.delete(channelId);
    this.#made.delete(channelId);
    this.#change.tell();
  }

  /** A worker has this call, as it says itself. What was held back of it is for that worker. */
  claimed(channelId: string, owned: Owned): void {
    const open = this.#open.get(channelId);
    this.#open.delete(channelId);
    this.#owned.set(channelId, owned);
    open?.left.resolve();
    open?.life.abort();
    open?.held.forEach(({ frame, event }) => this.#host.publish(frame, event));
  }

  /** A worker that was away says what it had: what is on offer is its own again. Returns what others have now. */
  returned(worker: string, channelIds: readonly string[]): string[] {
    for (const id of channelIds) {
      const open = this.#open.get(id);
      if (open !== undefined) {
        this.claimed(id, { worker, app: open.call.app });
      }
    }
    return channelIds.filter((id) => (this.#owned.get(id)?.worker ?? worker) !== worker);
  }

  /** Takes back what a worker had, to be offered anew. */
  lose(channelId: string): void {
    this.#owned.delete(channelId);
  }

  /** Resolves when no call is left, or it is closed. */
  async idle(): Promise<void> {
    while (this.#owned.size + this.#open.size > 0 && !this.#isClosed) {
      await this.#change.next;
    }
  }

  /** Offers nothing any more. */
  close(): void {
    this.#later.forEach((timer) => clearTimeout(timer));
    this.#later.clear();
    for (const { life } of this.#open.values()) {
      life.abort();
    }
    this.#isClosed = true;
    this.#change.tell();
  }

  /**
   * @param isMoved Asterisk tells the end in the former application before the beginning in this one, or just after it:
   * whoever takes the call is not to hear it, and to take it for the end of the call.
   */
  async #offer(call: NewCall, isMoved: boolean): Promise<void> {
    const open: Open = { call, held: [], life: new AbortController(), left: new Deferred() };
    this.#open.set(call.channelId, open);
    if (isMoved) {
      await within(leftMs, open.left.promise);
    }
    const bid = open.life.signal.aborted ? undefined : await this.#findTaker(open);
    if (this.#open.get(call.channelId) === open) {
      this.#open.delete(call.channelId);
    }
    if (typeof bid === 'object') {
      this.#owned.set(call.channelId, { worker: bid.worker, app: call.app });
      bid.grant();
      this.#tell(open);
    } else if (!open.life.signal.aborted) {
      this.#tell(open);
      this.#host.unclaimed(call, bid === 'tooLong');
    }
    this.#change.tell();
  }

  /** What was held back of a call, and its beginning: even if nobody has it, somebody may watch. */
  #tell({ call, held }: Open): void {
    if (!(call.isTold ?? call.isAdopted)) {
      this.#host.begun(call);
    }
    held.forEach(({ frame, event }) => this.#host.publish(frame, event));
  }

  /** Undefined if nobody takes it in time, or it is over. */
  async #findTaker({ call, life: { signal } }: Open): Promise<Bid | 'tooLong' | undefined> {
    const end = performance.now() + this.#offerForMs;
    do {
      const bidding = await this.#host.offer(call);
      if (typeof bidding === 'object' && !signal.aborted) {
        return bidding;
      }
      if (typeof bidding === 'object') {
        // It is over, or another worker's: whoever wants it keeps no place for it.
        bidding.refuse();
        return undefined;
      }
      if (bidding === 'tooLong') {
        return bidding;
      }
      this.#host.logger.debug(`the call ${call.channelId} was offered: ${bidding}`);
      await pause(againMs, signal);
    } while (performance.now() < end && !signal.aborted);
    return undefined;
  }
}
