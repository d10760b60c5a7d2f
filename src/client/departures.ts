import type { Dispatcher } from '../events/dispatcher.js';
import { ObjectGoneError } from '../errors/object-gone-error.js';
import { isSubscribed } from './event-sources.js';
import type { ApplicationFacts } from './application-facts.js';
import { isMortal, mortalKinds, type Inquiry, type MortalKind } from './inquiry.js';
import { errorText } from '../support/error-text.js';
import type { Logger } from '../support/logger.js';

/** An object that may have sent its last event. */
interface Candidate {
  readonly kind: MortalKind;
  readonly id: string;
  /** It has left an application: unless another watches it, nothing comes of it even if it is still there. */
  readonly hasLeft: boolean;
  dueAt: number;
  /** Time until one looks again, if it is still there. */
  againMs: number;
}

/** Events that are still under way, such as the start in another application after a move, come within this time. */
const graceMs = 2_000;

/** What is due so soon is asked for at once, with the rest. */
const nearMs = 500;

const longestMs = 60_000;

/**
 * Lets go of listeners of objects that end without telling: Asterisk sends the last event of an object only to
 * applications that watch it then. A channel that came through the dialplan is not watched after `StasisEnd`, a bridge
 * not after our last channel was taken out of it. What may have ended is looked after a little later, many in one go.
 */
export class Departures {
  readonly #dispatcher: Dispatcher;
  readonly #inquiry: Inquiry;
  readonly #logger: Logger;
  readonly #candidates = new Map<string, Candidate>();
  #apps: ReadonlySet<string> = new Set();
  #signal = AbortSignal.abort();
  #timer: NodeJS.Timeout | undefined;

  constructor(dispatcher: Dispatcher, inquiry: Inquiry, logger: Logger) {
    this.#dispatcher = dispatcher;
    this.#inquiry = inquiry;
    this.#logger = logger;
  }

  /** The event connection is open, until the signal aborts. What is gone since is somebody else's business. */
  open(apps: ReadonlySet<string>, signal: AbortSignal): void {
    this.#apps = apps;
    this.#signal = signal;
    signal.addEventListener('abort', () => this.#clear(), { once: true });
  }

  /** The object may have ended. */
  suspect(kind: MortalKind, id: string): void {
    this.#note(kind, id, false);
  }

  /** The object has left an application of ours. */
  left(kind: string, id: string): void {
    if (isMortal(kind)) {
      this.#note(kind, id, true);
    }
  }

  #note(kind: MortalKind, id: string, justLeft: boolean): void {
    if (!this.#signal.aborted) {
      const key = `${kind} ${id}`;
      const hasLeft = justLeft || (this.#candidates.get(key)?.hasLeft ?? false);
      this.#candidates.set(key, { kind, id, hasLeft, dueAt: performance.now() + graceMs, againMs: longestMs / 4 });
      this.#schedule(graceMs);
    }
  }

  #isHeard(kind: MortalKind, id: string): boolean {
    return this.#dispatcher.objects(kind)?.get(id) !== undefined;
  }

  #clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#candidates.clear();
  }

  #schedule(delayMs: number): void {
    this.#timer ??= setTimeout(() => void this.#look(), delayMs).unref();
  }

  async #look(): Promise<void> {
    const signal = this.#signal;
    const due = this.#takeDue();
    try {
      if (due.length > 0) {
        await this.#judge(due, signal);
      }
    } catch (error) {
      this.#logger.debug(`could not ask what has ended: ${errorText(error)}`);
      this.#keep(due);
    }
    if (!signal.aborted) {
      this.#timer = undefined;
      if (this.#candidates.size > 0) {
        const next = Math.min(...[...this.#candidates.values()].map(({ dueAt }) => dueAt));
        this.#schedule(Math.max(graceMs, next - performance.now()));
      }
    }
  }

  /** Those whose time has come; of the others the ones that nobody listens to any more are forgotten as well. */
  #takeDue(): Candidate[] {
    const soon = performance.now() + nearMs;
    const due: Candidate[] = [];
    for (const [key, candidate] of this.#candidates) {
      const isHeard = this.#isHeard(candidate.kind, candidate.id);
      if (!isHeard || candidate.dueAt <= soon) {
        this.#candidates.delete(key);
      }
      if (isHeard && candidate.dueAt <= soon) {
        due.push(candidate);
      }
    }
    return due;
  }

  async #judge(due: readonly Candidate[], signal: AbortSignal): Promise<void> {
    const facts = await this.#askApplications(signal);
    const unwatched = due.filter(({ kind, id }) => !isWatched(facts, kind, id));
    for (const kind of mortalKinds) {
      const ofKind = unwatched.filter((candidate) => candidate.kind === kind);
      // A channel that left may go on in the dialplan: if it comes back, it is a new call to the application. A bridge
      // lives on until it is destroyed, and others may enter it.
      const mayLive = ofKind.filter(({ hasLeft }) => kind !== 'Channel' || !hasLeft).map(({ id }) => id);
      const { present, unclear } = await this.#inquiry.presence(kind, mayLive, signal);
      const isGone = ({ id }: Candidate): boolean => !present.has(id) && !unclear.has(id);
      for (const { id } of ofKind.filter(isGone)) {
        const message = `${kind} ${id} has ended, or has left the applications that watched it`;
        this.#dispatcher.objects(kind).drop(id, new ObjectGoneError(kind, id, message));
      }
      this.#keep(ofKind.filter((candidate) => !isGone(candidate)));
    }
  }

  async #askApplications(signal: AbortSignal): Promise<ApplicationFacts[]> {
    const facts: ApplicationFacts[] = [];
    for (const app of this.#apps) {
      const answer = await this.#inquiry.application(app, signal);
      if (answer !== undefined) {
        facts.push(answer);
      }
    }
    return facts;
  }

  /** Looks again later, less and less often. */
  #keep(candidates: readonly Candidate[]): void {
    for (const candidate of this.#signal.aborted ? [] : candidates) {
      candidate.dueAt = performance.now() + candidate.againMs;
      candidate.againMs = Math.min(longestMs, candidate.againMs * 2);
      const key = `${candidate.kind} ${candidate.id}`;
      if (!this.#candidates.has(key)) {
        this.#candidates.set(key, candidate);
      }
    }
  }
}

function isWatched(facts: readonly ApplicationFacts[], kind: MortalKind, id: string): boolean {
  const source = kind === 'Channel' ? `channel:${id}` : kind === 'Bridge' ? `bridge:${id}` : undefined;
  return source !== undefined && facts.some((each) => isSubscribed(each, source));
}
