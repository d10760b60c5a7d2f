import type { Agent } from 'node:http';
import type { SecureContextOptions } from 'node:tls';
import type { ReconnectOptions } from '../events/reconnect.js';
import type { Logger } from './logger.js';

/** Where an Asterisk is and who we are there. */
export interface Credentials {
  /** Of Asterisk's HTTP server, `http://pbx:8088/`; with the prefix of `http.conf`, if it has one. Without credentials. */
  readonly url: string;
  /** Name of a user in `ari.conf`. */
  readonly username: string;
  readonly password: string;
}

/** TLS for `https:` URLs, for requests and events alike. */
export interface TlsOptions extends Pick<SecureContextOptions, 'ca' | 'cert' | 'key' | 'passphrase' | 'pfx'> {
  /** False accepts a certificate that cannot be verified. @default true */
  readonly rejectUnauthorized?: boolean;
  /** Name expected in the certificate, where it is not the URL's host. */
  readonly servername?: string;
}

/** How a client behaves; all of it may be left out. */
export interface ConnectOptions {
  /** Longest time for a request, in milliseconds, unless a call says otherwise; 0 for no limit. @default 10,000 */
  readonly timeoutMs?: number | undefined;
  /**
   * Most HTTP connections open at once. Asterisk's `sessionlimit` (100) counts them together with event sockets.
   * @default 10
   */
  readonly maxSockets?: number | undefined;
  /** Most requests that may wait for a connection; one more fails at once. @default 10,000 */
  readonly maxQueued?: number | undefined;
  /** How the event connection comes back after it broke; false if it shall not. */
  readonly reconnect?: ReconnectOptions | false | undefined;
  /** Time between two pings on the event connection, in milliseconds; without an answer it is cut. 0 for none. @default 15,000 */
  readonly pingIntervalMs?: number | undefined;
  readonly tls?: TlsOptions | undefined;
  /** Makes the connections, in place of the built-in agent; for proxies. */
  readonly agent?: Agent | undefined;
  /** Receives what the client does and what goes wrong. Silent if left out. */
  readonly logger?: Logger | undefined;
}

/** Everything a client is made of. */
export interface ClientOptions extends Credentials, ConnectOptions {}
