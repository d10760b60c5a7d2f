import type { Existence, OwnParameters } from '../contract/client-core.js';
import type { ObjectEventMap } from '../contract/events.js';
import { checkKeys } from '../events/check-keys.js';
import { makeListenable, type Listenable } from '../events/listenable.js';
import { scope, type ListenerScope } from '../contract/listener-scope.js';
import type { ObjectFacts } from '../contract/object-facts.js';
import { idOf, ObjectHandle } from '../contract/object-handle.js';
import type { Operation } from '../contract/operation.js';
import type { RequestOptions } from '../contract/request-options.js';

/** What is known of the object of a handle. */
export let existenceOf: (handle: ObjectHandle) => Existence | undefined;

/** A handle whose object appears in events. */
// oxlint-disable-next-line typescript/no-unsafe-declaration-merging -- makeListenable() below gives what the interface says
export abstract class ListenableHandle<M extends ObjectEventMap<M>> extends ObjectHandle {
  static {
    existenceOf = (handle) => (handle instanceof ListenableHandle ? handle.#exists() : undefined);
  }

  #existence: Existence | undefined;

  /** @internal */
  [scope](): ListenerScope {
    checkKeys(this, this.client.objects[this.kind]?.keys);
    return this.client.scopeOf(this.kind, idOf(this), this.#exists());
  }

  /** An operation that succeeds proves that the object exists, or has just come into being. */
  protected override async invoke<T>(
    operation: Operation,
    params: object | undefined,
    options: RequestOptions | undefined,
    own?: OwnParameters,
  ): Promise<T> {
    const result = await super.invoke<T>(operation, params, options, own);
    this.#exists().isKnown = true;
    return result;
  }

  #exists(): Existence {
    if (this.#existence === undefined) {
      const isOfData = isSnapshot(this, this.client.objects[this.kind]);
      this.#existence = { isKnown: isOfData, isSnapshot: isOfData };
    }
    return this.#existence;
  }
}

// oxlint-disable-next-line typescript/no-unsafe-declaration-merging
export interface ListenableHandle<M extends ObjectEventMap<M>> extends Listenable<M> {}

makeListenable(ListenableHandle);

/** A snapshot was made of data that Asterisk sent: the object exists, or did. */
function isSnapshot(handle: ObjectHandle, facts: ObjectFacts | undefined): boolean {
  return facts !== undefined && handle instanceof facts.class;
}
