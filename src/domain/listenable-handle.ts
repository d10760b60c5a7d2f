import type { ObjectBinding, Operation } from '../contract/bindings.js';
import type { RequestOptions } from '../contract/client-core.js';
import type { Existence } from '../events/existence.js';
import { makeListenable, type Listenable } from '../events/listenable.js';
import { scope, type ListenerScope } from '../contract/listener-scope.js';
import { KindScope } from '../events/scopes.js';
import { idOf, ObjectHandle } from '../contract/object-handle.js';

/** A handle whose object appears in events. */
// oxlint-disable-next-line typescript/no-unsafe-declaration-merging -- makeListenable() below gives what the interface says
export abstract class ListenableHandle<E> extends ObjectHandle {
  #existence: Existence | undefined;

  /** @internal */
  [scope](): ListenerScope {
    return new KindScope(this.client.dispatcher, this.kind, idOf(this), this.#exists());
  }

  /** An operation that succeeds proves that the object exists, or has just come into being. */
  protected override async invoke<T>(
    operation: Operation,
    params: object | undefined,
    options: RequestOptions | undefined,
  ): Promise<T> {
    const result = await super.invoke<T>(operation, params, options);
    this.#exists().isKnown = true;
    return result;
  }

  #exists(): Existence {
    this.#existence ??= { isKnown: isSnapshot(this, this.client.bindings.objects[this.kind]) };
    return this.#existence;
  }
}

// oxlint-disable-next-line typescript/no-unsafe-declaration-merging
export interface ListenableHandle<E> extends Listenable<E> {}

makeListenable(ListenableHandle);

/** A snapshot was made of data that Asterisk sent: the object exists, or did. */
function isSnapshot(handle: ObjectHandle, binding: ObjectBinding | undefined): boolean {
  return binding !== undefined && handle instanceof binding.class;
}
