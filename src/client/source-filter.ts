import type { Dispatcher } from '../events/dispatcher.js';
import { lastEvents, partingEvents } from '../events/lifetime.js';
import type { AudienceWatcher, Topic } from '../events/topic.js';
import { AriConnectionError } from '../errors/connection-error.js';
import { AriValidationError } from '../errors/validation-error.js';
import { errorText } from '../support/error-text.js';
import { jitteredDelay } from '../support/backoff.js';
import type { Logger } from '../support/logger.js';
import { pause } from '../support/pause.js';
import type { Inquiry } from './inquiry.js';

/** What the client itself lives on, whether anybody listens to it or not. */
const ownTypes = [
  'RESTResponse',
  'ApplicationReplaced',
  'ApplicationRegistered',
  'ApplicationUnregistered',
  'StasisStart',
  ...lastEvents.keys(),
  ...partingEvents.keys(),
];

/** So long nothing new must have come to be listened to before Asterisk is told to send less, in milliseconds. */
const quietMs = 1_000;

/** So long a type of event is still sent after its last listener has gone: the next call will listen to it again. */
const lingerMs = 10_000;

/** How long an Asterisk that does not answer may hold up the closing of the connection, or a request. */
const patienceMs = 1_000;

/** Types of events that are let through. */
type Types = ReadonlySet<string>;

/** Every type there is: an empty list means that to Asterisk too. */
const all: Types = new Set();

/**
 * Has Asterisk send only what is listened to (`eventFilter: 'auto'`). As soon as somebody listens to what is not sent,
 * all is sent, by one request for however many new listeners; when nothing new has come for a while, the filter is drawn
 * close around what is listened to then. So a burst of new listeners changes it twice, and what is listened to again and
 * again does not change it at all.
 */
export class SourceFilter implements AudienceWatcher {
  readonly #dispatcher: Dispatcher;
  readonly #inquiry: Inquiry;
  readonly #logger: Logger;
  #apps: ReadonlySet<string> = new Set();
  /** Aborts when the connection is gone; before there is one, everything is left as it is. */
  #signal = AbortSignal.abort();
  /** What is to be sent. */
  #target = all;
  /** What is sent, as far as Asterisk has confirmed it. */
  #sent: Types | undefined;
  /** Brings the two together. */
  #work: Promise<void> | undefined;
  /** When the last listener of a type has gone. */
  readonly #leftAt = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(dispatcher: Dispatcher, inquiry: Inquiry, logger: Logger) {
    this.#dispatcher = dispatcher;
    this.#inquiry = inquiry;
    this.#logger = logger;
    dispatcher.watchAudience(this);
  }

  get ready(): Promise<void> {
    return this.#isWidening ? (this.#work as Promise<void>) : Promise.resolve();
  }

  /**
   * Keeps a request back until Asterisk sends what is listened to, so that it causes nothing that nobody would hear;
   * undefined if it need not wait. An Asterisk that does not answer keeps it for a second.
   */
  beforeRequest(signal: AbortSignal | undefined): Promise<void> | undefined {
    return this.#isWidening ? orAfter(patienceMs, this.ready, signal) : undefined;
  }

  /** @throws {AriValidationError} for a filter of the application's own, which would contradict this one */
  refuseOwn(operation: string, params: { readonly applicationName?: unknown } = {}): void {
    const { applicationName: app } = params;
    if (operation === 'applications.filter' && typeof app === 'string' && this.#apps.has(app)) {
      const why = "has the filter that the client's option eventFilter: 'auto' gives it";
      throw new AriValidationError(`applications.filter: the application '${app}' ${why}`, 'applicationName');
    }
  }

  /** The connection is open: whatever filter was left there, all is sent until one knows what is listened to. */
  opened(apps: ReadonlySet<string>, signal: AbortSignal): Promise<void> {
    this.#apps = apps;
    this.#signal = signal;
    this.#sent = undefined;
    // What the last connection still had to say is nothing to this one.
    this.#work = undefined;
    signal.addEventListener('abort', () => clearTimeout(this.#timer), { once: true });
    this.#aim(all);
    this.#narrowIn(quietMs);
    return orAfter(patienceMs, this.ready, signal);
  }

  /** The connection is about to be closed on purpose: the filter is given back. */
  async leaving(): Promise<void> {
    clearTimeout(this.#timer);
    this.#aim(all);
    await orAfter(patienceMs, this.#work ?? Promise.resolve(), undefined);
    this.#signal = AbortSignal.abort();
  }

  changed({ name, audience }: Topic): void {
    if (this.#signal.aborted) {
      return;
    }
    if (audience === 0) {
      this.#leftAt.set(name, performance.now());
      this.#timer ??= this.#narrowIn(lingerMs);
      return;
    }
    this.#leftAt.delete(name);
    if (!isAmong(this.#target, name)) {
      this.#aim(all);
    }
    if (this.#target === all) {
      this.#narrowIn(quietMs);
    }
  }

  get #isWidening(): boolean {
    return this.#target === all && this.#work !== undefined;
  }

  #aim(target: Types): void {
    this.#target = target;
    if (this.#work === undefined && this.#sent !== target && !this.#signal.aborted) {
      this.#work = this.#approach(this.#signal);
    }
  }

  /** Never rejects: what does not work out is told in the log. */
  async #approach(signal: AbortSignal): Promise<void> {
    for (let attempt = 1; this.#sent !== this.#target && !signal.aborted; attempt += 1) {
      const target = this.#target;
      try {
        await this.#tell(target, signal);
        this.#sent = target;
        attempt = 0;
      } catch (error) {
        if (error instanceof AriConnectionError) {
          await pause(jitteredDelay(attempt, 200, 10_000), signal);
        } else if (!signal.aborted) {
          this.#giveUp(error);
          return;
        }
      }
    }
    if (this.#signal === signal) {
      this.#work = undefined;
    }
  }

  async #tell(target: Types, signal: AbortSignal): Promise<void> {
    const allowed = [...target].map((type) => ({ type }));
    for (const app of this.#apps) {
      await this.#inquiry.setFilter(app, { allowed }, signal);
    }
    this.#logger.debug(`Asterisk sends ${target === all ? 'all events' : [...target].join(', ')}`);
  }

  /** Asterisk refuses: it is too old, or the user may only read. It will not change its mind. */
  #giveUp(error: unknown): void {
    this.#logger.warn(`events are not filtered by Asterisk: ${errorText(error)}`);
    clearTimeout(this.#timer);
    this.#signal = AbortSignal.abort();
    this.#work = undefined;
  }

  #narrowIn(delayMs: number): NodeJS.Timeout {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#narrow(), delayMs).unref();
    return this.#timer;
  }

  #narrow(): void {
    this.#timer = undefined;
    const wanted = this.#wanted();
    if (this.#work !== undefined) {
      this.#narrowIn(quietMs);
    } else if (!isSame(wanted, this.#target)) {
      this.#aim(wanted);
    }
    if (this.#leftAt.size > 0) {
      this.#timer ??= this.#narrowIn(lingerMs);
    }
  }

  #wanted(): Types {
    if (this.#dispatcher.wantsEverything) {
      return all;
    }
    const until = performance.now() - lingerMs;
    for (const [type, leftAt] of this.#leftAt) {
      if (leftAt <= until) {
        this.#leftAt.delete(type);
      }
    }
    const isWanted = (type: string): boolean =>
      this.#leftAt.has(type) || (this.#dispatcher.event(type)?.audience ?? 0) > 0;
    return new Set([...ownTypes, ...this.#dispatcher.eventTypes().filter(isWanted)]);
  }
}

function isAmong(types: Types, type: string): boolean {
  return types === all || types.has(type);
}

function isSame(some: Types, others: Types): boolean {
  return some.size === others.size && [...some].every((type) => others.has(type));
}

/** Resolves with the promise, after the time, or when the signal aborts: whatever comes first. */
async function orAfter(delayMs: number, promise: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  const patience = new AbortController();
  const stop = signal === undefined ? patience.signal : AbortSignal.any([patience.signal, signal]);
  await Promise.race([promise, pause(delayMs, stop)]);
  patience.abort();
}
