import type { Agent } from 'node:http';
import type { Redact } from '../diagnostics/redact.js';
import type { MakeHeaders } from '../rest/extra-headers.js';
import type { TlsOptions } from '../rest/tls-options.js';
import type { Logger } from '../support/logger.js';
import type { Settings } from './settings.js';

/** Key of the method by which a client tells where its Asterisk is, to what else connects there. */
export const serverEndpoint: unique symbol = Symbol('server endpoint');

/** What it takes to connect to the Asterisk of a client by other ways than ARI. */
export interface ServerEndpoint {
  /** Of Asterisk's HTTP server, with the prefix of `http.conf`, without a slash at the end; missing where nobody has told. */
  readonly url: string | undefined;
  readonly tls: TlsOptions | undefined;
  readonly agent: Agent | undefined;
  /** Makes the headers that a gateway before Asterisk wants; called for each connection. */
  readonly headers: MakeHeaders | undefined;
  /** Takes the client's secrets out of what is shown. */
  readonly redact: Redact;
  readonly logger: Logger;
}

export function endpointOf({ acceptance, baseUrl, tls, agent, headers, redact, logger }: Settings): ServerEndpoint {
  const url = acceptance?.hasHttp === false ? undefined : baseUrl.href.replace(/\/ari$/, '');
  return { url, tls, agent, headers, redact, logger };
}
