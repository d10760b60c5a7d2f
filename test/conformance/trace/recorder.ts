import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { RawAnswer } from '../raw.js';
import { normalise } from './normalise.js';
import { ObjectTraces } from './objects.js';
import type { Trace } from './trace.js';

interface RequestMessage {
  readonly operation: string;
  readonly method: string;
  readonly status?: number;
  readonly error?: unknown;
}

/** Time without an event after which a scenario is over, and the longest to wait for that; in milliseconds. */
const quietMs = 250;
const longestMs = 5_000;

/** Notes what the clients of a scenario ask and hear, by what the SDK tells diagnostics of. */
export class Recorder {
  readonly #app: string;
  readonly #requests: { line: string; reading: boolean }[] = [];
  readonly #pending = new Map<object, { line: string; reading: boolean }>();
  readonly #objects: ObjectTraces;
  #lastEvent = 0;

  constructor(app: string) {
    this.#app = app;
    this.#objects = new ObjectTraces(app);
    subscribe('asterisk-ari:request:start', this.#onStart);
    subscribe('asterisk-ari:request:end', this.#onEnd);
    subscribe('asterisk-ari:request:error', this.#onEnd);
    subscribe('asterisk-ari:event', this.#onEvent);
  }

  /** Notes a request that was made without the SDK. */
  raw(method: string, path: string, { status, message }: RawAnswer): void {
    const line =
      `${method} ${normalise(path, this.#app).slice(0, 80)} ${status} ${normalise(message, this.#app)}`.trim();
    this.#requests.push({ line, reading: false });
  }

  /** Waits until no more events come, and gives what there was. */
  async finish(): Promise<Trace> {
    const end = Date.now() + longestMs;
    this.#lastEvent = Date.now();
    while (Date.now() < end && Date.now() - this.#lastEvent < quietMs) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    // Who reads until something is there reads a different number of times.
    const requests = this.#requests.filter(({ line, reading }, index) => {
      return !reading || line !== this.#requests[index - 1]?.line;
    });
    return { requests: requests.map(({ line }) => line), objects: this.#objects.traces };
  }

  close(): void {
    unsubscribe('asterisk-ari:request:start', this.#onStart);
    unsubscribe('asterisk-ari:request:end', this.#onEnd);
    unsubscribe('asterisk-ari:request:error', this.#onEnd);
    unsubscribe('asterisk-ari:event', this.#onEvent);
  }

  #onStart = (message: unknown): void => {
    const { operation, method } = message as RequestMessage;
    const entry = { line: `${operation} without an answer`, reading: method === 'GET' };
    this.#requests.push(entry);
    this.#pending.set(message as object, entry);
  };

  #onEnd = (message: unknown): void => {
    const { operation, status, error } = message as RequestMessage;
    const entry = this.#pending.get(message as object);
    if (entry !== undefined && status !== undefined) {
      const words = (error as { serverMessage?: string } | undefined)?.serverMessage ?? '';
      entry.line = normalise(`${operation} ${status} ${words}`, this.#app).trim();
    }
  };

  #onEvent = (message: unknown): void => {
    const event = JSON.parse((message as { event: string }).event) as Readonly<Record<string, unknown>>;
    // Answers to requests are noted as such.
    if (event['type'] !== 'RESTResponse' && String(event['application']).startsWith(this.#app)) {
      this.#lastEvent = Date.now();
      this.#objects.add(event);
    }
  };
}
