import type { ObjectBinding } from '../contract/bindings.js';
import type { Audience } from './listener.js';
import { ListenerSet } from './listener-set.js';
import type { ObjectsOfKind } from './objects-of-kind.js';

/**
 * What can be listened to under one name: a type of event, or one of the client's notices. It is found once, when a
 * listener is added or an event comes; everything else about the event is then at hand.
 */
export class Topic implements Audience {
  readonly name: string;
  /** The kinds of objects that such an event can carry. */
  readonly carried: readonly CarriedKind[];
  /** Where in the event they stand. */
  readonly places: readonly Place[];
  /** It may be the last event of an object that it carries. */
  readonly mayEnd: boolean;
  /** Listeners of the client. */
  readonly listeners = new ListenerSet();
  /** How many listeners are open: the client's, the repositories' and those of single objects together. */
  audience = 0;
  /** Told when the first listener comes and when the last one has gone. */
  readonly watchers: AudienceWatcher[] = [];

  constructor(name: string, carried: readonly CarriedKind[] = [], places: readonly Place[] = []) {
    this.name = name;
    this.carried = carried;
    this.places = places;
    this.mayEnd = carried.some(({ isLast, mayBeLast }) => isLast || mayBeLast);
  }

  get ready(): Promise<void> {
    for (const { ready } of this.watchers) {
      if (ready !== undefined) {
        return ready;
      }
    }
    return Promise.resolve();
  }

  join(): void {
    this.audience += 1;
    if (this.audience === 1) {
      this.#tell();
    }
  }

  leave(): void {
    this.audience -= 1;
    if (this.audience === 0) {
      this.#tell();
    }
  }

  #tell(): void {
    for (const watcher of this.watchers) {
      watcher.changed(this);
    }
  }
}

/** Sees to it that Asterisk sends what is listened to, or says that it cannot. */
export interface AudienceWatcher {
  /** Resolves when it sends all that is listened to just now; only of who sees to that. */
  readonly ready?: Promise<void>;
  /** A topic has come to have listeners, or has none any more. */
  changed(topic: Topic): void;
}

/** The objects of one kind that one type of event can carry, and who listens to them. */
export interface CarriedKind extends ObjectsOfKind {
  readonly kind: string;
  readonly binding: ObjectBinding;
  /** One of its places is the subject, whose object is handed to listeners; else they get a record of all. */
  readonly hasSubject: boolean;
  /** The event is the last one of the object. */
  readonly isLast: boolean;
  /** The event is the last one of the object, if the application does not watch it for some other reason. */
  readonly mayBeLast: boolean;
  /** Listeners of the repository. */
  readonly listeners: ListenerSet;
}

/** A field of an event, nested ones by several names. */
export interface Place {
  readonly of: CarriedKind;
  readonly isSubject: boolean;
  /** The event may leave it empty. */
  readonly isOptional: boolean;
  /** Dotted, as the table writes it: `refer_to.bridge`. */
  readonly name: string;
  /** `refer_to` */
  readonly parents: readonly string[];
  /** `bridge` */
  readonly key: string;
}
