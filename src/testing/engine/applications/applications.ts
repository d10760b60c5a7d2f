import type { Engine } from '../parts.js';
import type { EventBody, Source } from '../events.js';
import { Application, type ApplicationLink } from './application.js';

/** Every application that is connected or still has something to be told. */
export class Applications {
  readonly #engine: Engine;
  readonly #applications = new Map<string, Application>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  find(name: string): Application | undefined {
    return this.#applications.get(name);
  }

  /** An application that is connected. */
  findConnected(name: string): Application | undefined {
    const application = this.#applications.get(name);
    return application?.link ? application : undefined;
  }

  list(): Application[] {
    return [...this.#applications.values()];
  }

  /** Connects an application. Whoever was connected to it before is told that he is replaced. */
  register(name: string, link: ApplicationLink, subscribeAll: boolean): void {
    const existing = this.#applications.get(name);
    const application = existing ?? new Application(name, subscribeAll);
    this.#applications.set(name, application);
    if (application.link) this.#engine.publish({ type: 'ApplicationReplaced' }, [`app:${name}`]);
    application.link = link;
  }

  /** A connection is gone. The application is kept while it is subscribed to something single. */
  disconnect(name: string, link: ApplicationLink): void {
    const application = this.#applications.get(name);
    if (!application || application.link !== link) return;
    application.link = undefined;
    this.#dropIfIdle(application);
  }

  /** Subscribes an application to a source, if there is such an application. */
  subscribe(name: string, source: Source): void {
    this.#applications.get(name)?.subscribe(source);
  }

  unsubscribe(name: string, source: Source): void {
    const application = this.#applications.get(name);
    if (!application) return;
    application.unsubscribe(source);
    this.#dropIfIdle(application);
  }

  /** A source is no more: nobody is subscribed to it any longer. */
  forget(source: Source): void {
    for (const application of this.list()) {
      application.unsubscribe(source, true);
      this.#dropIfIdle(application);
    }
  }

  /** Whether an event with this source would reach anybody. */
  isWanted(source: Source): boolean {
    return this.list().some((application) => application.wants([source]));
  }

  /** Sends an event to all whom it concerns, and says to whom it went. */
  deliver(event: EventBody, sources: readonly Source[]): string[] {
    const receivers: string[] = [];
    for (const { name, link, filter } of this.#concerned(sources)) {
      if (!link || !filter.passes(event.type)) continue;
      link.send({ ...event, asterisk_id: this.#engine.asteriskId, application: name });
      receivers.push(name);
    }
    return receivers;
  }

  #concerned(sources: readonly Source[]): Application[] {
    return this.list().filter((application) => application.wants(sources));
  }

  #dropIfIdle(application: Application): void {
    if (!application.link && !application.isHeld) this.#applications.delete(application.name);
  }
}
