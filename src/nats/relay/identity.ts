import { checkNodeId } from './node-id.js';
import type { RelayClient } from './relay-client.js';

/** Which Asterisk it is. */
export interface Identity {
  /** `system.entity_id`, by which it is known. */
  readonly node: string;
  /** `status.startup_time`, as it says it: by that two with one id are told apart. Undefined if it does not say. */
  readonly started: string | undefined;
}

interface Info {
  readonly system?: { readonly entity_id?: unknown };
  readonly status?: { readonly startup_time?: unknown };
}

/** Asks which Asterisk it is. @throws {AriError} if it can't be known by its id */
export async function identify(client: Pick<RelayClient, 'ask'>): Promise<Identity> {
  const { system, status } = (await client.ask('/asterisk/info', 'only=system,status')) as Info;
  const started = status?.startup_time;
  return {
    node: checkNodeId(system?.entity_id),
    started: typeof started === 'string' && started !== '' ? started : undefined,
  };
}
