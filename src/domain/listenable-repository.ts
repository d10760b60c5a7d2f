import type { ClientCore } from '../contract/client-core.js';
import type { ObjectEventMap } from '../contract/events.js';
import { makeListenable, type Listenable } from '../events/listenable.js';
import { scope, type ListenerScope } from '../contract/listener-scope.js';
import { Repository } from './repository.js';

/** A repository whose objects appear in events: listening here hears those of all of them. */
// oxlint-disable-next-line typescript/no-unsafe-declaration-merging -- makeListenable() below gives what the interface says
export abstract class ListenableRepository<M extends ObjectEventMap<M>> extends Repository {
  readonly #kind: string;

  constructor(client: ClientCore, kind: string) {
    super(client);
    this.#kind = kind;
  }

  /** @internal */
  [scope](): ListenerScope {
    return this.client.scopeOf(this.#kind);
  }
}

// oxlint-disable-next-line typescript/no-unsafe-declaration-merging
export interface ListenableRepository<M extends ObjectEventMap<M>> extends Listenable<M> {}

makeListenable(ListenableRepository);
