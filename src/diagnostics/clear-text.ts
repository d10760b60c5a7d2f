import type { Logger } from '../support/logger.js';

/** Warns when whoever listens on the way to Asterisk can read the password. */
export function warnOfClearText(url: URL, logger: Logger): void {
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    logger.warn(`the password goes to ${url.host} in clear text: use https:, or a tunnel that ends on this machine`);
  }
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || hostname.startsWith('127.')
  );
}
