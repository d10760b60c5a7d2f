import { check } from '../checks/check.js';
import { anyText, milliseconds, text, whole } from '../checks/kinds.js';
import { closeCode, requestMatch } from '../checks/requests.js';
import { matches, type RequestLine, type RequestMatch } from './request-match.js';

/** What goes wrong with one request; `ms` is real time. */
export type Fault =
  | { readonly kind: 'fail'; readonly status: number; readonly message: string }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'drop'; readonly carryOut: boolean }
  | { readonly kind: 'hang' };

/** What faults need of the server. */
export interface FaultTarget {
  dropSockets(application: string | undefined, code: number | undefined): void;
  refuse(): Promise<void>;
  accept(): Promise<void>;
}

interface Planned {
  readonly match: RequestMatch;
  readonly fault: Fault;
  remaining: number;
}

/** Says what goes wrong with the requests that were meant. */
export class FaultPlan {
  readonly #add: (fault: Fault, times: number) => void;
  #times = 1;

  constructor(add: (fault: Fault, times: number) => void) {
    this.#add = add;
  }

  /** With so many matching requests, one after the other, instead of one. Say it before what goes wrong. */
  times(count: number): this {
    check('faults.times', { count }, { count: whole(1) });
    this.#times = count;
    return this;
  }

  /** Answers with this status and does nothing. */
  fail(status: number, message = 'Fault injected'): void {
    check('faults.fail', { status, message }, { status: whole(200, 599), message: anyText });
    this.#add({ kind: 'fail', status, message }, this.#times);
  }

  /** Carries it out so many milliseconds (of real time) late. */
  delay(ms: number): void {
    check('faults.delay', { ms }, { ms: milliseconds });
    this.#add({ kind: 'delay', ms }, this.#times);
  }

  /** Cuts the connection without having done anything. */
  drop(): void {
    this.#add({ kind: 'drop', carryOut: false }, this.#times);
  }

  /** Carries it out, then cuts the connection in place of an answer. */
  dropAnswer(): void {
    this.#add({ kind: 'drop', carryOut: true }, this.#times);
  }

  /** Never answers. */
  hang(): void {
    this.#add({ kind: 'hang' }, this.#times);
  }
}

/** Makes things go wrong, on purpose. */
export class Faults {
  readonly #target: FaultTarget;
  readonly #planned: Planned[] = [];

  constructor(target: FaultTarget) {
    this.#target = target;
  }

  /** What shall go wrong with the next request that matches: `faults.next({ method: 'POST' }).fail(500)`. */
  next(match: RequestMatch = {}): FaultPlan {
    check('faults.next', { match }, { match: requestMatch });
    return new FaultPlan((fault, remaining) => this.#planned.push({ match, fault, remaining }));
  }

  /** Cuts event sockets: those of one application, or all; with a close code the polite way. */
  dropSocket(application?: string, code?: number): void {
    check('faults.dropSocket', { application, code }, { application: text.optional(), code: closeCode.optional() });
    this.#target.dropSockets(application, code);
  }

  /** Stops listening and cuts every connection, as an Asterisk does that goes down; its calls live on. */
  refuse(): Promise<void> {
    return this.#target.refuse();
  }

  /** Listens again, at the same port. */
  accept(): Promise<void> {
    return this.#target.accept();
  }

  /** Forgets what was planned. */
  clear(): void {
    this.#planned.length = 0;
  }

  /** @internal The fault for a request, used up by that. */
  take(request: RequestLine): Fault | undefined {
    const planned = this.#planned.find(({ match }) => matches(match, request));
    if (!planned) return undefined;
    planned.remaining -= 1;
    if (planned.remaining <= 0) this.#planned.splice(this.#planned.indexOf(planned), 1);
    return planned.fault;
  }
}
