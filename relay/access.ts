import type { RelayOptions } from 'asterisk-ari/nats';
import { credentialsIn } from './credentials.js';
import { readText } from './files.js';
import { flagOf, UsageError, type Get, type Name } from './names.js';

/** How Asterisk's HTTPS is to be trusted, and what is shown to it. */
export function asteriskTls(get: Get): RelayOptions['asterisk']['tls'] {
  const [ca, cert, key] = [get('ca'), get('cert'), get('key')];
  checkPair('cert', cert, 'key', key);
  return ca === undefined && cert === undefined
    ? undefined
    : {
        ...(ca !== undefined && { ca: readText('ca', ca) }),
        ...(cert !== undefined && { cert: readText('cert', cert) }),
        ...(key !== undefined && { key: readText('key', key) }),
      };
}

/** A certificate is of no use without its key. */
function checkPair(certName: Name, cert: string | undefined, keyName: Name, key: string | undefined): void {
  if ((cert === undefined) !== (key === undefined)) {
    throw new UsageError(`${flagOf(certName)} and ${flagOf(keyName)} go together`);
  }
}

/** Addresses of NATS servers. What else is wrong with one of them is told by `startRelay`. */
export function natsServers(text: string): string[] {
  const servers = text.split(',').map((server) => server.trim());
  if (servers.includes('')) {
    throw new UsageError(`${flagOf('nats')} must be addresses of NATS servers with commas between them; one is empty`);
  }
  if (servers.some((server) => server.includes('@'))) {
    const places = (['natsUser', 'natsPassword', 'natsToken', 'natsCredentials'] as const).map(flagOf);
    throw new UsageError(`${flagOf('nats')} must not hold credentials: give them by ${places.join(', ')}`);
  }
  return servers;
}

/** How NATS is to be reached: who we are, whom we trust. */
export function natsOptions(get: Get): NonNullable<RelayOptions['nats']> {
  const [user, pass, token, credentials] = [
    get('natsUser'),
    get('natsPassword'),
    get('natsToken'),
    get('natsCredentials'),
  ];
  const [caFile, certFile, keyFile] = [get('natsCa'), get('natsCert'), get('natsKey')];
  checkPair('natsCert', certFile, 'natsKey', keyFile);
  const hasTls = caFile !== undefined || certFile !== undefined;
  // They are read again at each connection, for they may have been renewed; what cannot be read is said now.
  for (const name of ['natsCa', 'natsCert', 'natsKey'] as const) {
    const path = get(name);
    if (path !== undefined) readText(name, path);
  }
  return {
    ...(user !== undefined && { user }),
    ...(pass !== undefined && { pass }),
    ...(token !== undefined && { token }),
    ...(credentials !== undefined && { authenticator: credentialsIn(credentials) }),
    ...(hasTls && { tls: { ...(caFile && { caFile }), ...(certFile && { certFile }), ...(keyFile && { keyFile }) } }),
  };
}
