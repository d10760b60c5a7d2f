/** A server that Asterisk connects to, by itself or for each call: `outbound_websocket` in its `ari.conf`. */
export type { Call } from './call.js';
export { claim, type Claimant, type ClaimedCall, type ClaimOptions, type Offer, type OfferedChannel } from './claim.js';
export type {
  ChannelOf,
  ConnectionListener,
  OutboundConnection,
  PerCallConnection,
  PersistentConnection,
} from './connection.js';
export type { AcceptedClientOptions, HttpAccess, OutboundOptions, ServerTls } from './options.js';
export type { DrainOptions } from '../support/drain.js';
export { OutboundServer, serve } from './server.js';
