/**
 * What generated bindings tell the runtime about one Asterisk release: plain tables, made by ari-codegen.
 * The runtime reads them and knows nothing else about operations, events or objects.
 */
import type { ClientCore } from './client-core.js';
import type { ObjectFacts } from './object-facts.js';
import type { ObjectHandle } from './object-handle.js';
import type { SchemaTables } from './schema-tables.js';

/** How to make and recognise one kind of domain object. */
export interface ObjectBinding extends ObjectFacts {
  /** Fields that hold lists. */
  readonly lists?: readonly string[];
  // oxlint-disable-next-line typescript/no-explicit-any -- each class takes its own data type; only the runtime calls this
  readonly class: new (client: ClientCore, data: any) => ObjectHandle;
}

/** Where events carry domain objects: event type → field (nested ones by dotted path) → kind of object. */
export type EventTable = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The tables of one release. */
export interface Bindings {
  /** The Asterisk release that the bindings were made from: `22.10.1`. */
  readonly release: string;
  readonly objects: Readonly<Record<string, ObjectBinding>>;
  readonly events: EventTable;
  /** Of those places, the ones that an event may leave empty, by type. Without it all of them may be. */
  readonly optional?: Readonly<Record<string, readonly string[]>>;
  /** Fields with text that every event has, besides its type. */
  readonly envelope?: readonly string[];
  /** Loads the schemas, and zod with them. */
  readonly schemas?: () => Promise<SchemaTables>;
}
