import type { ListenerScope } from './listener-scope.js';
import type { ObjectFacts } from './object-facts.js';
import type { Operation } from './operation.js';
import type { RequestOptions } from './request-options.js';

/** What repositories and domain objects need of their client; not for applications. */
export interface ClientCore {
  /** The kinds of domain objects. */
  readonly objects: Readonly<Record<string, ObjectFacts>>;
  /** Where listeners to objects of a kind belong; with an id, to one of them. */
  scopeOf(kind: string, id?: string, existence?: Existence): ListenerScope;
  /** Checks the parameters, sends the request, and makes domain objects of the answer. */
  invoke<T>(
    operation: Operation,
    params: object | undefined,
    options: RequestOptions | undefined,
    own?: OwnParameters,
  ): Promise<T>;
}

/** Parameters that a domain object fills in itself, by their names: those that say which object it is. */
export type OwnParameters = Readonly<Record<string, string>>;

/**
 * What is known of an object that somebody listens to; a handle and its listeners share it. Only of what is known to
 * have existed can one say that it is gone: a mere handle may belong to an object that is yet to be created.
 */
export interface Existence {
  isKnown: boolean;
  /** It is that of an object as Asterisk has sent it, not of a mere handle. */
  readonly isSnapshot: boolean;
  /** What the client remembers of an object that an answer has handed out. */
  recent?: object | undefined;
}
