import { checkWhole, refuseOption } from '../../support/check-option.js';
import { describe } from '../../support/describe.js';

/** Where a server listens. */
export interface ListenAddress {
  readonly port: number;
  readonly host: string;
}

const mostPort = 65_535;

/** @throws {AriValidationError} */
export function checkAddress(options: { readonly port?: unknown; readonly host?: unknown }): ListenAddress {
  const port = checkWhole('port', options.port, 0, 0);
  if (port > mostPort) {
    throw refuseOption('port', `must be at most ${mostPort}, not ${port}`);
  }
  const { host = '127.0.0.1' } = options;
  if (typeof host !== 'string' || host === '') {
    throw refuseOption('host', `must be a string that is not empty, not ${describe(host)}`);
  }
  return { port, host };
}
