/**
 * Where the event connection stands: `connecting` for the first time, `open`, `reconnecting` after it broke, `replaced`
 * when other connections have taken over every application, `closed` before `start()`, after `stop()`, and when it was
 * given up.
 */
export type ConnectionState = 'connecting' | 'open' | 'reconnecting' | 'replaced' | 'closed';

/** A change of the event connection's state. */
export interface StateChange {
  readonly state: ConnectionState;
  readonly previous: ConnectionState;
  /** While reconnecting: which attempt it is, from 1. */
  readonly attempt?: number;
  /** While reconnecting: how long until the attempt, in milliseconds. */
  readonly delayMs?: number;
  /** Why the connection broke, was given up or taken over. */
  readonly error?: Error;
}
