import type { ConnectionState } from '../../contract/connection-state.js';
import { describe } from '../../support/describe.js';
import type { ToldClient } from '../../diagnostics/channels.js';
import { toldClient } from '../../client/told-client.js';
import { checkCallOptions, checkRecord, checkWhole, refuseOption } from '../../support/check-option.js';

/** A client of any bindings. */
export interface RecordedClient {
  readonly state: ConnectionState;
  /** @internal */
  [toldClient](): ToldClient;
}

/** Options of `record`. */
export interface RecordOptions {
  /**
   * Whom to record, by the names that entries get. Without it, all clients of the process, each under a name that it has of
   * its own: `ari-1`.
   */
  readonly clients?: Readonly<Record<string, RecordedClient>> | undefined;
  /** Most entries that are kept. @default 10,000 */
  readonly maxEntries?: number | undefined;
  /** Most that is kept, in bytes: those of its JSON, and 200 for each entry. @default 16,777,216 */
  readonly maxBytes?: number | undefined;
}

export interface RecordSettings {
  /** Names of the clients to record; undefined for all. */
  readonly names: ReadonlyMap<ToldClient, string> | undefined;
  readonly maxEntries: number;
  readonly maxBytes: number;
}

const known = ['clients', 'maxEntries', 'maxBytes'] as const satisfies readonly (keyof RecordOptions)[];

/** @throws {AriValidationError} naming the option and what is allowed */
export function checkRecordOptions(options: RecordOptions): RecordSettings {
  checkCallOptions('record', options, known);
  const { clients } = options;
  return {
    names: clients === undefined ? undefined : namesOf(clients),
    maxEntries: checkWhole('maxEntries', options.maxEntries, 10_000, 1),
    maxBytes: checkWhole('maxBytes', options.maxBytes, 16 * 1024 * 1024, 1),
  };
}

function namesOf(clients: Readonly<Record<string, RecordedClient>>): Map<ToldClient, string> {
  const given = checkRecord("option 'clients'", clients, ['a client for each name'], 'clients');
  if (Object.keys(given).length === 0) {
    throw refuseOption('clients', 'must name a client at least; without the option, all clients are recorded');
  }
  const names = new Map<ToldClient, string>();
  for (const [name, client] of Object.entries(given)) {
    const told = (client as Partial<RecordedClient> | null)?.[toldClient];
    if (typeof told !== 'function') {
      throw refuseOption(`clients.${name}`, `must be a client, not ${describe(client)}`);
    }
    const known = told.call(client);
    if (names.has(known)) {
      throw refuseOption(
        `clients.${name}`,
        `must be another client than clients.${names.get(known)}: each has one name`,
      );
    }
    names.set(known, name);
  }
  return names;
}
