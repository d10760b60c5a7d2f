import type { RelayOptions } from 'asterisk-ari/nats';
import { credentialsIn } from './credentials.js';
import { readTls } from './certificates.js';
import { flagOf, UsageError, type Given, type Name } from './names.js';

/** How Asterisk's HTTPS is to be trusted, and what is shown to it. */
export function asteriskTls(given: Given): RelayOptions['asterisk']['tls'] {
  const { get, called } = given;
  const first = (['ca', 'cert', 'key'] as const).find((name) => get(name) !== undefined);
  if (first !== undefined && !/^https:/i.test(get('url') ?? '')) {
    throw new UsageError(`${called(first)} says nothing unless ${called('url')} begins with https:`);
  }
  checkTogether(given, 'cert', 'key');
  return first === undefined ? undefined : readTls(given, { ca: 'ca', cert: 'cert', key: 'key' });
}

/** A certificate is of no use without its key, and a user without his password. */
function checkTogether({ get, called }: Given, one: Name, other: Name): void {
  if ((get(one) === undefined) !== (get(other) === undefined)) {
    const [there, missing] = get(one) === undefined ? [other, one] : [one, other];
    throw new UsageError(`${called(there)} is given without ${flagOf(missing)}: they go together`);
  }
}

/** Addresses of NATS servers. What else is wrong with one of them is told by `startRelay`. */
export function natsServers({ get, called }: Given): string[] {
  const servers = (get('nats') ?? '').split(',').map((server) => server.trim());
  if (servers.includes('')) {
    throw new UsageError(`${called('nats')} must be addresses of NATS servers with commas between them; one is empty`);
  }
  if (servers.some((server) => server.includes('@'))) {
    const places = (['natsUser', 'natsPassword', 'natsToken', 'natsCredentials'] as const).map(flagOf);
    throw new UsageError(`${called('nats')} must not hold credentials: give them by ${places.join(', ')}`);
  }
  return servers;
}

/**
 * How NATS is to be reached: who we are, whom we trust.
 * @param warn told what goes wrong with the files later
 */
export function natsOptions(given: Given, warn: (message: string) => void): NonNullable<RelayOptions['nats']> {
  const { get } = given;
  const [caFile, certFile, keyFile] = [get('natsCa'), get('natsCert'), get('natsKey')];
  checkTogether(given, 'natsCert', 'natsKey');
  const hasTls = caFile !== undefined || certFile !== undefined;
  // They are read again at each connection, for they may have been renewed; what is wrong with them is said now.
  readTls(given, { ca: 'natsCa', cert: 'natsCert', key: 'natsKey' });
  return {
    ...identity(given, warn),
    ...(hasTls && { tls: { ...(caFile && { caFile }), ...(certFile && { certFile }), ...(keyFile && { keyFile }) } }),
  };
}

/** Who we are to NATS, shown in one way. */
function identity(given: Given, warn: (message: string) => void): NonNullable<RelayOptions['nats']> {
  const { get, called } = given;
  checkTogether(given, 'natsUser', 'natsPassword');
  const ways = (['natsUser', 'natsToken', 'natsCredentials'] as const).filter((name) => get(name) !== undefined);
  if (ways.length > 1) {
    throw new UsageError(`${ways.map(called).join(' and ')} are given: NATS is shown one of them`);
  }
  const [user, pass, token] = [get('natsUser'), get('natsPassword'), get('natsToken')];
  const credentials = get('natsCredentials');
  return {
    ...(user !== undefined && { user }),
    ...(pass !== undefined && { pass }),
    ...(token !== undefined && { token }),
    ...(credentials !== undefined && { authenticator: credentialsIn(credentials, warn) }),
  };
}
