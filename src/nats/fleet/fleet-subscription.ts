import type { ListenOptions, Subscription } from '../../contract/subscription.js';

/** What `on` is called with. */
export type Heard = readonly [
  type: string | readonly string[],
  listener: (event: unknown, node: unknown) => unknown,
  options?: ListenOptions | undefined,
];

/** What listens on a client, whatever its bindings. */
interface ListenedClient {
  on(type: Heard[0], listener: (event: unknown) => unknown, options?: ListenOptions): Subscription;
}

/** A node that can be listened to, as far as that needs it. */
export interface ListenedNode {
  readonly client: object;
}

/** One listener on the clients of all nodes, those to come included. */
export class FleetSubscription implements Subscription {
  /** Whether it listens for new calls. */
  readonly takesCalls: boolean;
  readonly #heard: Heard;
  readonly #settled: () => Promise<unknown>;
  readonly #onClosed: (subscription: FleetSubscription) => void;
  readonly #members = new Map<ListenedNode, Subscription>();
  #isClosed = false;

  /** @param settled resolves when NATS knows of it */
  constructor(heard: Heard, settled: () => Promise<unknown>, onClosed: (subscription: FleetSubscription) => void) {
    this.#heard = heard;
    this.#settled = settled;
    this.#onClosed = onClosed;
    this.takesCalls = [heard[0]].flat().includes('StasisStart');
    const signal = heard[2]?.signal;
    this.#isClosed = signal?.aborted ?? false;
    signal?.addEventListener('abort', () => this.close(), { once: true });
  }

  addTo(node: ListenedNode): void {
    if (!this.#isClosed) {
      const [type, listener, options] = this.#heard;
      const client = node.client as ListenedClient;
      this.#members.set(
        node,
        client.on(type, (event) => listener(event, node), options),
      );
    }
  }

  /** The node is none of the fleet's any more. */
  removeFrom(node: ListenedNode): void {
    this.#members.get(node)?.close();
    this.#members.delete(node);
  }

  get ready(): Promise<void> {
    return Promise.all([this.#settled(), ...[...this.#members.values()].map(({ ready }) => ready)]).then(
      () => undefined,
    );
  }

  get closed(): boolean {
    return this.#isClosed;
  }

  close(): void {
    if (!this.#isClosed) {
      this.#isClosed = true;
      this.#members.forEach((member) => member.close());
      this.#onClosed(this);
    }
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
