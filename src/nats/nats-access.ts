import type { ConnectionOptions, NatsConnection } from '@nats-io/transport-node';
import { refuseOption } from '../support/check-option.js';
import { describe } from '../support/describe.js';
import { checkNatsOptions } from './nats-options.js';

/** Where the NATS server is: addresses, options of `@nats-io/transport-node` (credentials, TLS), or a connection of yours. */
export interface NatsAccess {
  /**
   * Addresses: `nats://localhost:4222`, `tls://nats.example.com`; a user and a password are options of `nats`. If one begins
   * with `tls://`, no server is taken that does not speak TLS.
   */
  readonly servers?: string | string[] | undefined;
  /** What else `connect` of `@nats-io/transport-node` takes, or a connection that is open; that one is left open. */
  readonly nats?: ConnectionOptions | NatsConnection | undefined;
}

/** @throws {AriValidationError} naming the option and what is allowed */
export function checkAccess({ servers, nats = {} }: NatsAccess): void {
  if (isConnection(nats)) {
    checkConnection(nats, servers);
    return;
  }
  if (typeof nats !== 'object' || nats === null || Array.isArray(nats)) {
    const allowed = 'must be options of connect() of @nats-io/transport-node, or a connection that it has made';
    throw refuseOption('nats', `${allowed}, not ${describe(nats)}`);
  }
  checkNatsOptions(nats);
  checkServers('servers', servers);
  checkServers('nats.servers', nats.servers);
  const ways = Object.entries({ servers, 'nats.servers': nats.servers, 'nats.port': nats.port });
  const [first, second] = ways.filter(([, value]) => value !== undefined).map(([name]) => name);
  if (first === undefined) {
    throw refuseOption('servers', `is missing: ${addresses}`);
  }
  if (second !== undefined) {
    throw refuseOption(second, `says nothing beside ${first}`);
  }
  if (nats.tls === null && wantsTls(servers ?? nats.servers)) {
    throw refuseOption('nats.tls', 'must not be null with an address that begins with tls://');
  }
}

/**
 * Whether one of the addresses asks for TLS. A server may name others, whose addresses tell nothing of it: what holds for one
 * holds for all.
 */
export function wantsTls(servers: string | readonly string[] = []): boolean {
  return [servers].flat().some((address) => /^\s*tls:/i.test(address));
}

function checkConnection(connection: NatsConnection, servers: unknown): void {
  if (servers !== undefined) {
    throw refuseOption('servers', 'says nothing beside a connection in nats');
  }
  if (connection.isClosed() || connection.isDraining()) {
    throw refuseOption('nats', 'is a connection that is closed: one that is open is needed');
  }
}

export function isConnection(nats: unknown): nats is NatsConnection {
  return typeof (nats as Partial<NatsConnection> | null | undefined)?.publish === 'function';
}

const addresses = 'addresses of NATS servers, such as nats://localhost:4222';

function checkServers(option: string, servers: unknown): void {
  if (servers === undefined) {
    return;
  }
  const list: readonly unknown[] = Array.isArray(servers) ? servers : [servers];
  if (list.length === 0) {
    throw refuseOption(option, `must be ${addresses}, not an empty list`);
  }
  list.forEach((address) => checkAddress(option, address));
}

/** What stands in an address may be a password: none of it is told. */
function checkAddress(option: string, address: unknown): void {
  if (typeof address !== 'string' || address.trim() === '') {
    throw refuseOption(option, `must be ${addresses}, not ${describe(address)}`);
  }
  const url = parse(address);
  if (url === undefined) {
    throw refuseOption(option, `has what is no address of a NATS server, such as nats://localhost:4222`);
  }
  if (url.username !== '' || url.password !== '') {
    throw refuseOption(option, 'must not hold credentials; give them as nats.user and nats.pass, or as nats.token');
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    throw refuseOption(option, 'has an address with more in it than a host and a port: it would get lost');
  }
}

/** NATS' own schemes say nothing of a port or a path; those of HTTP have the host looked at. */
function parse(address: string): URL | undefined {
  const [, host] = /^(?:(?:nats|tls):\/\/)?(.*)$/is.exec(address.trim()) ?? [];
  try {
    return /:\/\//.test(host ?? '') ? undefined : new URL(`http://${host}`);
  } catch {
    return undefined;
  }
}
