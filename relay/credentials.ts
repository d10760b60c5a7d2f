import { readFileSync } from 'node:fs';
import { credsAuthenticator, type Authenticator } from '@nats-io/transport-node';
import { readText } from './files.js';
import { UsageError } from './names.js';

/**
 * Shows NATS the credentials in a file, which is read again at each connection, for they may have been renewed. While it
 * can't be read, the ones before are shown.
 * @throws {UsageError} if the file can't be read now, or holds no credentials
 */
export function credentialsIn(path: string): Authenticator {
  let text = readText('natsCredentials', path);
  const authenticator = credsAuthenticator(() => {
    try {
      text = readFileSync(path, 'utf8');
    } catch {
      // It is just being replaced.
    }
    // The library looks for the end of the last line.
    return Buffer.from(`${text}\n`);
  });
  try {
    authenticator('');
  } catch {
    throw new UsageError(`natsCredentials: ${path} holds no credentials of NATS (a JWT and a seed)`);
  }
  return authenticator;
}
