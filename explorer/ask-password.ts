import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { UsageError } from './usage-error.js';

/**
 * Asks for a password on the terminal; what is typed is not shown.
 * @throws {UsageError} where there is no terminal, or the user does not want to
 */
export function askPassword(username: string): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new UsageError('password is missing: ARI_PASSWORD, --password-file, or a terminal to ask on');
  }
  process.stderr.write(`Password of ${username}: `);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(new UsageError('no password was given'));
    terminal.once('SIGINT', () => terminal.close()).once('close', giveUp);
    terminal.question('', (password) => {
      resolve(password);
      terminal.close();
    });
  }).finally(() => process.stderr.write('\n')) as Promise<string>;
}
