import { makeListenable, type Listenable } from '../events/listenable.js';
import { scope, type ListenerScope } from '../events/scope.js';
import { KindScope } from '../events/scopes.js';
import { idOf, ObjectHandle } from './object-handle.js';

/** A handle whose object appears in events. */
// oxlint-disable-next-line typescript/no-unsafe-declaration-merging -- makeListenable() below gives what the interface says
export abstract class ListenableHandle<E> extends ObjectHandle {
  /** @internal */
  [scope](): ListenerScope {
    return new KindScope(this.client.dispatcher, this.kind, idOf(this));
  }
}

// oxlint-disable-next-line typescript/no-unsafe-declaration-merging
export interface ListenableHandle<E> extends Listenable<E> {}

makeListenable(ListenableHandle);
