import type { Activity } from '../support/activity.js';
import { AriValidationError } from '../errors/validation-error.js';
import type { Subscription } from '../contract/subscription.js';
import { checkListener } from '../support/check-option.js';
import { describe } from '../support/describe.js';
import { watchOutcome } from '../support/watch-outcome.js';

/** Called with the name of the application. */
export type ApplicationListener = (app: string) => unknown;

/** Which applications Asterisk has registered for us just now, and who wants to know when that changes. */
export class Registrations {
  readonly #registered = new Set<string>();
  readonly #listeners = { registered: new Set<Entry>(), deregistered: new Set<Entry>() };
  readonly #onFailure: (error: unknown, app: string) => void;
  readonly #activity: Activity;

  /**
   * @param onFailure receives what listeners throw or reject with
   * @param activity counts listeners whose promises have not settled
   */
  constructor(onFailure: (error: unknown, app: string) => void, activity: Activity) {
    this.#onFailure = onFailure;
    this.#activity = activity;
  }

  /** Adds a listener; one for an application that is registered already is called at once. */
  onRegistered(app: string, listener: ApplicationListener): Subscription {
    checkListener('onApplicationRegistered', listener);
    const subscription = new Entry(checkApp('app', app), listener, this.#listeners.registered);
    if (this.#registered.has(subscription.app)) {
      this.#call(listener, subscription.app);
    }
    return subscription;
  }

  onDeregistered(app: string, listener: ApplicationListener): Subscription {
    checkListener('onApplicationDeregistered', listener);
    return new Entry(checkApp('app', app), listener, this.#listeners.deregistered);
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
      watchOutcome(listener(app), failed, this.#activity);
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
  const names: unknown = typeof apps === 'string' ? apps.split(',') : apps;
  if (!Array.isArray(names) || names.length === 0) {
    throw new AriValidationError(
      `apps must be the name of an application or a list of names, not ${describe(apps)}`,
      'apps',
    );
  }
  // Spread, so that holes in the list are looked at too.
  return [...new Set([...(names as unknown[])].map((name) => checkApp('apps', name)))];
}

/** One of them. @throws {AriValidationError} */
export function checkApp(option: string, given: unknown): string {
  const name = typeof given === 'string' ? given.trim() : '';
  if (name === '' || Buffer.byteLength(name) > 73 || /[,\0\p{Surrogate}]/u.test(name)) {
    const rule = "an application's name has 1 to 73 bytes, no comma and no NUL";
    throw new AriValidationError(`${option}: ${rule}, unlike ${describe(given)}`, option);
  }
  return name;
}
