import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A key and its certificate, PEM. */
interface Identity {
  readonly key: Buffer;
  readonly cert: Buffer;
}

/** A certificate authority of our own, with one server and one client. */
export interface Authority {
  readonly ca: Buffer;
  /** For `names`. */
  readonly server: Identity;
  readonly client: Identity;
}

/** Made by the `openssl` command, which has to be there. @param names of the server */
export function makeAuthority(names = 'DNS:pbx.test,IP:127.0.0.1'): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'ari-tls-'));
  const openssl = (...args: string[]): void => {
    try {
      execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
    } catch (cause) {
      throw new Error('these tests need the openssl command', { cause });
    }
  };
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc'];
  const issue = (name: string, extensions: string): Identity => {
    writeFileSync(join(folder, `${name}.ext`), extensions);
    openssl('req', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2'];
    openssl('x509', '-req', '-in', `${name}.csr`, ...signed, '-extfile', `${name}.ext`, '-out', `${name}.pem`);
    return { key: readFileSync(join(folder, `${name}.key`)), cert: readFileSync(join(folder, `${name}.pem`)) };
  };
  try {
    openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Test CA');
    return {
      ca: readFileSync(join(folder, 'ca.pem')),
      server: issue('server', `subjectAltName=${names}`),
      client: issue('client', 'extendedKeyUsage=clientAuth'),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
