import { credsAuthenticator, type Authenticator } from '@nats-io/transport-node';
import { readText } from './files.js';
import { UsageError } from './names.js';

/**
 * Shows NATS the credentials in a file, which is read again at each connection, for they may have been renewed. While they
 * can't be read, those read last are shown, and `warn` is told why.
 * @throws {UsageError} if the file can't be read now, or holds no credentials
 */
export function credentialsIn(path: string, warn: (message: string) => void): Authenticator {
  let last = authenticatorOf(path, readText('natsCredentials', path));
  let told = '';
  return (nonce) => {
    try {
      last = authenticatorOf(path, readText('natsCredentials', path));
      told = '';
    } catch (error) {
      const { message } = error as Error;
      if (message !== told) {
        warn(`${message}; those read before are shown to NATS`);
      }
      told = message;
    }
    return last(nonce);
  };
}

/** @throws {UsageError} for a text that holds no credentials, of which nothing is told */
function authenticatorOf(path: string, text: string): Authenticator {
  // The library looks for the end of the last line.
  const authenticator = credsAuthenticator(Buffer.from(`${text}\n`));
  try {
    authenticator('');
  } catch {
    const what = text.trim() === '' ? 'is empty' : 'holds no credentials of NATS (a JWT and a seed)';
    throw new UsageError(`natsCredentials: ${path} ${what}`);
  }
  return authenticator;
}
