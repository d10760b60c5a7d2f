import type { CallConnection } from '../engine/stasis/outbound.js';
import { OutboundConnection, type OutboundParts } from './outbound-connection.js';
import type { OutboundWebSocket } from './outbound-options.js';

/** The connections that the double opens by itself. */
export class OutboundConnections {
  readonly #parts: OutboundParts;
  readonly #open = new Set<OutboundConnection>();

  constructor(parts: OutboundParts) {
    this.#parts = parts;
  }

  /** Opens those that are kept open, and from now on one for each call of the others. */
  begin(all: readonly OutboundWebSocket[]): void {
    for (const options of all) {
      if (options.connectionType === 'per_call_config') this.#serveCalls(options);
      else this.#keepOpen(options);
    }
  }

  /** Cuts the connections of an application, or all. */
  drop(application: string | undefined, code: number | undefined): void {
    for (const connection of this.#open) {
      if (application === undefined || connection.isFor(application)) connection.drop(code);
    }
  }

  close(): void {
    for (const connection of this.#open) connection.end();
    this.#open.clear();
  }

  #keepOpen(options: OutboundWebSocket): void {
    const how = { applications: options.apps, attempts: Infinity };
    const connection = new OutboundConnection(this.#parts, options, how, { onOpen: () => {}, onLost: () => {} });
    this.#open.add(connection);
    connection.begin();
  }

  #serveCalls(options: OutboundWebSocket): void {
    for (const app of options.apps) {
      this.#parts.engine.outbound.serve(app, (name, channelName, ready) =>
        this.#openForCall(options, `${name}:${channelName}`, ready),
      );
    }
  }

  #openForCall(
    options: OutboundWebSocket,
    application: string,
    ready: (connection: CallConnection | undefined) => void,
  ): void {
    let isReady = false;
    let lost = (): void => ready(undefined);
    const how = { applications: [application], attempts: options.reconnectAttempts ?? 4 };
    const connection = new OutboundConnection(this.#parts, options, how, {
      onOpen: () => {
        if (isReady) return;
        isReady = true;
        ready({
          application,
          whenLost: (action) => {
            lost = action;
          },
          end: () => {
            this.#open.delete(connection);
            connection.end(1000);
          },
        });
      },
      onLost: () => {
        this.#open.delete(connection);
        lost();
      },
    });
    this.#open.add(connection);
    connection.begin();
  }
}
