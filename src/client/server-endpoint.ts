import type { Agent } from 'node:http';
import type { TlsOptions } from '../rest/tls-options.js';
import type { Logger } from '../support/logger.js';
import type { Settings } from './settings.js';

/** Key of the method by which a client tells where its Asterisk is, to what else connects there. */
export const serverEndpoint: unique symbol = Symbol('server endpoint');

/** What it takes to connect to the Asterisk of a client by other ways than ARI. */
export interface ServerEndpoint {
  /** Of Asterisk's HTTP server, with the prefix of `http.conf`, without a slash at the end. */
  readonly url: string;
  readonly tls: TlsOptions | undefined;
  readonly agent: Agent | undefined;
  readonly logger: Logger;
}

export function endpointOf({ baseUrl, tls, agent, logger }: Settings): ServerEndpoint {
  return { url: baseUrl.href.replace(/\/ari$/, ''), tls, agent, logger };
}
