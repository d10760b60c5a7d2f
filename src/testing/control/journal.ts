import type { EventBody } from '../engine/events.js';
import { matches, type RequestMatch } from './request-match.js';

/** A request that was answered, or left without an answer. */
export interface RecordedRequest {
  readonly transport: 'http' | 'websocket';
  readonly method: string;
  /** Below `/ari`, with its leading slash and without its query. */
  readonly path: string;
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
  readonly applications: readonly string[];
  /** Without `application` and `asterisk_id`, which differ by receiver. */
  readonly event: EventBody;
}

/** What happened between the double and its clients, for a test to look at. The oldest entries go when it is full. */
export class Journal {
  readonly #requests: RecordedRequest[] = [];
  readonly #events: RecordedEvent[] = [];
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get requests(): readonly RecordedRequest[] {
    return this.#requests;
  }

  get events(): readonly RecordedEvent[] {
    return this.#events;
  }

  requestsTo(match: RequestMatch): RecordedRequest[] {
    return this.#requests.filter((request) => matches(match, request));
  }

  eventsOf(type: string): RecordedEvent[] {
    return this.#events.filter((event) => event.type === type);
  }

  clear(): void {
    this.#requests.length = 0;
    this.#events.length = 0;
  }

  /** @internal */
  addRequest(request: RecordedRequest): void {
    append(this.#requests, request, this.#limit);
  }

  /** @internal */
  addEvent(event: RecordedEvent): void {
    append(this.#events, event, this.#limit);
  }
}

function append<T>(entries: T[], entry: T, limit: number): void {
  if (limit <= 0) return;
  if (entries.length >= limit) entries.splice(0, entries.length - limit + 1);
  entries.push(entry);
}
