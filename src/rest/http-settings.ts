import type { Agent } from 'node:http';
import type { MakeHeaders } from './extra-headers.js';
import type { Fetch } from './fetch.js';
import type { TlsOptions } from './tls-options.js';

/** What requests over HTTP need to know. */
export interface HttpSettings {
  /** Base of all paths, without a slash at the end. */
  readonly baseUrl: URL;
  /** The value of the `Authorization` header. */
  readonly authorization: string;
  /** Most connections at once; as many again for requests whose answers take long. */
  readonly maxSockets: number;
  /** Most requests that wait for one. */
  readonly maxQueued: number;
  /** Makes the requests, in place of `node:http` and node-fetch. */
  readonly fetch: Fetch | undefined;
  /** Makes the connections, in place of our own agent. */
  readonly agent: Agent | undefined;
  readonly tls: TlsOptions | undefined;
  /** Makes headers that every request has besides ours. */
  readonly headers: MakeHeaders | undefined;
  /** Takes secrets out of a text. */
  readonly redact: (text: string) => string;
}
