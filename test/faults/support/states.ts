import type { AriClient, ConnectionState, StateChange } from 'asterisk-ari';

/** Reconnects at once. */
export const atOnce = { minDelayMs: 0, maxDelayMs: 0 } as const;

/** Every change of the client's event connection from now on. */
export function watchStates(client: AriClient): StateChange[] {
  const changes: StateChange[] = [];
  client.on('state', (change) => changes.push(change));
  return changes;
}

export function names(changes: readonly StateChange[]): ConnectionState[] {
  return changes.map(({ state }) => state);
}

/** Waits for the connection to come into a state. */
export function until(client: AriClient, state: ConnectionState): Promise<StateChange> {
  return client.waitFor('state', { timeoutMs: 10_000, where: (change) => change.state === state });
}
