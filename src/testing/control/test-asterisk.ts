import { check } from '../checks/check.js';
import { flag, text, textList } from '../checks/kinds.js';
import { callRequest, eventBody } from '../checks/requests.js';
import { steps as stepsKind } from '../checks/options.js';
import { parseCallerId } from '../engine/caller-id.js';
import type { Engine } from '../engine/engine.js';
import type { EventBody, Source } from '../engine/events.js';
import type { DialplanStep } from '../engine/dialplan/data.js';
import type { Faults } from './faults.js';
import type { Journal } from './journal.js';
import { Phone } from './phone.js';
import type { TestClock } from './test-clock.js';

/** A call that a test makes. */
export interface CallRequest {
  /** Extension of the dialplan: `hello`, `stasis-myapp`. */
  readonly to: string;
  /** Who calls: a number, or `Name <number>`; `100` without it. The telephone is the one at `PJSIP/NUMBER`. */
  readonly from?: string;
  /** The telephone's endpoint, if it is another one: `PJSIP/trunk`. */
  readonly endpoint?: string;
  /** Context of that extension; `default` without it. */
  readonly context?: string;
}

/** What a double is put together from. */
export interface TestAsteriskParts {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly release: string;
  readonly engine: Engine;
  readonly clock: TestClock;
  readonly faults: Faults;
  readonly journal: Journal;
  setBooted(booted: boolean): void;
  close(): Promise<void>;
}

/** A double of Asterisk that runs, and the means of a test to be its callers, its clock and its bad luck. */
export class TestAsterisk implements AsyncDisposable {
  /** Where it is: `http://127.0.0.1:PORT`, with the prefix if there is one. */
  readonly url: string;
  /** A user who may do everything. */
  readonly username: string;
  /** That user's password. */
  readonly password: string;
  /** The release that it is: `22.10.1`. */
  readonly release: string;
  /** Its time. */
  readonly clock: TestClock;
  /** What shall go wrong. */
  readonly faults: Faults;
  /** Requests and events so far. */
  readonly journal: Journal;
  readonly #engine: Engine;
  readonly #parts: TestAsteriskParts;
  readonly #phones = new Map<string, Phone>();
  #closing: Promise<void> | undefined;

  constructor(parts: TestAsteriskParts) {
    this.url = parts.url;
    this.username = parts.username;
    this.password = parts.password;
    this.release = parts.release;
    this.clock = parts.clock;
    this.faults = parts.faults;
    this.journal = parts.journal;
    this.#engine = parts.engine;
    this.#parts = parts;
  }

  /** The telephone at an endpoint, `alice` (for `PJSIP/alice`) or `TECH/RESOURCE`; it is connected on first use. */
  phone(name: string): Phone {
    check('phone', { name }, { name: text });
    return this.#phone(...endpointOf(name), name);
  }

  /** Calls an extension from a telephone, and returns that telephone. */
  call(request: CallRequest): Phone {
    check('call', { request }, { request: callRequest });
    const { to, from = '100', context, endpoint } = request;
    const { name, number } = parseCallerId(from);
    return this.#phone(...endpointOf(endpoint ?? (number || name)), from).call(to, context);
  }

  /** Adds an extension to the dialplan, in place of the one of that name if there is one; `default` is its context. */
  setExtension(name: string, steps: readonly DialplanStep[], context = 'default'): void {
    check('setExtension', { name, steps, context }, { name: text, steps: stepsKind, context: text });
    this.#engine.dialplan.set(context, name, steps);
  }

  /** Sends an event of a test's own making to applications: to those named, or to all that are connected. */
  emit(event: EventBody, applications?: readonly string[]): void {
    check('emit', { event, applications }, { event: eventBody, applications: textList.optional() });
    const names = applications ?? this.#engine.applications.list().map(({ name }) => name);
    const sources: Source[] = names.map((name) => `app:${name}`);
    this.#engine.run(() => this.#engine.publish(event, sources));
  }

  /** Lets time pass, in milliseconds; the same as `clock.advance(ms)`. */
  advance(ms: number): void {
    this.clock.advance(ms);
  }

  /** Ids of the channels that there are. */
  get channelIds(): string[] {
    return this.#engine.channels.list().map(({ id }) => id);
  }

  /** Says whether Asterisk has fully booted; until then every request gets 503. */
  setBooted(booted: boolean): void {
    check('setBooted', { booted }, { booted: flag });
    this.#parts.setBooted(booted);
  }

  /** Ends everything: connections, calls, timers. */
  close(): Promise<void> {
    this.#closing ??= this.#parts.close();
    return this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #phone(technology: string, resource: string, caller: string): Phone {
    const endpoint = `${technology}/${resource}`;
    const existing = this.#phones.get(endpoint);
    if (existing) return existing;
    const phone = new Phone(this.#engine, technology, resource, parseCallerId(caller));
    this.#phones.set(endpoint, phone);
    return phone;
  }
}

/** `alice` is `PJSIP/alice`; what comes after the first slash is the resource. */
function endpointOf(name: string): [technology: string, resource: string] {
  const slash = name.indexOf('/');
  return slash < 0 ? ['PJSIP', name] : [name.slice(0, slash), name.slice(slash + 1)];
}
