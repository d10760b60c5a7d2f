import { mayHoldId } from './frame-ids.js';
import type { Audience } from './listener.js';
import { RecentObject, type Happening } from './recent-object.js';

/** How long an object is remembered after it was handed out, and after it has ended, in milliseconds. */
const rememberMs = 5_000;

/** Most objects that are remembered at a time. */
const maxObjects = 1_000;

/** Most events that are held while Asterisk has yet to say which objects it makes. */
const maxHeld = 256;

/** An object that the answer to a request will hand out. */
export interface Expectation {
  /** The answer hands it out. */
  fulfil(id: string): RecentObject | undefined;
  /** The request has failed. */
  cancel(): void;
}

/** What an event is to an object. */
export interface Bearing {
  readonly id: string;
  readonly isLast: boolean;
  readonly mayBeLast: boolean;
}

/** An event that may be about an object whose id nobody knows yet: as a frame that nobody wanted, or with its id. */
type Held = Buffer | { readonly happening: Happening; readonly bearing: Bearing };

/** The objects of one kind that answers have just handed out. */
export class RecentKind {
  readonly #objects: RecentObjects;
  readonly #kind: string;
  readonly #key: Buffer;
  readonly #byId = new Map<string, RecentObject>();
  /** How many requests are making such an object under an id that Asterisk chooses. */
  #unknown = 0;
  /** Told what is remembered. */
  watcher: { remembered(id: string): void; forgotten(id: string): void } | undefined;
  #held: Held[] = [];

  /** @param key the field that holds the id */
  constructor(objects: RecentObjects, kind: string, key: string) {
    this.#objects = objects;
    this.#kind = kind;
    this.#key = Buffer.from(`"${key}"`);
  }

  /** Nothing is remembered. */
  get isEmpty(): boolean {
    return this.#byId.size === 0 && this.#unknown === 0;
  }

  get(id: string): RecentObject | undefined {
    return this.#byId.get(id);
  }

  /** Whether a frame that nobody listens to must be read for what it may say about one of the objects. */
  wants(frame: Buffer): boolean {
    if (this.#byId.size > 0 && mayHoldId(frame, this.#key, this.#byId)) {
      return true;
    }
    this.#hold(frame);
    return false;
  }

  note(happening: Happening, bearing: Bearing): void {
    const object = this.#byId.get(bearing.id);
    if (object === undefined) {
      this.#hold({ happening, bearing });
    } else {
      object.note(happening, bearing.isLast);
    }
  }

  /** A request is being sent whose answer will hand out an object: under an id that we know, or Asterisk chooses. */
  expect(id: string | undefined, isNew: boolean, read: (frame: Buffer) => void): Expectation {
    return id === undefined ? this.#expectAny(isNew, read) : this.#expectId(id, isNew);
  }

  /** The object has ended: those who come to listen to it are to learn that for a while. */
  end(id: string, ending: string): void {
    const object = this.#byId.get(id);
    if (object !== undefined) {
      object.end(ending);
      this.#objects.renew(object);
    }
  }

  forget(id: string, object: RecentObject): void {
    object.forget();
    if (this.#byId.get(id) === object) {
      this.#byId.delete(id);
      this.watcher?.forgotten(id);
    }
  }

  #expectId(id: string, isNew: boolean): Expectation {
    const { epoch } = this.#objects;
    const present = this.#byId.get(id);
    const known = isNew || present?.ending !== undefined ? undefined : present;
    const object = known ?? new RecentObject(this.#kind, id, isNew);
    this.#keep(id, object);
    return {
      fulfil: (made) => {
        if (made !== id || epoch !== this.#objects.epoch) {
          this.forget(id, object);
        }
        return object.isForgotten ? undefined : this.#remember(id, object);
      },
      cancel: () => {
        if (known === undefined) {
          this.forget(id, object);
        }
      },
    };
  }

  #expectAny(isNew: boolean, read: (frame: Buffer) => void): Expectation {
    const { epoch } = this.#objects;
    this.#unknown += 1;
    const done = (): Held[] => {
      const held = this.#held;
      this.#unknown -= 1;
      if (this.#unknown === 0) {
        this.#held = [];
      }
      return held;
    };
    return {
      fulfil: (id) => {
        const held = done();
        if (epoch !== this.#objects.epoch) {
          return undefined;
        }
        const object = this.#remember(id, new RecentObject(this.#kind, id, isNew));
        for (const each of held) {
          this.#sortOut(each, object, read);
        }
        return object;
      },
      cancel: done,
    };
  }

  #sortOut(held: Held, object: RecentObject, read: (frame: Buffer) => void): void {
    if (Buffer.isBuffer(held)) {
      if (mayHoldId(held, this.#key, new Set([object.id]))) {
        read(held);
      }
    } else if (held.bearing.id === object.id) {
      const { id, isLast, mayBeLast } = held.bearing;
      object.note(held.happening, isLast);
      object.hasParted ||= mayBeLast;
      if (isLast) {
        this.end(id, lastWords(held.happening.topic));
      }
    }
  }

  #remember(id: string, object: RecentObject): RecentObject {
    this.#keep(id, object);
    this.#objects.remember(this, id, object);
    return object;
  }

  #keep(id: string, object: RecentObject): void {
    const isNew = !this.#byId.has(id);
    this.#byId.set(id, object);
    if (isNew) {
      this.watcher?.remembered(id);
    }
  }

  #hold(held: Held): void {
    if (this.#unknown > 0 && this.#held.push(held) > maxHeld) {
      this.#held.shift();
    }
  }
}

/** What the end of an object is called in an error. */
export function lastWords({ name }: Audience): string {
  return `has ended: ${name}`;
}

/** What is remembered, and until when by the process's clock. */
interface Memory {
  readonly kind: RecentKind;
  readonly id: string;
  readonly until: number;
}

/**
 * The objects that answers have just handed out, for a few seconds each. Only what concerns one of them is read because
 * of it; where nothing was handed out, nothing is looked at.
 */
export class RecentObjects {
  /** In the order in which they will be forgotten. */
  readonly #order = new Map<RecentObject, Memory>();
  #timer: NodeJS.Timeout | undefined;
  /** How often everything was forgotten. */
  epoch = 0;

  remember(kind: RecentKind, id: string, object: RecentObject): void {
    this.#order.delete(object);
    this.#order.set(object, { kind, id, until: performance.now() + rememberMs });
    if (this.#order.size > maxObjects) {
      this.#forgetFirst();
    }
    this.#timer ??= setTimeout(() => this.#sweep(), rememberMs).unref();
  }

  /** Remembers an object for as long again, if it has been handed out. */
  renew(object: RecentObject): void {
    const memory = this.#order.get(object);
    if (memory !== undefined) {
      this.remember(memory.kind, memory.id, object);
    }
  }

  /** Forgets all of them: events may have been missed. */
  forgetAll(): void {
    this.epoch += 1;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#order.size > 0) {
      this.#forgetFirst();
    }
  }

  #forgetFirst(): void {
    for (const [object, { kind, id }] of this.#order) {
      this.#order.delete(object);
      kind.forget(id, object);
      return;
    }
  }

  #sweep(): void {
    const now = performance.now();
    for (const [object, { kind, id, until }] of this.#order) {
      if (until > now) {
        this.#timer = setTimeout(() => this.#sweep(), until - now).unref();
        return;
      }
      this.#order.delete(object);
      kind.forget(id, object);
    }
    this.#timer = undefined;
  }
}
