import type { OwnedClient } from './owned-client.js';

/** The calls that are in a persistent connection's applications, as far as this client has seen them come. */
export class LiveCalls {
  readonly #ids = new Set<string>();
  readonly #onNone: () => void;

  /** @param onNone told whenever the last one has gone */
  constructor(client: OwnedClient, onNone: () => void) {
    this.#onNone = onNone;
    client.on('StasisStart', ({ channel }) => {
      if (typeof channel?.id === 'string') {
        this.#ids.add(channel.id);
      }
    });
    client.on('StasisEnd', ({ channel }) => this.#gone([channel?.id]));
    client.on('gap', ({ gone }) => this.#gone(gone.channels));
  }

  get size(): number {
    return this.#ids.size;
  }

  #gone(ids: readonly unknown[]): void {
    const before = this.#ids.size;
    for (const id of ids) {
      this.#ids.delete(id as string);
    }
    if (before > 0 && this.#ids.size === 0) {
      this.#onNone();
    }
  }
}
