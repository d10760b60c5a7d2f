import type { IncomingMessage, Server } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { refuseOption } from './check-option.js';

/** Called with a request that wants to become a WebSocket. */
export type OnUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** The paths that are taken here, of each HTTP server; the first of them answers for those that nobody has taken. */
const takenOf = new WeakMap<object, Set<string>>();

/**
 * Takes the upgrades to one path of an HTTP server. Those to others are left to whoever else listens.
 * @param onStray called for a path that nobody has taken, where nobody else listens: else it would never be answered
 * @returns what takes that back
 * @throws {AriValidationError} if the path is taken
 */
export function takeUpgrades(
  server: Server | TlsServer,
  path: string,
  onUpgrade: OnUpgrade,
  onStray: OnUpgrade,
): () => void {
  const taken = takenOf.get(server) ?? new Set<string>();
  takenOf.set(server, taken);
  if (taken.has(path)) {
    throw refuseOption('path', `must be another one: '${path}' of this server is taken`);
  }
  taken.add(path);
  const listener: OnUpgrade = (request, socket, head) => {
    const asked = upgradePath(request);
    if (asked === path) {
      onUpgrade(request, socket, head);
    } else if (!taken.has(asked) && server.listenerCount('upgrade') === taken.size && [...taken][0] === path) {
      onStray(request, socket, head);
    }
  };
  server.on('upgrade', listener);
  return () => {
    taken.delete(path);
    server.off('upgrade', listener);
  };
}

/** The path of a request, without its query. */
export function upgradePath({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '/';
}
