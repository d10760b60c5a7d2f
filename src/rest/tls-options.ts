import type { SecureContextOptions } from 'node:tls';
import { checkFlag, checkNames, refuseOption } from '../support/check-option.js';
import { describe } from '../support/describe.js';

/** TLS for `https:` URLs, for requests and events alike. */
export interface TlsOptions extends Pick<SecureContextOptions, 'ca' | 'cert' | 'key' | 'passphrase' | 'pfx'> {
  /** False accepts a certificate that cannot be verified. @default true */
  readonly rejectUnauthorized?: boolean;
  /** Name expected in the certificate, where it is not the URL's host. */
  readonly servername?: string;
}

const known = [
  'ca',
  'cert',
  'key',
  'passphrase',
  'pfx',
  'rejectUnauthorized',
  'servername',
] as const satisfies readonly (keyof TlsOptions)[];

/** Certificates and keys are left to Node, which says what is wrong with them. @throws {AriValidationError} */
export function checkTls(tls: TlsOptions | undefined): TlsOptions | undefined {
  if (tls !== undefined) {
    checkNames('tls', tls, known);
    checkFlag('tls.rejectUnauthorized', tls.rejectUnauthorized, true);
    if (tls.servername !== undefined && typeof tls.servername !== 'string') {
      throw refuseOption('tls.servername', `must be a string, not ${describe(tls.servername)}`);
    }
  }
  return tls;
}
