import type { Caller } from './caller.js';
import { hydrate, subjectOf, type CarriedObject, type MakeObject, type RawEvent } from './carried-objects.js';
import type { Listener } from './listener.js';
import type { Happening } from './recent-object.js';
import type { Topic } from './topic.js';

/** What it takes to tell an event. */
interface Means {
  readonly make: MakeObject;
  readonly caller: Caller;
}

/** An event that has come, for those who will listen to an object in it. */
export class PastEvent implements Happening {
  readonly topic: Topic;
  readonly event: RawEvent;
  readonly objects: readonly CarriedObject[];
  readonly #means: Means;

  constructor(topic: Topic, event: RawEvent, objects: readonly CarriedObject[], means: Means) {
    this.topic = topic;
    this.event = event;
    this.objects = objects;
    this.#means = means;
  }

  tell(listener: Listener, kind: string): void {
    const { make, caller } = this.#means;
    const carried = this.topic.carried.find((each) => each.kind === kind);
    if (this.objects.some(({ data, object }) => data !== undefined && object === undefined)) {
      hydrate(this.event, this.objects, make);
    }
    caller.callLate(listener, carried && subjectOf(carried, this.objects), this.event);
  }
}
