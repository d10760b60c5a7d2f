import type { SecureContextOptions } from 'node:tls';

/** TLS for `https:` URLs, for requests and events alike. */
export interface TlsOptions extends Pick<SecureContextOptions, 'ca' | 'cert' | 'key' | 'passphrase' | 'pfx'> {
  /** False accepts a certificate that cannot be verified. @default true */
  readonly rejectUnauthorized?: boolean;
  /** Name expected in the certificate, where it is not the URL's host. */
  readonly servername?: string;
}
