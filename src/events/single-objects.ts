import type { Bindings } from '../contract/bindings.js';
import type { AriError } from '../errors/ari-error.js';
import { ObjectGoneError } from '../errors/object-gone-error.js';
import { idOf, type CarriedObject } from './carried-objects.js';
import type { Listener } from './listener.js';
import { ListenersById } from './listeners-by-id.js';
import type { ObjectsOfKind } from './objects-of-kind.js';
import type { PastEvent } from './past-event.js';
import { RecentObject, type Release } from './recent-object.js';
import { Reasons, type InterestWatcher } from './interest.js';
import { lastWords, RecentKind, RecentObjects, type Expectation } from './recent-objects.js';
import type { CarriedKind, Topic } from './topic.js';

/** Who is told what becomes of single objects. */
export interface SinglesHost {
  /** An object that is listened to may have sent its last event. */
  onParting(kind: string, id: string): void;
  /** An object comes to be listened to of which nobody knows whether it is still there. */
  onDoubt(kind: string, id: string): void;
  /** Listeners have been told what they had missed. */
  readonly release: Release;
  /** Reads a frame of the past, for what it says of an object that was handed out since. */
  recall(frame: Buffer): void;
  /** Whether an event may come once more, for another application. */
  hasCopies(): boolean;
}

/** How long after an object's last event a copy of it may come for another application, in milliseconds. */
const copiesMs = 500;

/** What the client has to do with single objects: who listens to them, and what has just happened to them. */
export class SingleObjects {
  readonly #host: SinglesHost;
  readonly #recent = new RecentObjects();
  readonly #kinds: ReadonlyMap<string, ObjectsOfKind>;
  #isHearing = false;
  /** Objects that have ended, while copies of their last events may come. */
  readonly #ending = new Map<string, { readonly timer: NodeJS.Timeout; readonly drop: () => void }>();

  constructor({ objects }: Bindings, host: SinglesHost) {
    this.#host = host;
    this.#kinds = new Map(
      Object.entries(objects).map(([kind, { keys }]) => {
        const recent = new RecentKind(this.#recent, kind, keys[0] as string);
        return [kind, { byId: new ListenersById(), recent }];
      }),
    );
  }

  /** Those of every kind. */
  get kinds(): ReadonlyMap<string, ObjectsOfKind> {
    return this.#kinds;
  }

  ofKind(kind: string): ObjectsOfKind {
    return this.#kinds.get(kind) as ObjectsOfKind;
  }

  /** Events come: what is handed out from now on is remembered. */
  hearing(): void {
    this.#isHearing = true;
  }

  /** No events come: nothing is certain any more about what was handed out. */
  deaf(): void {
    this.#isHearing = false;
    this.#recent.forgetAll();
  }

  /**
   * A request is being sent whose answer will hand out an object: what happens to it from now on is remembered.
   * @param id undefined if Asterisk chooses it
   * @param isNew the request makes it; else only its end is remembered
   */
  expect(kind: string, id: string | undefined, isNew: boolean): Expectation | undefined {
    const { recent } = this.ofKind(kind);
    if (isNew && id !== undefined) {
      this.#dropNow(kind, id);
    }
    return this.#isHearing ? recent.expect(id, isNew, (frame) => this.#host.recall(frame)) : undefined;
  }

  /**
   * Somebody listens to an object as Asterisk has sent it.
   * @param recent what is remembered of it
   * @param isFresh it comes out of an event that is just being told
   */
  join(listener: Listener, kind: string, recent: object | undefined, isFresh: boolean): void {
    const id = listener.id as string;
    if (recent instanceof RecentObject && !recent.isForgotten) {
      recent.listen(listener, this.#host.release);
      if (recent.hasParted) {
        this.#host.onParting(kind, id);
      }
    } else if (!isFresh && this.ofKind(kind).byId.get(id) === listener) {
      this.#host.onDoubt(kind, id);
    }
  }

  /** Names who is told which objects anybody may want events of: those listened to, and those just handed out. */
  watchInterest(watcher: InterestWatcher): void {
    for (const [kind, { byId, recent }] of this.#kinds) {
      const reasons = new Reasons(kind, watcher);
      byId.watchers.push(reasons);
      recent.watcher = reasons;
    }
  }

  /** Remembers an event for those who may come to listen to its objects. */
  note(past: PastEvent): void {
    for (const { place, data } of past.objects) {
      const { binding, recent, isLast, mayBeLast } = place.of;
      if (data !== undefined && !recent.isEmpty) {
        recent.note(past, { id: idOf(binding, data), isLast, mayBeLast });
      }
    }
  }

  /** Lets go of whoever listens to an object that has ended, and has those looked after that may have. */
  part(topic: Topic, objects: readonly CarriedObject[]): void {
    for (const { place, data } of objects) {
      const { isLast, mayBeLast } = place.of;
      if ((isLast || mayBeLast) && data !== undefined) {
        this.#part(topic, place.of, idOf(place.of.binding, data));
      }
    }
  }

  /** An object has ended: nothing more can come of it. @param why `has ended: PlaybackFinished` */
  drop(kind: string, id: string, why: string): void {
    const { byId, recent } = this.ofKind(kind);
    if (byId.get(id) !== undefined) {
      byId.drop(id, new ObjectGoneError(kind, id, `${kind} ${id} ${why}`));
    }
    recent.end(id, why);
    byId.tellEnded(id);
  }

  /** An object goes on, but for others: nothing of it is to come any more. @param why `is another worker's now` */
  letGo(kind: string, id: string, why: string): void {
    this.drop(kind, id, why);
    const { recent } = this.ofKind(kind);
    const remembered = recent.get(id);
    if (remembered !== undefined) {
      recent.forget(id, remembered);
    }
  }

  /** A request has ended an object; whether Asterisk tells of that is not certain. Who listens to it, or will, is looked after. */
  endedByUs(kind: string, id: string): void {
    const { byId, recent } = this.ofKind(kind);
    this.#doubt(kind, byId, recent, id);
  }

  /** An object is about to be made under the id of one that has ended. */
  #dropNow(kind: string, id: string): void {
    const ending = this.#ending.get(`${kind} ${id}`);
    if (ending !== undefined) {
      clearTimeout(ending.timer);
      ending.drop();
    }
  }

  /** Ends every listener. */
  end(reason: AriError): void {
    for (const { timer } of this.#ending.values()) {
      clearTimeout(timer);
    }
    this.#ending.clear();
    for (const { byId } of this.#kinds.values()) {
      byId.end(reason);
    }
    this.#recent.forgetAll();
  }

  #part(topic: Topic, { kind, byId, recent, isLast }: CarriedKind, id: string): void {
    if (!isLast) {
      this.#doubt(kind, byId, recent, id);
    } else if (this.#host.hasCopies() && (byId.get(id) ?? recent.get(id)) !== undefined) {
      this.#dropSoon(kind, id, lastWords(topic));
    } else {
      this.drop(kind, id, lastWords(topic));
    }
  }

  /** Who listens for one application alone is to hear the last event, too, if that comes first for another. */
  #dropSoon(kind: string, id: string, why: string): void {
    const key = `${kind} ${id}`;
    if (!this.#ending.has(key)) {
      const drop = (): void => {
        this.#ending.delete(key);
        this.drop(kind, id, why);
      };
      this.#ending.set(key, { timer: setTimeout(drop, copiesMs).unref(), drop });
    }
  }

  #doubt(kind: string, byId: ListenersById, recent: RecentKind, id: string): void {
    const remembered = recent.get(id);
    if (remembered !== undefined) {
      remembered.hasParted = true;
    }
    if (byId.get(id) !== undefined) {
      this.#host.onParting(kind, id);
    }
  }
}

/** Whether somebody may come to listen to an object that such an event carries, and be told of it then. */
export function isRemembered({ carried }: Topic): boolean {
  for (const { recent } of carried) {
    if (!recent.isEmpty) {
      return true;
    }
  }
  return false;
}

/** Whether the frame of such an event must be read for what it may say about an object that was handed out. */
export function isAboutRecent({ carried }: Topic, frame: Buffer): boolean {
  let isAbout = false;
  for (const { recent } of carried) {
    isAbout = (!recent.isEmpty && recent.wants(frame)) || isAbout;
  }
  return isAbout;
}
