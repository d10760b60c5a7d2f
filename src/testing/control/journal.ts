import { check } from '../checks/check.js';
import { text, wait } from '../checks/kinds.js';
import { requestMatch } from '../checks/requests.js';
import type { EventBody } from '../engine/events.js';
import { Recent } from './recent.js';
import { matches, type RequestMatch } from './request-match.js';
import { Waiters, type WaitOptions } from './waiters.js';

/** A request that was answered, or left without an answer. */
export interface RecordedRequest {
  /** How it came: by HTTP, or over an event socket. */
  readonly transport: 'http' | 'websocket';
  readonly method: string;
  /** Below `/ari`, with its leading slash and without its query. */
  readonly path: string;
  /** What it asks for: `channels.answer`; empty if that is nothing that Asterisk knows. */
  readonly operation: string;
  /** What stands in the path in place of its wildcards: `{ channelId: '…' }`. */
  readonly ids: Readonly<Record<string, string>>;
  /** Query and form parameters; of several with one name the last. */
  readonly query: Readonly<Record<string, string>>;
  /** The JSON body, if there was one. */
  readonly body: unknown;
  /** Status of the answer; 0 if there was none. */
  status: number;
  /** JSON of the answer, if it had any. */
  response: unknown;
}

/** An event, and the applications that it was sent to. */
export interface RecordedEvent {
  readonly type: string;
  /** Names of the applications that got it; empty if nobody did. */
  readonly applications: readonly string[];
  /** Without `application` and `asterisk_id`, which differ by receiver. */
  readonly event: EventBody;
}

/** Something that happened, and when: in real milliseconds since 1970, with fractions. */
export type Happening =
  | { readonly kind: 'request' | 'answer'; readonly at: number; readonly request: RecordedRequest }
  | { readonly kind: 'event'; readonly at: number; readonly event: RecordedEvent };

/** What happened between the double and its clients, for a test to look at. The oldest entries go when it is full. */
export class Journal {
  readonly #requests: Recent<RecordedRequest>;
  readonly #events: Recent<RecordedEvent>;
  readonly #history: Recent<Happening>;
  readonly #waiters = new Waiters();
  readonly #watchers = new Set<(happening: Happening) => void>();

  constructor(limit: number) {
    this.#requests = new Recent(limit);
    this.#events = new Recent(limit);
    this.#history = new Recent(limit);
  }

  /** Requests, the oldest first. */
  get requests(): readonly RecordedRequest[] {
    return this.#requests.entries;
  }

  /** Events, the oldest first; those that no application got among them. */
  get events(): readonly RecordedEvent[] {
    return this.#events.entries;
  }

  /** Requests, answers and events in their order, as many of them as are kept of requests alone. */
  get history(): readonly Happening[] {
    return this.#history.entries;
  }

  /** Requests that match, the oldest first. */
  requestsTo(match: RequestMatch): RecordedRequest[] {
    check('journal.requestsTo', { match }, { match: requestMatch });
    return this.requests.filter((request) => matches(match, request));
  }

  /** Events of a type, the oldest first. */
  eventsOf(type: string): RecordedEvent[] {
    check('journal.eventsOf', { type }, { type: text });
    return this.events.filter((event) => event.type === type);
  }

  /**
   * Waits for a request that matches, if none has come; its `status` is 0 until it is answered.
   * @returns the first one
   * @throws {AriTimeoutError} that says which have come instead
   */
  async waitForRequest(match: RequestMatch, options: WaitOptions = {}): Promise<RecordedRequest> {
    check('journal.waitForRequest', { match, options }, { match: requestMatch, options: wait });
    const wanted = ['a request', match.method, match.path].filter((part) => part !== undefined).join(' ');
    const lines = (): string[] => this.requests.map(({ method, path }) => `${method} ${path}`);
    return this.#first(() => this.requestsTo(match)[0], wanted, lines, options);
  }

  /**
   * Waits for an event of a type, if none has come: for `RecordingStarted`, say.
   * @returns the first one
   * @throws {AriTimeoutError} that says which have come instead
   */
  async waitForEvent(type: string, options: WaitOptions = {}): Promise<RecordedEvent> {
    check('journal.waitForEvent', { type, options }, { type: text, options: wait });
    const types = (): string[] => this.events.map((event) => event.type);
    return this.#first(() => this.events.find((event) => event.type === type), `an event ${type}`, types, options);
  }

  /** Forgets everything so far. */
  clear(): void {
    this.#requests.clear();
    this.#events.clear();
    this.#history.clear();
  }

  /** @internal */
  addRequest(request: RecordedRequest): void {
    this.#requests.add(request);
    this.#tell({ kind: 'request', at: now(), request });
  }

  /** @internal */
  addAnswer(request: RecordedRequest): void {
    this.#tell({ kind: 'answer', at: now(), request });
  }

  /** @internal */
  addEvent(event: RecordedEvent): void {
    this.#events.add(event);
    this.#tell({ kind: 'event', at: now(), event });
  }

  /** @internal Tells of everything from now on; returns what ends that. */
  watch(watcher: (happening: Happening) => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  async #first<T>(
    find: () => T | undefined,
    wanted: string,
    instead: () => readonly string[],
    options: WaitOptions,
  ): Promise<T> {
    let found: T | undefined;
    const isThere = (): boolean => (found ??= find()) !== undefined;
    const last = (): string => instead().slice(-5).join(', ') || 'none';
    await this.#waiters.patiently(isThere, wanted, options, () => `the last ones are ${last()}`);
    return found as T;
  }

  #tell(happening: Happening): void {
    this.#history.add(happening);
    for (const watcher of this.#watchers) watcher(happening);
    this.#waiters.notify();
  }
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
