import { AriFailure } from '../../http/failure.js';
import { isObject } from '../../params/bind.js';

/** One entry of a filter: what an event must equal to be meant. */
export interface FilterEntry {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Which types of events an application gets. */
export class EventFilter {
  allowed: readonly FilterEntry[] = [];
  disallowed: readonly FilterEntry[] = [];

  passes(type: string): boolean {
    if (this.disallowed.some((entry) => entry.type === type)) return false;
    return this.allowed.length === 0 || this.allowed.some((entry) => entry.type === type);
  }

  /** Takes over what a request says. What it says of one list may hold although the other one is wrong. */
  apply(body: unknown): void {
    if (Array.isArray(body)) {
      this.disallowed = entries(body);
      this.allowed = entries(body);
      return;
    }
    // No body takes everything away, as an empty one does.
    const said = body === undefined ? {} : body;
    if (!isObject(said)) throw new AriFailure(400, 'Invalid format definition');
    if (Object.keys(said).length === 0) {
      this.disallowed = [];
      this.allowed = [];
    }
    if ('disallowed' in said) this.disallowed = entries(said['disallowed']);
    if ('allowed' in said) this.allowed = entries(said['allowed']);
  }
}

function entries(value: unknown): FilterEntry[] {
  if (!Array.isArray(value)) throw new AriFailure(400, 'Invalid format definition');
  return value.map((entry) => {
    if (!isObject(entry) || typeof entry['type'] !== 'string') throw new AriFailure(400, 'Invalid format definition');
    return entry as FilterEntry;
  });
}
