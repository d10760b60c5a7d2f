import type { ClientCore } from './client-core.js';
import { clientOf, isHandle } from './object-handle.js';

/** What clients act through. */
const cores = new WeakMap<object, ClientCore>();

/** Ids of the Asterisks at their other ends, where whoever has made the client knows them for certain. */
const asterisks = new WeakMap<ClientCore, string>();

/** A client is made. */
export function noteCore(client: object, core: ClientCore): void {
  cores.set(client, core);
}

/** @param id `system.entity_id` of the Asterisk that a client is of */
export function noteAsterisk(core: ClientCore, id: string): void {
  asterisks.set(core, id);
}

/** Id of the Asterisk of a client, or of an object or handle of one; undefined if it is not known, as for a double of a test. */
export function asteriskOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const core = isHandle(value) ? clientOf(value) : cores.get(value);
  return core && asterisks.get(core);
}
