import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { isLoopback } from './server/guard.js';
import type { Listening } from './server/serve.js';
import { UsageError } from './usage-error.js';

/** What the command line says. */
export type Flags = Readonly<Record<string, string | boolean | undefined>>;

type Environment = Readonly<Record<string, string | undefined>>;

/** Asterisk's address and user; the password may have to be asked for. */
interface Access {
  readonly url: string;
  readonly username: string;
  readonly password: string | undefined;
}

/** All that the program needs to know. */
export interface Settings {
  /** Nothing for the demo. */
  readonly access: Access | undefined;
  readonly apps: readonly string[];
  readonly takeOver: boolean;
  readonly readOnly: boolean;
  readonly keep: number;
  readonly listening: Listening;
}

/**
 * The command line counts first, then the environment.
 * @throws {UsageError} naming what is missing or wrong
 */
export function readSettings(flags: Flags, environment: Environment): Settings {
  const isDemo = flags['demo'] === true;
  if (isDemo) refuseWithDemo(flags);
  const apps = names(text(flags['apps']) ?? (isDemo ? undefined : environment['ARI_APPS']));
  return {
    access: isDemo ? undefined : accessOf(flags, environment),
    apps: apps.length > 0 ? apps : [isDemo ? 'demo' : `ari-explorer-${randomBytes(3).toString('hex')}`],
    takeOver: flags['takeOver'] === true,
    readOnly: flags['readOnly'] === true,
    keep: whole('--keep', text(flags['keep']) ?? '20000', 100, 1_000_000),
    listening: listeningOf(flags),
  };
}

function refuseWithDemo(flags: Flags): void {
  const other = ['url', 'username', 'passwordFile', 'apps', 'takeOver'].find((name) => flags[name] !== undefined);
  if (other !== undefined) throw new UsageError(`${flagOf(other)} does not go with --demo`);
}

function accessOf(flags: Flags, environment: Environment): Access {
  const url = text(flags['url']) ?? environment['ARI_URL'];
  if (url === undefined) {
    throw new UsageError(
      'which Asterisk? Give --url http://HOST:8088 (or ARI_URL), or --demo to see one that is made up',
    );
  }
  const username = text(flags['username']) ?? environment['ARI_USERNAME'];
  if (username === undefined) throw new UsageError('username is missing: --username, or ARI_USERNAME');
  const file = text(flags['passwordFile']);
  const password = file === undefined ? environment['ARI_PASSWORD'] : readText('--password-file', file);
  if (password === '')
    throw new UsageError(`${file === undefined ? 'ARI_PASSWORD' : `--password-file ${file}`} is empty`);
  return { url, username, password };
}

function listeningOf(flags: Flags): Listening {
  const host = text(flags['host']) ?? '127.0.0.1';
  const [cert, key] = [text(flags['tlsCert']), text(flags['tlsKey'])];
  if ((cert === undefined) !== (key === undefined)) throw new UsageError('--tls-cert and --tls-key go together');
  const tls = cert && key ? tlsOf(cert, key) : undefined;
  if (!isLoopback(host) && !tls && flags['insecure'] !== true) {
    throw new UsageError(
      `--host ${host} lets others reach a page that can place calls: give --tls-cert and --tls-key, or --insecure if nobody can listen`,
    );
  }
  return {
    host,
    port: whole('--port', text(flags['port']) ?? '8090', 0, 65_535),
    tls,
    names: allowedHosts(flags['allowHost']),
  };
}

/** As browsers say it in `Host`: letters and digits, an address in brackets if it is one of IPv6; a port only if it is another. */
const HOST = /^(?:\[[\da-f:.]+\]|\w(?:[\w.-]*\w)?)(?::(\d{1,5}))?$/;

function allowedHosts(flag: string | boolean | undefined): string[] {
  if (typeof flag !== 'string') return [];
  return flag.split(',').map((each) => {
    const host = each.trim().toLowerCase();
    const port = Number(HOST.exec(host)?.[1] ?? '1');
    if (!HOST.test(host) || port < 1 || port > 65_535) {
      throw new UsageError(`--allow-host must be NAME or NAME:PORT as a browser is given it, not '${each.trim()}'`);
    }
    return host;
  });
}

function tlsOf(certFile: string, keyFile: string): { readonly cert: string; readonly key: string } {
  const [cert, key] = [readText('--tls-cert', certFile), readText('--tls-key', keyFile)];
  checkTls(`--tls-cert ${certFile} is no certificate in PEM`, { cert });
  checkTls(`--tls-key ${keyFile} is no key in PEM, or it has a passphrase`, { key });
  checkTls('--tls-cert and --tls-key do not belong together', { cert, key });
  return { cert, key };
}

function checkTls(complaint: string, options: SecureContextOptions): void {
  try {
    createSecureContext(options);
  } catch (error) {
    throw new UsageError(`${complaint}: ${(error as Error).message}`);
  }
}

function text(flag: string | boolean | undefined): string | undefined {
  return typeof flag === 'string' && flag !== '' ? flag : undefined;
}

function names(list: string | undefined): string[] {
  return (list ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function whole(flag: string, value: string, min: number, max: number): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < min || number > max) {
    throw new UsageError(`${flag} must be a whole number from ${min} to ${max}, not ${value}`);
  }
  return number;
}

/** A file's text, without the line's end that editors put there. */
function readText(flag: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    throw new UsageError(`${flag}: ${(error as Error).message}`);
  }
}

function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
