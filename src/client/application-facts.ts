import { AriProtocolError } from '../errors/protocol-error.js';
import { mustBe } from '../support/describe.js';

/** An application as Asterisk describes it; older ones leave some of it out. */
export interface ApplicationFacts {
  readonly channel_ids?: readonly string[];
  readonly bridge_ids?: readonly string[];
  readonly endpoint_ids?: readonly string[];
  /** Absent unless Asterisk can tell device states. */
  readonly device_names?: readonly string[];
  readonly events_allowed?: readonly object[];
  readonly events_disallowed?: readonly object[];
}

const lists = {
  channel_ids: 'string',
  bridge_ids: 'string',
  endpoint_ids: 'string',
  device_names: 'string',
  events_allowed: 'object',
  events_disallowed: 'object',
} as const satisfies Readonly<Record<keyof ApplicationFacts, string>>;

/** @throws {AriProtocolError} if the answer to an operation is not what it should be */
export function readApplication(operation: string, answer: unknown): ApplicationFacts {
  const facts = answer as Readonly<Record<string, unknown>> | null | undefined;
  for (const [field, type] of Object.entries(lists)) {
    const list = facts?.[field];
    if (list !== undefined && !(Array.isArray(list) && list.every((item) => item !== null && typeof item === type))) {
      const what = mustBe(`a list of ${type}s`, list);
      throw new AriProtocolError(`${operation}: the answer is not as described: ${field} ${what}`);
    }
  }
  return facts ?? {};
}
