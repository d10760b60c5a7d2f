import type { ConnectionOptions } from '@nats-io/transport-node';

/** All of them: one that the package comes to have is missed by the compiler. */
const names: Readonly<Record<keyof ConnectionOptions, true>> = {
  authenticator: true,
  debug: true,
  ignoreAuthErrorAbort: true,
  ignoreClusterUpdates: true,
  inboxPrefix: true,
  maxPingOut: true,
  maxReconnectAttempts: true,
  name: true,
  noAsyncTraces: true,
  noEcho: true,
  noRandomize: true,
  pass: true,
  pedantic: true,
  pingInterval: true,
  port: true,
  reconnect: true,
  reconnectDelayHandler: true,
  reconnectJitter: true,
  reconnectJitterTLS: true,
  reconnectTimeWait: true,
  reconnectToServer: true,
  resolve: true,
  servers: true,
  timeout: true,
  tls: true,
  token: true,
  user: true,
  verbose: true,
  waitOnFirstConnect: true,
};

/** Names of what `connect` of `@nats-io/transport-node` takes. */
export const natsOptionNames: readonly string[] = Object.keys(names);
