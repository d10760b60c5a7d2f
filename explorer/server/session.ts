import { randomBytes } from 'node:crypto';
import { sameSecret } from './guard.js';

/**
 * Who may use the page: a browser that brought the token, which is good once, and has the cookie since. Programs of other
 * users of this machine can connect to a loopback address as well, so the address alone opens nothing.
 */
export class Session {
  readonly #secret = secret();
  #token = secret();

  /** Good for one browser. */
  get token(): string {
    return this.#token;
  }

  /** Uses the token up; whoever was given the next one is another browser. */
  redeem(token: string): boolean {
    if (!sameSecret(token, this.#token)) return false;
    this.#token = secret();
    return true;
  }

  /** The header that gives a browser the cookie. Cookies of all ports of a host are one, so its name has the port. */
  setCookie(port: number, isSecure: boolean): string {
    return `${nameOf(port)}=${this.#secret}; Path=/; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`;
  }

  /** Whether a browser has the cookie. */
  admits(cookies: string | undefined, port: number): boolean {
    const prefix = `${nameOf(port)}=`;
    return (cookies ?? '')
      .split(';')
      .map((cookie) => cookie.trim())
      .some((cookie) => cookie.startsWith(prefix) && sameSecret(cookie.slice(prefix.length), this.#secret));
  }
}

function nameOf(port: number): string {
  return `ari-explorer-${port}`;
}

function secret(): string {
  return randomBytes(32).toString('base64url');
}
