import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Why a request is not served. */
export interface Denial {
  readonly status: 400 | 401 | 403;
  readonly reason: string;
}

export interface GuardOptions {
  readonly scheme: 'http' | 'https';
  /** Names besides the addresses by which the page may be asked for, at its own port or at the one that a name has. */
  readonly names: readonly string[];
}

/**
 * Looks whether a request comes from the page itself. A page of somebody else in the same browser can send requests here,
 * too: by a name of its own that it has resolve to this machine (DNS rebinding), which shows in `Host`, or across sites,
 * which shows in `Origin`, and in the absence of the cookie, which is `SameSite=Strict`.
 */
export class Guard {
  readonly #options: GuardOptions;

  constructor(options: GuardOptions) {
    this.#options = options;
  }

  /** @returns nothing for a request that may be looked at further */
  check(request: IncomingMessage): Denial | undefined {
    const { host, origin } = request.headers;
    if (host === undefined || !this.#isOurs(host, request)) {
      return {
        status: 403,
        reason: 'This address is not one of the explorer: --allow-host NAME, or NAME:PORT, adds one.',
      };
    }
    const isRead = (request.method === 'GET' || request.method === 'HEAD') && request.headers.upgrade === undefined;
    if (origin === undefined ? !isRead : origin !== `${this.#options.scheme}://${host}`) {
      return { status: 403, reason: 'Only the page of the explorer may send this.' };
    }
    const site = request.headers['sec-fetch-site'];
    if (origin === undefined && site !== undefined && site !== 'same-origin' && site !== 'none') {
      // A link from elsewhere may lead to the page itself, and to nothing else.
      const isPage =
        request.headers['sec-fetch-mode'] === 'navigate' && request.headers['sec-fetch-dest'] === 'document';
      if (!isPage) return { status: 403, reason: 'Another site may not ask for this.' };
    }
    return undefined;
  }

  /** An address of this machine as it was connected to, `localhost` where that is loopback, or a name that is allowed. */
  #isOurs(host: string, request: IncomingMessage): boolean {
    const { localAddress, localPort } = request.socket;
    const address = localAddress?.replace(/^::ffff:/, '') ?? '';
    const names = [address.includes(':') ? `[${address}]` : address, ...this.#options.names];
    if (isLoopback(address)) names.push('localhost');
    const asked = withPort(host.toLowerCase(), this.#options.scheme === 'https' ? 443 : 80);
    return names.some((name) => asked === withPort(name, localPort));
  }
}

/** A name with its port, be it behind a tunnel another one; browsers leave that of the scheme out. */
function withPort(name: string, port: number | undefined): string {
  return /:\d+$/.test(name) && !name.endsWith(']') ? name : `${name}:${port}`;
}

/** Whether only programs of this machine can connect to an address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Whether two secrets are the same, in a time that tells nothing of them. */
export function sameSecret(given: string, secret: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** `http://127.0.0.1:8090` */
export function urlOf(scheme: string, { address, family, port }: AddressInfo): string {
  const any = address === '0.0.0.0' || address === '::';
  const host = any ? 'localhost' : family === 'IPv6' ? `[${address}]` : address;
  return `${scheme}://${host}:${port}`;
}
