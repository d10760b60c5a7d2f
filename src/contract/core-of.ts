import type { ClientCore } from './client-core.js';
import { clientOf, isHandle } from './object-handle.js';

/** What clients act through. */
const cores = new WeakMap<object, ClientCore>();

/** A client is made. */
export function noteCore(client: object, core: ClientCore): void {
  cores.set(client, core);
}

/** What a client, or an object or handle of one, acts through; undefined for what is neither, such as a double of a test. */
export function coreOf(value: unknown): ClientCore | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  return isHandle(value) ? clientOf(value) : cores.get(value);
}
