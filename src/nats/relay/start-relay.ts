import { checkFor } from '../../support/check-option.js';
import { onNats } from '../open-nats.js';
import { checkRelayOptions, type RelayOptions } from './options.js';
import { Relay } from './relay.js';

/**
 * Looks at options as {@link startRelay} does, and contacts nobody.
 * @throws {AriValidationError} for a wrong option
 */
export function checkRelay(options: RelayOptions): void {
  checkFor('startRelay', () => checkRelayOptions(options));
}

/**
 * Starts a relay: connects to Asterisk and to NATS, and passes on between them until it is closed.
 * @throws {AriValidationError} for a wrong option; {AriConnectionError} if Asterisk or NATS cannot be reached; {AriError}
 *   if another relay stands for this Asterisk, with applications that this one has not, or for another Asterisk with the same
 *   entity id, or NATS refuses a right that it needs
 */
export async function startRelay(options: RelayOptions): Promise<Relay> {
  const settings = checkFor('startRelay', () => checkRelayOptions(options));
  return onNats(options, `ari-relay ${settings.apps.join(',')}`, settings.logger, async (link) => {
    const relay = new Relay(options, settings, link);
    await relay.open();
    return relay;
  });
}
