import { AriValidationError } from '../errors/validation-error.js';
import type { Subscription } from '../contract/subscription.js';
import { watchOutcome } from '../support/watch-outcome.js';

/** Called with the name of the application. */
export type ApplicationListener = (app: string) => unknown;

/** Which applications Asterisk has registered for us just now, and who wants to know when that changes. */
export class Registrations {
  readonly #registered = new Set<string>();
  readonly #listeners = { registered: new Set<Entry>(), deregistered: new Set<Entry>() };
  readonly #onFailure: (error: unknown, app: string) => void;

  /** @param onFailure receives what listeners throw or reject with */
  constructor(onFailure: (error: unknown, app: string) => void) {
    this.#onFailure = onFailure;
  }

  /** Adds a listener; one for an application that is registered already is called at once. */
  onRegistered(app: string, listener: ApplicationListener): Subscription {
    const subscription = new Entry(checkName(app), listener, this.#listeners.registered);
    if (this.#registered.has(app)) {
      this.#call(listener, app);
    }
    return subscription;
  }

  onDeregistered(app: string, listener: ApplicationListener): Subscription {
    return new Entry(checkName(app), listener, this.#listeners.deregistered);
  }

  register(apps: Iterable<string>): void {
    for (const app of apps) {
      if (!this.#registered.has(app)) {
        this.#registered.add(app);
        this.#tell(this.#listeners.registered, app);
      }
    }
  }

  /** All that are registered, unless some are named. */
  deregister(apps: Iterable<string> = [...this.#registered]): void {
    for (const app of apps) {
      if (this.#registered.delete(app)) {
        this.#tell(this.#listeners.deregistered, app);
      }
    }
  }

  #call(listener: ApplicationListener, app: string): void {
    const failed = (error: unknown): void => this.#onFailure(error, app);
    try {
      watchOutcome(listener(app), failed);
    } catch (error) {
      failed(error);
    }
  }

  #tell(entries: Iterable<Entry>, app: string): void {
    // A copy: a listener that adds another must not have it called twice.
    const concerned = [...entries].filter((entry) => entry.app === app);
    for (const entry of concerned) {
      if (!entry.closed) {
        this.#call(entry.listener, app);
      }
    }
  }
}

class Entry implements Subscription {
  readonly ready = Promise.resolve();
  readonly app: string;
  readonly listener: ApplicationListener;
  readonly #set: Set<Entry>;

  constructor(app: string, listener: ApplicationListener, set: Set<Entry>) {
    this.app = app;
    this.listener = listener;
    this.#set = set;
    set.add(this);
  }

  get closed(): boolean {
    return !this.#set.has(this);
  }

  close(): void {
    this.#set.delete(this);
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/**
 * Names as Asterisk takes them in the list of an event connection.
 * @throws {AriValidationError}
 */
export function checkApps(apps: string | readonly string[]): string[] {
  const names = typeof apps === 'string' ? apps.split(',') : [...apps];
  if (names.length === 0) {
    throw new AriValidationError('apps must name at least one application', 'apps');
  }
  return [...new Set(names.map((name) => checkName(typeof name === 'string' ? name.trim() : name)))];
}

function checkName(name: string): string {
  if (typeof name !== 'string' || name === '' || name.includes(',') || Buffer.byteLength(name) > 73) {
    const found = JSON.stringify(name);
    throw new AriValidationError(`apps: an application's name has 1 to 73 bytes and no comma, unlike ${found}`, 'apps');
  }
  return name;
}
