import type { Engine } from '../engine/engine.js';
import { AriFailure } from '../http/failure.js';
import { failureReply, type Reply } from '../http/reply.js';
import type { Faults } from '../control/faults.js';
import type { Journal, RecordedRequest } from '../control/journal.js';
import type { RestRequest } from './rest-request.js';
import type { RestService, RoutedRequest, UpgradeReply } from './rest-service.js';

/** How the answer to a request gets away. */
export interface Answer {
  reply(reply: Reply): void;
  /** It asked for a WebSocket and may have it. */
  upgrade(): void;
  /** Cuts the connection. */
  drop(): void;
}

/** What an exchange works with. */
export interface ExchangeOptions {
  readonly engine: Engine;
  readonly rest: RestService;
  readonly faults: Faults;
  readonly journal: Journal;
  /** Told what went wrong in the double itself, and during what. */
  readonly failed: (error: unknown, during: string) => void;
}

/** Carries requests out with their faults and in the journal, whichever way they come. */
export class Exchange {
  readonly #engine: Engine;
  readonly #rest: RestService;
  readonly #faults: Faults;
  readonly #journal: Journal;
  readonly #failed: (error: unknown, during: string) => void;

  constructor({ engine, rest, faults, journal, failed }: ExchangeOptions) {
    this.#engine = engine;
    this.#rest = rest;
    this.#faults = faults;
    this.#journal = journal;
    this.#failed = failed;
  }

  /** Returns when the answer is on its way, which may be at once. */
  handle(request: RestRequest, answer: Answer): void | Promise<void> {
    const routed = this.#rest.route(request);
    const record = recordOf(routed);
    this.#journal.addRequest(record);
    const fault = this.#faults.take(record);
    switch (fault?.kind) {
      case 'fail':
        return this.#reply(failureReply(new AriFailure(fault.status, fault.message)), record, answer);
      case 'hang':
        return undefined;
      case 'delay':
        return this.#late(fault.ms, routed, record, answer);
      case 'drop':
        return this.#drop(fault.carryOut, routed, record, answer);
      default:
        return this.#carryOut(routed, record, answer);
    }
  }

  /** The answer is written before what the request set off begins. */
  #carryOut(routed: RoutedRequest, record: RecordedRequest, answer: Answer): void | Promise<void> {
    return this.#engine.run(() => {
      const result = this.#rest.handle(routed);
      if (result instanceof Promise) return result.then((reply) => this.#reply(reply, record, answer));
      return this.#reply(result, record, answer);
    });
  }

  #late(ms: number, routed: RoutedRequest, record: RecordedRequest, answer: Answer): Promise<void> {
    const { promise, resolve } = deferred();
    setTimeout(() => resolve(this.#carryOut(routed, record, answer)), ms).unref();
    return promise;
  }

  #drop(carryOut: boolean, routed: RoutedRequest, record: RecordedRequest, answer: Answer): void | Promise<void> {
    const drop = (): void => answer.drop();
    if (!carryOut) return drop();
    return this.#carryOut(routed, record, { reply: drop, upgrade: drop, drop });
  }

  #reply(reply: Reply | UpgradeReply, record: RecordedRequest, answer: Answer): void {
    if ('upgrade' in reply) {
      record.status = request101;
      this.#journal.addAnswer(record);
      answer.upgrade();
      return;
    }
    record.status = reply.status;
    record.response = reply.json;
    this.#journal.addAnswer(record);
    const during = `${record.method} ${record.path}`;
    if (reply.fault) this.#failed(reply.fault.error, during);
    try {
      answer.reply(reply);
    } catch (error) {
      this.#failed(error, during);
      answer.drop();
    }
  }
}

const request101 = 101;

function recordOf({ request, match }: RoutedRequest): RecordedRequest {
  return {
    transport: request.transport,
    method: request.method,
    path: `/${request.path}`,
    operation: match?.node.methods.get(request.method)?.name ?? '',
    ids: Object.fromEntries(match?.path ?? []),
    query: Object.fromEntries(request.pairs.filter(([name]) => name !== 'api_key')),
    body: request.body,
    status: 0,
    response: undefined,
  };
}

function deferred(): { promise: Promise<void>; resolve: (value: void | Promise<void>) => void } {
  let resolve: (value: void | Promise<void>) => void = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
