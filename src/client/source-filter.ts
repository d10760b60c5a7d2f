import type { Dispatcher } from '../events/dispatcher.js';
import { lastEvents, partingEvents } from '../events/lifetime.js';
import type { AudienceWatcher, Topic } from '../events/topic.js';
import { ObjectHandle, idOf } from '../contract/object-handle.js';
import { AriValidationError } from '../errors/validation-error.js';
import type { Logger } from '../support/logger.js';
import { pause } from '../support/pause.js';
import { all, FilterSetter, type Types } from './filter-setter.js';
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

/**
 * Has Asterisk send only what is listened to (`eventFilter: 'auto'`). As soon as somebody listens to what is not sent,
 * all is sent, by one request for however many new listeners; when nothing new has come for a while, the filter is drawn
 * close around what is listened to then. So a burst of new listeners changes it twice, and what is listened to again and
 * again does not change it at all.
 */
export class SourceFilter implements AudienceWatcher {
  readonly #dispatcher: Dispatcher;
  readonly #logger: Logger;
  readonly #setter: FilterSetter;
  #apps: ReadonlySet<string> = new Set();
  /** When the last listener of a type has gone. */
  readonly #leftAt = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(dispatcher: Dispatcher, inquiry: Inquiry, logger: Logger) {
    this.#dispatcher = dispatcher;
    this.#logger = logger;
    this.#setter = new FilterSetter(inquiry, logger);
    dispatcher.watchAudience(this);
  }

  get ready(): Promise<void> {
    return this.#isWidening ? (this.#setter.work as Promise<void>) : Promise.resolve();
  }

  /**
   * Keeps a request back until Asterisk sends what is listened to, so that it causes nothing that nobody would hear;
   * undefined if it need not wait. An Asterisk that does not answer keeps it for a second.
   */
  beforeRequest(operation: string, signal: AbortSignal | undefined): Promise<void> | undefined {
    return this.#isWidening ? this.#wait(operation, signal) : undefined;
  }

  async #wait(operation: string, signal: AbortSignal | undefined): Promise<void> {
    await orAfter(patienceMs, this.ready, signal);
    if (this.#isWidening && signal?.aborted !== true) {
      const what = `Asterisk has not confirmed within ${patienceMs} ms that it sends what is listened to`;
      this.#logger.warn(`${what}: what ${operation} causes may not be heard`);
    }
  }

  /** @throws {AriValidationError} for a filter of the application's own, which would contradict this one */
  refuseOwn(operation: string, params: { readonly applicationName?: unknown } = {}): void {
    const { applicationName } = params;
    const app = applicationName instanceof ObjectHandle ? idOf(applicationName) : applicationName;
    if (operation === 'applications.filter' && typeof app === 'string' && this.#apps.has(app)) {
      const why = "has the filter that the client's option eventFilter: 'auto' gives it";
      throw new AriValidationError(`applications.filter: the application '${app}' ${why}`, 'applicationName');
    }
  }

  /** The connection is open: whatever filter was left there, all is sent until one knows what is listened to. */
  opened(apps: ReadonlySet<string>, signal: AbortSignal): Promise<void> {
    this.#apps = apps;
    this.#setter.attach(apps, signal);
    signal.addEventListener('abort', () => clearTimeout(this.#timer), { once: true });
    this.#setter.aim(all);
    this.#narrowIn(quietMs);
    return orAfter(patienceMs, this.ready, signal);
  }

  /** Another connection has taken an application over, and does not know of its filter. */
  replaced(app: string): void {
    void this.#setter.part(app);
  }

  /** The connection is about to be closed on purpose: the filter is given back. */
  async leaving(): Promise<void> {
    clearTimeout(this.#timer);
    this.#setter.aim(all);
    await orAfter(patienceMs, this.#setter.work ?? Promise.resolve(), undefined);
    this.#setter.detach();
  }

  changed({ name, audience }: Topic): void {
    if (!this.#setter.isAttached || this.#setter.isRefused) {
      return;
    }
    if (audience === 0) {
      this.#leftAt.set(name, performance.now());
      this.#timer ??= this.#narrowIn(lingerMs);
      return;
    }
    this.#leftAt.delete(name);
    if (!isAmong(this.#setter.target, name)) {
      this.#setter.aim(all);
    }
    if (this.#setter.target === all) {
      this.#narrowIn(quietMs);
    }
  }

  get #isWidening(): boolean {
    return this.#setter.target === all && this.#setter.work !== undefined;
  }

  #narrowIn(delayMs: number): NodeJS.Timeout {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#narrow(), delayMs).unref();
    return this.#timer;
  }

  #narrow(): void {
    this.#timer = undefined;
    if (!this.#setter.isAttached || this.#setter.isRefused) {
      return;
    }
    const wanted = this.#wanted();
    if (this.#setter.work !== undefined) {
      this.#narrowIn(quietMs);
    } else if (!isSame(wanted, this.#setter.target)) {
      this.#setter.aim(wanted);
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
