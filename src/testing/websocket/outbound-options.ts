/** A connection that the double opens, as `outbound_websocket` in ari.conf and `websocket_client` have it. */
export interface OutboundWebSocket {
  /** Where to: `ws://127.0.0.1:8090/`. */
  readonly uri: string;
  /** Shown to the server as Basic authentication. */
  readonly username?: string;
  readonly password?: string;
  /** `persistent` (without it) is kept open; with `per_call_config` each call of the dialplan has its own. */
  readonly connectionType?: 'persistent' | 'per_call_config';
  readonly apps: readonly string[];
  readonly subscribeAll?: boolean;
  /** By whose rights requests are carried out: a name of `users`; the first one without it. */
  readonly localAriUser?: string;
  /** Between two attempts, in real milliseconds; 500 without it. */
  readonly reconnectInterval?: number;
  /** How often a lost connection of a call is opened again; 4 without it. */
  readonly reconnectAttempts?: number;
}
