import { AriConnectionError } from '../errors/connection-error.js';
import { AriHttpError } from '../errors/http-error.js';
import { errorText } from '../support/error-text.js';
import { jitteredDelay } from '../support/backoff.js';
import type { Logger } from '../support/logger.js';
import { pause } from '../support/pause.js';
import type { Inquiry } from './inquiry.js';

/** Types of events that are let through. */
export type Types = ReadonlySet<string>;

/** Every type there is: an empty list means that to Asterisk too. */
export const all: Types = new Set();

/** Whatever filter there was, everything is sent. */
const everything = { allowed: [], disallowed: [] };

/** How long the filter of an application that is somebody else's now may take to be given back, in milliseconds. */
const partingMs = 2_000;

/**
 * Brings Asterisk to send what it is told to. Whatever happens on the way, it errs towards everything: until a filter is
 * confirmed for every application, nothing is taken for granted, and one that is refused is taken back everywhere.
 */
export class FilterSetter {
  readonly #inquiry: Inquiry;
  readonly #logger: Logger;
  #apps: ReadonlySet<string> = new Set();
  /** Aborts when the connection is gone; before there is one, everything is left as it is. */
  #signal = AbortSignal.abort();
  #target = all;
  /** What is sent, as far as every application's filter was confirmed; nobody knows while one is being set. */
  #sent: Types | undefined;
  /** Brings the two together. */
  #work: Promise<void> | undefined;
  #mayBeNarrow = false;
  #isRefused = false;

  constructor(inquiry: Inquiry, logger: Logger) {
    this.#inquiry = inquiry;
    this.#logger = logger;
  }

  /** What is to be sent. */
  get target(): Types {
    return this.#target;
  }

  /** Resolves when there is nothing to be done; undefined if there is nothing. */
  get work(): Promise<void> | undefined {
    return this.#work;
  }

  /** Asterisk lets nothing be kept back. */
  get isRefused(): boolean {
    return this.#isRefused;
  }

  /** Whether it is at work. */
  get isAttached(): boolean {
    return !this.#signal.aborted;
  }

  /** There is a connection, until the signal aborts. */
  attach(apps: ReadonlySet<string>, signal: AbortSignal): void {
    this.#apps = apps;
    this.#signal = signal;
    this.#sent = undefined;
    this.#isRefused = false;
    // What the last connection still had to say is nothing to this one.
    this.#work = undefined;
  }

  /** Leaves everything as it is. */
  detach(): void {
    this.#signal = AbortSignal.abort();
  }

  aim(target: Types): void {
    this.#target = target;
    if (this.#work === undefined && this.#sent !== target && this.isAttached) {
      this.#work = this.#approach(this.#signal);
    }
  }

  /** Gives back the filter of an application that another connection has now. */
  async part(app: string): Promise<void> {
    if (this.#mayBeNarrow) {
      const timely = AbortSignal.timeout(partingMs);
      await this.#inquiry.setFilter(app, everything, timely).catch((error: unknown) => {
        this.#logger.warn(`the event filter of ${app} was not given back: ${errorText(error)}`);
      });
    }
  }

  /** Never rejects: what does not work out is told in the log. */
  async #approach(signal: AbortSignal): Promise<void> {
    for (let attempt = 1; this.#sent !== this.#target && !signal.aborted; attempt += 1) {
      const target = this.#target;
      this.#sent = undefined;
      try {
        await this.#tell(target, signal);
        this.#sent = target;
        attempt = 0;
      } catch (error) {
        if (!signal.aborted && !isPassing(error)) {
          this.#refused(target, error);
        } else if (!signal.aborted) {
          this.#logger.debug(`the event filter is set again: ${errorText(error)}`);
          await pause(jitteredDelay(attempt, 200, 10_000), signal);
        }
      }
    }
    if (this.#signal === signal) {
      this.#work = undefined;
    }
  }

  /** @throws what went wrong last, after each application was tried */
  async #tell(target: Types, signal: AbortSignal): Promise<void> {
    const filter = { ...everything, allowed: [...target].map((type) => ({ type })) };
    this.#mayBeNarrow ||= target !== all;
    let refusal: unknown;
    for (const app of this.#apps) {
      try {
        await this.#inquiry.setFilter(app, filter, signal);
      } catch (error) {
        if (signal.aborted || error instanceof AriConnectionError) {
          throw error;
        }
        refusal = error;
      }
    }
    if (refusal !== undefined) {
      throw refusal as Error;
    }
    this.#mayBeNarrow = target !== all;
    this.#logger.debug(`Asterisk sends ${target === all ? 'all events' : [...target].join(', ')}`);
  }

  /** Asterisk is too old, or the user may only read. It will not change its mind. */
  #refused(target: Types, error: unknown): void {
    this.#isRefused = true;
    if (target === all) {
      this.#sent = all;
      const what = this.#mayBeNarrow ? 'Asterisk may keep events back' : 'events are not filtered by Asterisk';
      this.#logger.warn(`${what}: ${errorText(error)}`);
    } else {
      this.#logger.warn(`events are not filtered by Asterisk any more: ${errorText(error)}`);
    }
    this.#target = all;
  }
}

/** What may be otherwise in a moment. */
function isPassing(error: unknown): boolean {
  const status = error instanceof AriHttpError ? error.status : undefined;
  return (
    error instanceof AriConnectionError || status === 429 || (status !== undefined && status >= 500 && status !== 501)
  );
}
