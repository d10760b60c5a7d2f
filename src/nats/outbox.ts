import type { NatsConnection, PublishOptions } from '@nats-io/transport-node';

interface Letter {
  readonly subject: string;
  readonly bytes: Uint8Array;
  readonly options: PublishOptions | undefined;
}

/** Sends what is published in one turn of the event loop together: a write for each costs more than all else. */
export class Outbox {
  readonly #connection: NatsConnection;
  #letters: Letter[] = [];

  constructor(connection: NatsConnection) {
    this.#connection = connection;
  }

  add(subject: string, bytes: Uint8Array, options?: PublishOptions): void {
    if (this.#letters.push({ subject, bytes, options }) === 1) {
      setImmediate(() => this.flush());
    }
  }

  /** Sends what there is at once. What a closed connection has left is lost with it. */
  flush(): void {
    const letters = this.#letters;
    this.#letters = [];
    for (const { subject, bytes, options } of letters) {
      if (!this.#connection.isClosed() && !this.#connection.isDraining()) {
        this.#connection.publish(subject, bytes, options);
      }
    }
  }
}
