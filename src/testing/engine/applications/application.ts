import { type EventBody, type Source, source as sourceOf } from '../events.js';
import { EventFilter } from './event-filter.js';

/** Takes an event to wherever an application is connected. */
export interface ApplicationLink {
  send(event: EventBody): void;
}

/** The kinds of sources an application may subscribe to as a whole. */
export type SourceScheme = (typeof SCHEMES)[number];

const SCHEMES = ['channel', 'bridge', 'endpoint', 'deviceState'] as const;

/** An application: who listens, to what, and what is kept from it. */
export class Application {
  readonly name: string;
  readonly filter = new EventFilter();
  /** Where its events go; none while it is not connected. */
  link: ApplicationLink | undefined;
  /** How many times each source is subscribed to. A scheme alone (`channel:`) stands for all of its kind. */
  readonly #subscriptions = new Map<Source, number>();
  /** The source of what is for it alone. */
  readonly #own: Source;

  constructor(name: string, subscribeAll: boolean) {
    this.name = name;
    this.#own = sourceOf.application(name);
    if (subscribeAll) for (const scheme of SCHEMES) this.subscribe(`${scheme}:`);
  }

  /** Who is subscribed to all of a kind needs no more, and devices are not counted. */
  subscribe(source: Source): void {
    const [scheme = ''] = source.split(':');
    if (this.isSubscribed(`${scheme}:`) || (scheme === 'deviceState' && this.isSubscribed(source))) return;
    this.#subscriptions.set(source, (this.#subscriptions.get(source) ?? 0) + 1);
  }

  /** Takes one subscription back; all of them with `all`. `false` if there was none. */
  unsubscribe(source: Source, all = false): boolean {
    const count = this.#subscriptions.get(source);
    if (count === undefined) return false;
    if (count === 1 || all) this.#subscriptions.delete(source);
    else this.#subscriptions.set(source, count - 1);
    return true;
  }

  isSubscribed(source: Source): boolean {
    return this.#subscriptions.has(source);
  }

  /** Whether it is kept while nobody is connected: for single things, but devices. */
  get isHeld(): boolean {
    return [...this.#subscriptions.keys()].some((source) => !/:$|^deviceState:/.test(source));
  }

  /** Whether an event with these sources concerns it. */
  wants(sources: readonly Source[]): boolean {
    return sources.some(
      (source) =>
        this.#subscriptions.has(source) ||
        source === this.#own ||
        this.#subscriptions.has(source.replace(/:.*/, ':')) ||
        (source.startsWith('endpoint:') && this.#subscriptions.has(source.replace(/\/.*/, ''))),
    );
  }

  /** The ids that it is subscribed to within a scheme. */
  sourcesOf(scheme: SourceScheme): string[] {
    return [...this.#subscriptions.keys()]
      .filter((source) => source.startsWith(`${scheme}:`))
      .map((source) => source.slice(scheme.length + 1));
  }
}
