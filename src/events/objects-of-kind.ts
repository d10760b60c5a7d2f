import type { ListenersById } from './listeners-by-id.js';
import type { RecentKind } from './recent-objects.js';

/** Single objects of a kind that the client has to do with. */
export interface ObjectsOfKind {
  /** Who listens to them, to whatever type of event. */
  readonly byId: ListenersById;
  /** Those that answers have just handed out. */
  readonly recent: RecentKind;
}
