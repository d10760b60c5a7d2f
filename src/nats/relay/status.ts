import type { RelayState } from '../messages.js';

/** What a relay has done and has. */
export interface RelayStatus {
  /** `system.entity_id` of its Asterisk. */
  readonly node: string;
  readonly state: RelayState;
  readonly apps: readonly string[];
  /** Release of its Asterisk, once it is known. */
  readonly release: string | undefined;
  /** Whether NATS is connected. */
  readonly connected: boolean;
  /** Calls that workers have. */
  readonly calls: number;
  /** Calls that are on offer. */
  readonly offered: number;
  /** Events that could not be passed on, for want of a connection to NATS or because they are too long for it. */
  readonly lost: number;
}
