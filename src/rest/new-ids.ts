import type { Operation } from '../contract/operation.js';
import { describe } from '../support/describe.js';
import { createdBy } from './creation.js';
import { refuse } from './refuse.js';

/** Longest id of a channel that Asterisk keeps whole, in bytes; it cuts longer ones, or refuses them. */
const longestChannelId = 149;

/**
 * Refuses to make what no later request could name, or under another id than the one given.
 * @throws {AriValidationError}
 */
export function checkNewIds(operation: Operation, values: ReadonlyMap<string, unknown>): void {
  const made = createdBy(operation);
  if (made === undefined) {
    return;
  }
  for (const name of [made.idName, ...(made.kind === 'Channel' ? ['otherChannelId'] : [])]) {
    const id = values.get(name);
    if (typeof id === 'string') {
      checkNewId(operation, name, id, made.kind === 'Channel');
    }
  }
}

function checkNewId(operation: Operation, name: string, id: string, isChannel: boolean): void {
  if (id === '' || id === '.' || id === '..') {
    throw refuse(operation, name, `must not be ${id === '' ? 'empty' : describe(id)}: no request could name it later`);
  }
  if (isChannel && Buffer.byteLength(id) > longestChannelId) {
    throw refuse(operation, name, `must not be longer than ${longestChannelId} bytes, not ${describe(id)}`);
  }
}
