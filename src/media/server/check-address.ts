import { checkString } from '../../support/check-option.js';
import { checkPort } from '../../support/check-server.js';

/** Where a server listens. */
export interface ListenAddress {
  readonly port: number;
  readonly host: string;
}

/** @throws {AriValidationError} */
export function checkAddress(options: { readonly port?: unknown; readonly host?: unknown }): ListenAddress {
  const { port, host = '127.0.0.1' } = options;
  return { port: checkPort(port), host: checkString('host', host) };
}
