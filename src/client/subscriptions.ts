import { eventSourceOf, idOf, ObjectHandle } from '../contract/object-handle.js';
import { AriHttpError } from '../errors/http-error.js';
import { everySource, isSubscribed, isSupported } from './event-sources.js';
import { readApplication, type ApplicationFacts } from './application-facts.js';
import type { FilterLists, Inquiry } from './inquiry.js';
import { errorText } from '../support/error-text.js';
import type { Logger } from '../support/logger.js';

/** What was asked of one application. */
interface Wishes {
  /** By the application itself. */
  readonly sources: Set<string>;
  /** On the client's own account. */
  readonly held: Set<string>;
  filter: FilterLists | undefined;
  /** So many sources are remembered before one looks which of them are still there. */
  pruneAt: number;
}

const firstPrune = 64;

/** How long an Asterisk that does not answer may hold up the closing of the connection. */
const takeBackMs = 1_000;

/**
 * What this client subscribed its applications to, and which events it lets through: Asterisk forgets it with the
 * application, which it may do as soon as nobody is connected.
 */
export class Subscriptions {
  readonly #inquiry: Inquiry;
  readonly #logger: Logger;
  readonly #apps = new Map<string, Wishes>();

  constructor(inquiry: Inquiry, logger: Logger) {
    this.#inquiry = inquiry;
    this.#logger = logger;
  }

  /**
   * Takes note of a request that succeeded, if it is one of those that subscribe or filter.
   * @throws {AriProtocolError} if what is read of the answer is not as described
   */
  observe(operation: string, params: unknown, result: unknown): void {
    const { applicationName, eventSource } = (params ?? {}) as { applicationName?: unknown; eventSource?: unknown };
    switch (operation) {
      case 'applications.subscribe':
        this.#subscribed(textOf(applicationName), textsOf(eventSource));
        return this.#prune(textOf(applicationName), factsOf(operation, result));
      case 'applications.unsubscribe':
        return this.#unsubscribed(textOf(applicationName), textsOf(eventSource));
      case 'applications.filter':
        return this.#filtered(textOf(applicationName), factsOf(operation, result));
    }
  }

  /** The client subscribes an application on its own account. */
  hold(app: string, source: string): void {
    this.#of(app).held.add(source);
  }

  /** It does so no longer. */
  letGo(app: string, source: string): void {
    this.#of(app).held.delete(source);
  }

  /** Whether the client has subscribed the application on its own account. */
  isHeld(app: string, source: string): boolean {
    return this.#of(app).held.has(source);
  }

  /** Whether the application has asked for it itself. */
  isAsked(app: string, source: string): boolean {
    return this.#of(app).sources.has(source);
  }

  /** Makes an application's subscriptions and filter in Asterisk what they ought to be. */
  async restore(app: string, subscribeAll: boolean, signal: AbortSignal): Promise<void> {
    const { sources, held, filter } = this.#of(app);
    if (!subscribeAll && sources.size + held.size === 0 && filter === undefined) {
      return;
    }
    const facts = await this.#inquiry.application(app, signal);
    if (facts === undefined) {
      return;
    }
    const wanted = new Set([...(subscribeAll ? everySource : []), ...sources, ...held]);
    await this.#subscribe(
      app,
      [...wanted].filter((source) => isSupported(facts, source) && !isSubscribed(facts, source)),
      signal,
    );
    if (filter !== undefined) {
      await this.#inquiry.setFilter(app, filter, signal);
    }
  }

  /**
   * Takes back what applications are subscribed to of device states; undefined if that is nothing. An Asterisk that is
   * delivering such an event when the connection closes may come to a standstill: the end of the connection waits for the
   * event, the event for the connection, and the end of every other connection for both, until no more are accepted
   * (issue 2170 of Asterisk; seen on 22.10). Taken back beforehand, they wait for nothing.
   */
  takeBackDeviceStates(apps: Iterable<string>, subscribeAll: boolean): Promise<void> | undefined {
    const subscribed = [...apps]
      .map((app) => ({ app, sources: this.#deviceStates(app, subscribeAll) }))
      .filter(({ sources }) => sources.length > 0);
    return subscribed.length === 0 ? undefined : this.#takeBack(subscribed);
  }

  #deviceStates(app: string, subscribeAll: boolean): string[] {
    const { sources: asked, held } = this.#of(app);
    const sources = [...(subscribeAll ? everySource : []), ...asked, ...held];
    return [...new Set(sources)].filter((source) => source.startsWith('deviceState:'));
  }

  /** Never rejects: the connection is going to be closed in any case. */
  async #takeBack(subscribed: readonly { app: string; sources: string[] }[]): Promise<void> {
    const attempts = subscribed.map(({ app, sources }) =>
      each(sources, {
        send: (some) => this.#inquiry.unsubscribe(app, some, takeBackMs),
        onRefusal: (source, error) => this.#logger.debug(`${app} was not subscribed to ${source}: ${error.message}`),
      }),
    );
    for (const outcome of await Promise.allSettled(attempts)) {
      if (outcome.status === 'rejected') {
        this.#logger.warn(`device states are subscribed to while the connection closes: ${errorText(outcome.reason)}`);
      }
    }
  }

  #subscribe(app: string, sources: readonly string[], signal: AbortSignal): Promise<void> {
    return each(sources, {
      send: (some) => this.#inquiry.subscribe(app, some, signal),
      onRefusal: (source, error) => {
        this.#of(app).sources.delete(source);
        this.#of(app).held.delete(source);
        this.#logger.info(`${app} is not subscribed to ${source} any more: ${error.message}`);
      },
    });
  }

  #subscribed(app: string, sources: readonly string[]): void {
    const wishes = this.#of(app);
    for (const source of sources) {
      wishes.sources.add(source);
    }
  }

  #prune(app: string, facts: ApplicationFacts): void {
    const wishes = this.#of(app);
    if (wishes.sources.size >= wishes.pruneAt) {
      // Asterisk drops a subscription with its object; the answer shows which are left.
      for (const source of wishes.sources) {
        if (/^(channel|bridge):./.test(source) && !isSubscribed(facts, source)) {
          wishes.sources.delete(source);
        }
      }
      wishes.pruneAt = Math.max(firstPrune, 2 * wishes.sources.size);
    }
  }

  #unsubscribed(app: string, sources: readonly string[]): void {
    const wishes = this.#of(app);
    for (const source of sources) {
      wishes.sources.delete(source);
    }
  }

  #filtered(app: string, { events_allowed: allowed = [], events_disallowed: disallowed = [] }: ApplicationFacts): void {
    this.#of(app).filter = allowed.length + disallowed.length === 0 ? undefined : { allowed, disallowed };
  }

  #of(app: string): Wishes {
    let wishes = this.#apps.get(app);
    if (wishes === undefined) {
      wishes = { sources: new Set(), held: new Set(), filter: undefined, pruneAt: firstPrune };
      this.#apps.set(app, wishes);
    }
    return wishes;
  }
}

/** Sends all sources at once, or, if Asterisk refuses because of one of them, one after the other. */
async function each(
  sources: readonly string[],
  how: { send(sources: readonly string[]): Promise<void>; onRefusal(source: string, error: AriHttpError): void },
): Promise<void> {
  if (sources.length === 0) {
    return;
  }
  try {
    await how.send(sources);
  } catch (error) {
    if (!(error instanceof AriHttpError)) {
      throw error;
    }
    if (sources.length === 1) {
      how.onRefusal(sources[0] as string, error);
      return;
    }
    for (const source of sources) {
      await each([source], how);
    }
  }
}

function textOf(value: unknown): string {
  return value instanceof ObjectHandle ? idOf(value) : String(value);
}

function textsOf(value: unknown): string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.map((each) => (each instanceof ObjectHandle ? eventSourceOf(each) : String(each)));
}

/** The raw data of the application that such a request answers. */
function factsOf(operation: string, result: unknown): ApplicationFacts {
  return readApplication(operation, result instanceof ObjectHandle ? result.toJSON() : result);
}
