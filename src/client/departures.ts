import type { Dispatcher } from '../events/dispatcher.js';
import { subscribedSources } from './event-sources.js';
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
  /** The same if Asterisk has no usable answer about it. */
  unclearMs: number;
}

/** Events that are still under way, such as the start in another application after a move, come within this time. */
const graceMs = 2_000;

/** At most how long after Asterisk could not say whether something is there it is asked again: somebody may wait for it. */
const longestUnclearMs = 4_000;

/** What is due so soon is asked for at once, with the rest. */
const nearMs = 500;

const longestMs = 60_000;

/** Most applications that are asked because events of theirs were dispatched; whatever feeds them may be out of order. */
const maxFed = 100;

/**
 * Lets go of listeners of objects that end without telling: Asterisk sends the last event of an object only to
 * applications that watch it then. A channel that came through the dialplan is not watched after `StasisEnd`, a bridge
 * not after our last channel was taken out of it. What may have ended is looked after a little later, many in one go;
 * with an event connection or without one, for a client that is fed by `dispatch`.
 */
export class Departures {
  readonly #dispatcher: Dispatcher;
  readonly #inquiry: Inquiry;
  readonly #logger: Logger;
  readonly #candidates = new Map<string, Candidate>();
  #apps: ReadonlySet<string> = new Set();
  /** Applications whose events come some other way. */
  readonly #fed = new Set<string>();
  /** Aborts while the connection is interrupted. */
  #life = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(dispatcher: Dispatcher, inquiry: Inquiry, logger: Logger) {
    this.#dispatcher = dispatcher;
    this.#inquiry = inquiry;
    this.#logger = logger;
  }

  /** The event connection is open, until the signal aborts. What is gone since is somebody else's business. */
  open(apps: ReadonlySet<string>, signal: AbortSignal): void {
    this.#begin(apps);
    signal.addEventListener('abort', () => this.#clear(), { once: true });
  }

  /** There is no event connection, and none is being opened. */
  detached(): void {
    this.#begin(new Set());
  }

  /** An application's events come some other way. */
  fed(app: unknown): void {
    if (typeof app === 'string' && this.#fed.size < maxFed) {
      this.#fed.add(app);
    }
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

  #begin(apps: ReadonlySet<string>): void {
    this.#apps = apps;
    if (this.#life.signal.aborted) {
      this.#life = new AbortController();
    }
  }

  #note(kind: MortalKind, id: string, justLeft: boolean): void {
    if (!this.#life.signal.aborted) {
      const key = `${kind} ${id}`;
      const hasLeft = justLeft || (this.#candidates.get(key)?.hasLeft ?? false);
      const dueAt = performance.now() + graceMs;
      this.#candidates.set(key, { kind, id, hasLeft, dueAt, againMs: longestMs / 4, unclearMs: graceMs });
      this.#schedule(graceMs);
    }
  }

  #isHeard(kind: MortalKind, id: string): boolean {
    return this.#dispatcher.objects(kind)?.get(id) !== undefined;
  }

  #clear(): void {
    this.#life.abort();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#candidates.clear();
  }

  #schedule(delayMs: number): void {
    this.#timer ??= setTimeout(() => void this.#look(), delayMs).unref();
  }

  async #look(): Promise<void> {
    const { signal } = this.#life;
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
    const sources = subscribedSources(await this.#askApplications(signal));
    const unwatched = due.filter(({ kind, id }) => !sources.has(sourceOf(kind, id)));
    for (const kind of mortalKinds) {
      const ofKind = unwatched.filter((candidate) => candidate.kind === kind);
      // A channel that left may go on in the dialplan: if it comes back, it is a new call to the application. A bridge
      // lives on until it is destroyed, and others may enter it.
      const mayLive = ofKind.filter(({ hasLeft }) => kind !== 'Channel' || !hasLeft).map(({ id }) => id);
      const { present, unclear } = await this.#inquiry.presence(kind, mayLive, signal);
      const isGone = ({ id }: Candidate): boolean => !present.has(id) && !unclear.has(id);
      for (const { id } of ofKind.filter(isGone)) {
        this.#dispatcher.singles.drop(kind, id, 'has ended, or has left the applications that watched it');
      }
      this.#keep(ofKind.filter(({ id }) => present.has(id)));
      // Who waits for its end does not know either.
      this.#keep(
        ofKind.filter(({ id }) => unclear.has(id)),
        'unclearMs',
      );
    }
  }

  async #askApplications(signal: AbortSignal): Promise<ApplicationFacts[]> {
    const facts: ApplicationFacts[] = [];
    for (const app of new Set([...this.#apps, ...this.#fed])) {
      const answer = await this.#inquiry.application(app, signal);
      if (answer !== undefined) {
        facts.push(answer);
      }
    }
    return facts;
  }

  /** Looks again later, less and less often. */
  #keep(candidates: readonly Candidate[], after: 'againMs' | 'unclearMs' = 'againMs'): void {
    for (const candidate of this.#life.signal.aborted ? [] : candidates) {
      candidate.dueAt = performance.now() + candidate[after];
      candidate[after] = Math.min(after === 'unclearMs' ? longestUnclearMs : longestMs, candidate[after] * 2);
      const key = `${candidate.kind} ${candidate.id}`;
      if (!this.#candidates.has(key)) {
        this.#candidates.set(key, candidate);
      }
    }
  }
}

/** As an application subscribes to it; playbacks and recordings it cannot. */
function sourceOf(kind: MortalKind, id: string): string {
  return kind === 'Channel' ? `channel:${id}` : kind === 'Bridge' ? `bridge:${id}` : '';
}
