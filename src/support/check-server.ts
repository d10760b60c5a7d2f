import { checkWhole, refuseOption } from './check-option.js';
import { describe } from './describe.js';
import type { HttpServer } from './own-server.js';

interface Place {
  readonly port?: unknown;
  readonly host?: unknown;
  readonly tls?: unknown;
  readonly server?: unknown;
}

/**
 * A server of the application's, if it has given one; it has its own port, host and TLS.
 * @throws {AriValidationError}
 */
export function checkServer({ server, port, host, tls }: Place): HttpServer | undefined {
  if (server === undefined) {
    return undefined;
  }
  const { on, address } = Object(server) as Partial<HttpServer>;
  if (typeof on !== 'function' || typeof address !== 'function') {
    throw refuseOption('server', `must be a server of node:http or node:https, not ${describe(server)}`);
  }
  const other = Object.entries({ port, host, tls }).find(([, value]) => value !== undefined);
  if (other !== undefined) {
    throw refuseOption(other[0], "is not for a server that is given as 'server'");
  }
  return server as HttpServer;
}

const mostPort = 65_535;

/** A port to listen at; 0, for a free one, if it is left out. @throws {AriValidationError} */
export function checkPort(value: unknown): number {
  const port = checkWhole('port', value, 0, 0);
  if (port > mostPort) {
    throw refuseOption('port', `must be at most ${mostPort}, not ${port}`);
  }
  return port;
}

/** The path at which a server is found. @throws {AriValidationError} */
export function checkPath(path: unknown, byDefault: string): string {
  if (path === undefined) {
    return byDefault;
  }
  if (typeof path !== 'string' || !/^\/[^?#]*$/.test(path)) {
    throw refuseOption('path', `must begin with a slash, and have neither ? nor #, not ${describe(path)}`);
  }
  return path;
}
