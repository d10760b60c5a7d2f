import { ObjectGoneError } from '../errors/object-gone-error.js';
import { Backlog, type Audience, type Listener } from './listener.js';

/** An event that has come. */
export interface Happening {
  readonly topic: Audience;
  readonly event: object;
  /** Hands it to a listener of an object of that kind. */
  tell(listener: Listener, kind: string): void;
}

/** Listeners have been told what they had missed. */
export type Release = (listeners: readonly Listener[], backlog: Backlog) => void;

/** Most events that are kept of one object; its last one is kept in any case. */
const maxKept = 32;

/**
 * What has happened to an object since an answer handed it out. Answer and events may come in one go, or the events
 * first, before whoever awaits the answer can listen: the first listeners are told what they could not hear.
 */
export class RecentObject {
  readonly kind: string;
  readonly id: string;
  #ending: string | undefined;
  /** What came last may have been the last of all. */
  hasParted = false;
  /** What happens to it is not followed any more. */
  isForgotten = false;
  /** What came before anybody listened. */
  #events: Happening[] = [];
  /** What came last: once, or once for each application. */
  readonly #last: Happening[] = [];
  /** Listeners that are to be told what they have missed, and how many copies of the last event are among that. */
  #behind: { readonly listener: Listener; readonly missed: number }[] = [];
  #backlog = new Backlog();
  #isKeeping: boolean;
  /** Types of events that have come. */
  readonly #seen = new Set<string>();
  /** Who waits for a type of event. */
  #awaited: { readonly type: string; resolve(hasCome: boolean): void }[] = [];

  /** @param isNew it has just come into being: all that happens to it is kept; else only its end */
  constructor(kind: string, id: string, isNew: boolean) {
    this.kind = kind;
    this.id = id;
    this.#isKeeping = isNew;
  }

  /** Why nothing more can come: `has ended: PlaybackFinished`. */
  get ending(): string | undefined {
    return this.#ending;
  }

  end(ending: string): void {
    this.#ending ??= ending;
    this.#settle(false);
  }

  /** Resolves with true when an event of the type has come, with false when it cannot come any more. */
  until(type: string): Promise<boolean> {
    if (this.#seen.has(type) || this.#ending !== undefined || this.isForgotten) {
      return Promise.resolve(this.#seen.has(type));
    }
    return new Promise((resolve) => this.#awaited.push({ type, resolve }));
  }

  /** Takes note of an event about the object. */
  note(happening: Happening, isLast: boolean): void {
    const { name } = happening.topic;
    this.#seen.add(name);
    this.#settle(true, name);
    if (isLast) {
      this.#last.push(happening);
    } else if (this.#isKeeping && this.#events.length < maxKept && this.#events.at(-1)?.event !== happening.event) {
      this.#events.push(happening);
    }
  }

  /**
   * Somebody listens to the object. What came of it before is told in the order in which it came, as soon as the code
   * that adds the listener has had its say; what comes meanwhile, after that. So one that listens to several types hears
   * them in order, too.
   */
  listen(listener: Listener, release: Release): void {
    this.#isKeeping = false;
    if (this.#ending !== undefined || this.#events.length + this.#last.length + this.#behind.length > 0) {
      listener.backlog = this.#backlog;
      if (this.#behind.push({ listener, missed: this.#last.length }) === 1) {
        queueMicrotask(() => this.#catchUp(release));
      }
    }
  }

  forget(): void {
    this.isForgotten = true;
    this.#settle(false);
    this.#isKeeping = false;
    if (this.#behind.length === 0) {
      this.#events = [];
    }
  }

  #catchUp(release: Release): void {
    const behind = this.#behind;
    const backlog = this.#backlog;
    this.#behind = [];
    this.#backlog = new Backlog();
    const listeners = behind.map(({ listener }) => listener);
    // What nobody listens to yet is for those who come later.
    this.#events = this.#events.filter((happening) => !this.#tellAll(listeners, happening));
    for (const [index, last] of this.#last.entries()) {
      const late = behind.filter(({ missed }) => missed > index).map(({ listener }) => listener);
      this.#tellAll(late, last);
    }
    const { kind, id } = this;
    if (this.#ending !== undefined) {
      backlog.ending ??= new ObjectGoneError(kind, id, `${kind} ${id} ${this.#ending}`);
    }
    release(listeners, backlog);
  }

  /** @param type the type that has come; all of them are settled if it is left out */
  #settle(hasCome: boolean, type?: string): void {
    if (this.#awaited.length > 0) {
      const awaited = this.#awaited;
      this.#awaited = type === undefined ? [] : awaited.filter((each) => each.type !== type);
      for (const each of awaited) {
        if (!this.#awaited.includes(each)) {
          each.resolve(hasCome);
        }
      }
    }
  }

  /** False if none of them listens to such an event. */
  #tellAll(listeners: readonly Listener[], happening: Happening): boolean {
    let isHeard = false;
    for (const listener of listeners) {
      if (listener.topic === happening.topic && !listener.closed) {
        isHeard = true;
        happening.tell(listener, this.kind);
      }
    }
    return isHeard;
  }
}
