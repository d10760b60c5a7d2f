import type { ConnectionOptions } from '@nats-io/transport-node';
import { AriConnectionError } from '../errors/connection-error.js';
import { AriError } from '../errors/ari-error.js';
import { errorText } from '../support/error-text.js';
import type { Logger } from '../support/logger.js';
import { isConnection, wantsTls, type NatsAccess } from './nats-access.js';
import { NatsLink } from './nats-link.js';

/** Reconnects for ever: that is what relays and workers are for. A server that is silent is given up after a while. */
const forEver: ConnectionOptions = {
  maxReconnectAttempts: -1,
  reconnectTimeWait: 500,
  reconnectJitter: 250,
  timeout: 5_000,
  pingInterval: 10_000,
  maxPingOut: 2,
  // A server may refuse for a while: while its configuration is being changed, or credentials renewed.
  ignoreAuthErrorAbort: true,
};

/**
 * Connects, and makes something of the connection; where that fails, none is left.
 * @param name by which the server knows the connection
 * @throws {AriError} if `@nats-io/transport-node` is not installed; {AriConnectionError} if no server answers
 */
export async function onNats<T>(
  access: NatsAccess,
  name: string,
  logger: Logger,
  make: (link: NatsLink) => Promise<T>,
): Promise<T> {
  const link = await open(access, name, logger);
  try {
    return await make(link);
  } catch (error) {
    await link.close();
    throw error;
  }
}

async function open({ servers, nats }: NatsAccess, name: string, logger: Logger): Promise<NatsLink> {
  const library = await loadNats();
  if (isConnection(nats)) {
    return new NatsLink(nats, { library, logger, isOwn: false });
  }
  const given = Object.entries({ ...nats, servers: servers ?? nats?.servers }).filter(
    ([, value]) => value !== undefined,
  );
  const options: ConnectionOptions = { ...forEver, name, ...Object.fromEntries(given) };
  if (wantsTls(options.servers)) {
    // The library itself pays no heed to it, and would send a password in plain text.
    options.tls ??= {};
  }
  try {
    return new NatsLink(await library.connect(options), { library, logger, isOwn: true });
  } catch (cause) {
    const places = [options.servers ?? `127.0.0.1:${options.port}`].flat().join(', ');
    const message = `no NATS server takes the connection to ${places}: ${errorText(cause)}${hint(cause, options)}`;
    throw new AriConnectionError(message, 'notSent', { cause });
  }
}

/** A server that asks for a certificate hardly says so to who shows none, if it says anything. */
function hint(cause: unknown, { tls }: ConnectionOptions): string {
  const { name, code, message } = cause as NodeJS.ErrnoException;
  const isSilent =
    name === 'TimeoutError' || code === 'ECONNRESET' || /alert (bad certificate|certificate required)/.test(message);
  const showsNone = tls !== undefined && tls !== null && tls.cert === undefined && tls.certFile === undefined;
  return isSilent && showsNone ? '; it may ask for a certificate, and is shown none' : '';
}

type NatsLibrary = typeof import('@nats-io/transport-node');

async function loadNats(): Promise<NatsLibrary> {
  try {
    return await import('@nats-io/transport-node');
  } catch (cause) {
    throw new AriError('asterisk-ari/nats needs a package that is not installed: npm install @nats-io/transport-node', {
      cause,
    });
  }
}
