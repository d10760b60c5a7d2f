import { join, type Fleet } from './fleet.js';
import { checkFleetOptions, type FleetOptions } from './options.js';
import { RelayDialect } from './relay-dialect.js';
import { checkFor } from '../../support/check-option.js';

/**
 * Joins the workers of a fleet: connects to NATS and meets the relays that are there.
 * @throws {AriValidationError} for a wrong option; {AriConnectionError} if NATS cannot be reached; {AriError} without the
 *   package `@nats-io/transport-node`, or where NATS refuses a right that it needs
 * @example
 * const fleet = await connectFleet({ client: AriClient, servers: 'nats://localhost:4222', apps: 'ivr' });
 * fleet.on('StasisStart', async ({ channel }) => {
 *   await channel.answer();
 * });
 */
export async function connectFleet<C extends object>(options: FleetOptions<C>): Promise<Fleet<C>> {
  const settings = checkFor('connectFleet', () => checkFleetOptions(options));
  return join(options, settings, (link) => (host) => new RelayDialect(settings, link, host));
}
