import { AriAbortError } from '../../errors/abort-error.js';
import { AriValidationError } from '../../errors/validation-error.js';
import { checkRecord } from '../../support/check-option.js';
import { pause } from '../../support/pause.js';
import { Waiters } from '../../testing/control/waiters.js';
import type { TestAsterisk } from '../../testing/control/test-asterisk.js';
import { checkTrace } from '../check-trace.js';
import type { EventEntry, Trace, TraceEntry } from '../entries.js';
import { JournalReader } from '../journal.js';
import { idOf, objectsOf } from '../objects.js';
import { Comparison } from './comparison.js';
import type { Difference } from './difference.js';
import { IdMap } from './id-map.js';
import { checkReplayOptions, type ReplayOptions, type ReplaySettings } from './options.js';
import { Outside } from './outside.js';

/** How a replay went. */
export interface ReplayReport {
  /** How the application did otherwise than in the record; empty if it did the same. */
  readonly differences: readonly Difference[];
  /** How many requests it made as recorded. */
  readonly matched: number;
  /** What was said this time. */
  readonly trace: Trace;
  /** The differences in words, one a line; `as recorded` if there are none. */
  toString(): string;
}

/**
 * Plays a record to an application on a double of Asterisk, which must have a virtual clock: calls that came in, keys, hang-ups,
 * answers of who was called, and whatever else came from outside, each when the application has done what it had done
 * before in the record. Its requests are held against the recorded ones: ids may be others, and what did not wait for each
 * other may come in any order. The application must be started.
 * @throws {AriValidationError} for a wrong option, and for a trace with nothing to play or to compare; {AriAbortError} if the signal aborts
 */
export async function replay(trace: Trace, asterisk: TestAsterisk, options: ReplayOptions = {}): Promise<ReplayReport> {
  const settings = checkReplayOptions(options);
  checkReplayed(trace);
  checkRecord('replay: asterisk', asterisk, ['journal', 'clock', 'call']);
  const { autoAdvance } = asterisk.clock;
  asterisk.clock.autoAdvance = false;
  const run = new Replay(trace, asterisk, settings);
  try {
    return await run.run();
  } finally {
    run.close();
    asterisk.clock.autoAdvance = autoAdvance;
  }
}

/** Of a record of nothing, any application would do as recorded. */
function checkReplayed(trace: Trace): void {
  checkTrace('replay', trace);
  if (!trace.some(({ kind }) => kind === 'request' || kind === 'event')) {
    throw new AriValidationError('replay: trace must have a request or an event at least, and has none', 'trace');
  }
}

/** Nothing must have happened for that long for an application to be taken for idle, in real milliseconds. */
const quietMs = 10;

/** Nor in so many turns of the event loop: milliseconds pass as well while a busy machine gives the process no time. */
const quietTurns = 50;

/** How often that is looked at before one goes on all the same. */
const maxRounds = 20;

/** What only a caller does: other events may have come by themselves already, as what a request led to. */
const ofCaller = /^Channel(?:Dtmf|Hold|Unhold|Talking)/;

class Replay {
  readonly #trace: Trace;
  readonly #settings: ReplaySettings;
  readonly #comparison: Comparison;
  readonly #outside: Outside;
  readonly #reader = new JournalReader();
  readonly #now: TraceEntry[] = [];
  readonly #waiters = new Waiters();
  readonly #unwatch: () => void;

  constructor(trace: Trace, asterisk: TestAsterisk, settings: ReplaySettings) {
    this.#trace = trace;
    this.#settings = settings;
    const ids = new IdMap(trace.flatMap((entry) => objectsOf(entry).map(idOf)));
    this.#comparison = new Comparison(trace, ids, settings.ignores);
    this.#outside = new Outside({
      asterisk,
      trace,
      ids,
      told: (what, isIt) => this.#until(() => this.#hasTold(isIt), settings.timeoutMs, what),
      hasTold: (isIt) => this.#hasTold(isIt),
      connected: (recordedMs) => this.#connected(recordedMs),
    });
    const { journal } = asterisk;
    journal.history.forEach((happening) => this.#take(this.#reader.read(happening)));
    this.#comparison.begin();
    this.#unwatch = journal.watch((happening) => this.#take(this.#reader.read(happening)));
  }

  async run(): Promise<ReplayReport> {
    for (const [index, entry] of this.#trace.entries()) {
      const act = this.#outside.actOf(entry, index);
      if (act !== undefined) {
        this.#comparison.schedule.reach(index);
        await this.#settle();
        if (this.#comparison.schedule.isAwaited && entry.kind === 'event' && ofCaller.test(entry.type)) {
          this.#comparison.schedule.tellEarly();
        }
        await this.#play(act, entry);
      }
    }
    this.#comparison.schedule.reach(this.#trace.length);
    await this.#settle();
    await pause(this.#settings.settleMs, this.#settings.signal);
    this.#refuseAborted();
    this.#comparison.finish();
    return reportOf(this.#comparison, this.#now);
  }

  close(): void {
    this.#unwatch();
  }

  #take(entries: readonly TraceEntry[]): void {
    for (const entry of entries) {
      this.#now.push(entry);
      if (entry.kind === 'request') {
        this.#comparison.request(entry);
      } else if (entry.kind === 'answer') {
        this.#comparison.answer(entry);
      }
    }
    this.#waiters.notify();
  }

  /** Waits until the application has done what it had done by then in the record. */
  async #settle(): Promise<void> {
    const patience = this.#settings.timeoutMs + this.#comparison.schedule.recordedMs;
    try {
      await this.#until(() => this.#comparison.isSettled, patience, '');
    } catch {
      this.#refuseAborted();
    }
    await this.#quiet();
    this.#comparison.giveUp();
  }

  /** Waits until the application has heard what the double has told, and does nothing more about it. */
  async #quiet(): Promise<void> {
    for (let round = 0, known = -1; round < maxRounds && known !== this.#now.length; round += 1) {
      known = this.#now.length;
      await pause(quietMs, this.#settings.signal);
      await turns(quietTurns);
    }
    this.#refuseAborted();
  }

  async #play(act: () => void | Promise<void>, entry: TraceEntry): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.#refuseAborted();
      const what = entry.kind === 'event' ? entry.type : entry.kind;
      this.#comparison.findings.outside(`${what}: ${error instanceof Error ? error.message : String(error)}`, entry);
    }
  }

  async #until(check: () => boolean, timeoutMs: number, complaint: string): Promise<void> {
    this.#refuseAborted();
    const { signal } = this.#settings;
    const onAbort = (): void => this.#waiters.notify();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      await this.#waiters.until(
        () => check() || signal.aborted,
        timeoutMs,
        () => complaint,
      );
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
    this.#refuseAborted();
  }

  /** Its answer is what opens an event connection. */
  async #connected(recordedMs: number): Promise<void> {
    const count = (): number => this.#now.filter((entry) => entry.kind === 'answer' && entry.status === 101).length;
    const before = count();
    const patience = this.#settings.timeoutMs + recordedMs;
    await this.#until(() => count() > before, patience, 'the event connection does not come back');
  }

  #hasTold(isIt: (event: EventEntry) => boolean): boolean {
    return this.#now.some((entry) => entry.kind === 'event' && isIt(entry));
  }

  #refuseAborted(): void {
    const { signal } = this.#settings;
    if (signal.aborted) {
      throw new AriAbortError('the replay was given up', 'notSent', { cause: signal.reason });
    }
  }
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function reportOf({ findings: { differences }, matched }: Comparison, trace: Trace): ReplayReport {
  const lines = differences.map(({ kind, text }) => `${kind}: ${text}`);
  return { differences, matched, trace, toString: () => lines.join('\n') || 'as recorded' };
}
