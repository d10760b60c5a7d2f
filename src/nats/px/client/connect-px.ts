import { join, type Fleet } from '../../fleet/fleet.js';
import { PxDialect } from './px-dialect.js';
import { checkPxOptions, type PxOptions } from './px-options.js';
import { checkFor } from '../../../support/check-option.js';

/**
 * Joins workers that ari-proxies (5.3) serve, in whatever language: connects to NATS and meets the proxies that are there.
 * What ari-proxy has no request for is an {@link UnsupportedOperationError}, before anything is sent.
 * @throws {AriValidationError} for a wrong option; {AriConnectionError} if NATS cannot be reached; {AriError} without the
 *   package `@nats-io/transport-node`, or where NATS refuses a right that it needs
 * @example
 * const fleet = await connectPx({ client: AriClient, servers: 'nats://localhost:4222', app: 'ivr' });
 * fleet.on('StasisStart', async ({ channel }) => {
 *   await channel.answer();
 * });
 */
export async function connectPx<C extends object>(options: PxOptions<C>): Promise<Fleet<C>> {
  const settings = checkFor('connectPx', () => checkPxOptions(options));
  return join(options, settings, (link) => (host) => new PxDialect(settings, link, host));
}
