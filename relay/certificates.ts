import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readText } from './files.js';
import { UsageError, type Given, type Name } from './names.js';

/** Options that name files for TLS. */
export interface TlsNames {
  readonly ca: Name;
  readonly cert: Name;
  readonly key: Name;
}

/** What stands in those files. */
export interface TlsTexts {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** @throws {UsageError} naming the option whose file can't be read or holds something else, or those that do not fit */
export function readTls({ get, called }: Given, names: TlsNames): TlsTexts {
  const text = (name: Name): string | undefined => {
    const path = get(name);
    return path === undefined ? undefined : readText(name, path);
  };
  const [ca, cert, key] = [text(names.ca), text(names.cert), text(names.key)];
  const parse = <T>(name: Name, what: string, read: () => T): T => {
    try {
      return read();
    } catch {
      throw new UsageError(`${called(name)}: ${get(name)} holds no ${what} that can be read`);
    }
  };
  if (ca !== undefined) parse(names.ca, 'certificate', () => new X509Certificate(ca));
  if (cert !== undefined && key !== undefined) {
    const certificate = parse(names.cert, 'certificate', () => new X509Certificate(cert));
    const privateKey = parse(names.key, 'private key', () => createPrivateKey(key));
    if (!certificate.checkPrivateKey(privateKey)) {
      throw new UsageError(`${called(names.cert)} and ${called(names.key)} do not fit: the key is another one's`);
    }
  }
  return { ...(ca !== undefined && { ca }), ...(cert !== undefined && { cert }), ...(key !== undefined && { key }) };
}
