import type { RawEvent } from './carried-objects.js';
import type { Topic } from './topic.js';

/** Looks at events on their way to listeners. */
export interface EventGate {
  /** True if it is to see events that nobody listens to, too. */
  readonly everything: boolean;
  /** False keeps the event from every listener. */
  admits(topic: Topic, event: RawEvent): boolean;
}
