import { errorText } from '../../support/error-text.js';
import type { Logger } from '../../support/logger.js';
import { watchOutcome } from '../../support/watch-outcome.js';
import type { FleetNode } from './node.js';

/** Called with a node of the fleet. */
export type NodeListener<C> = (node: FleetNode<C>) => unknown;

/** Who wants to know which nodes there are. */
export class NodeListeners<C> {
  readonly #logger: Logger;
  readonly #listeners = new Set<NodeListener<C>>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** @param present nodes that it is told of at once */
  add(listener: NodeListener<C>, present: Iterable<FleetNode<C>>): Disposable {
    // One of its own, so that a function may be added twice.
    const own: NodeListener<C> = (node) => listener(node);
    this.#listeners.add(own);
    for (const node of present) {
      this.#call(own, node);
    }
    return { [Symbol.dispose]: () => this.#listeners.delete(own) };
  }

  tell(node: FleetNode<C>): void {
    for (const listener of this.#listeners) {
      this.#call(listener, node);
    }
  }

  close(): void {
    this.#listeners.clear();
  }

  #call(listener: NodeListener<C>, node: FleetNode<C>): void {
    const failed = (error: unknown): void =>
      this.#logger.error(`a listener that was told of the node ${node.id} failed: ${errorText(error)}`);
    try {
      watchOutcome(listener(node), failed);
    } catch (error) {
      failed(error);
    }
  }
}
