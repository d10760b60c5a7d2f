/** Many Asterisks and many workers on one NATS: a relay beside each Asterisk, a fleet in each worker. */
export type { DrainOptions } from '../support/drain.js';
export { connectFleet } from './fleet/connect-fleet.js';
export { Fleet } from './fleet/fleet.js';
export type { FleetNode } from './fleet/node.js';
export type { NodeListener } from './fleet/node-listeners.js';
export type { FleetOptions, NodeClientOptions } from './fleet/options.js';
export { connectPx } from './px/client/connect-px.js';
export type { PxOptions } from './px/client/px-options.js';
export type { NatsAccess } from './nats-access.js';
export { Relay } from './relay/relay.js';
export { RelayReplacedError } from './relay/replaced-error.js';
export { checkRelay, startRelay } from './relay/start-relay.js';
export type { RelayStatus } from './relay/status.js';
export type { RelayOptions, Unclaimed } from './relay/options.js';
