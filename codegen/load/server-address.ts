import { CodegenError } from '../errors.js';
import type { ServerSource } from './types.js';

/** Where a server's ARI is and who asks: the credentials apart from what may be shown. */
export interface ServerAddress {
  /** `http://pbx:8088/asterisk/ari/`, without credentials. */
  readonly base: string;
  /** The URL for messages. */
  readonly shown: string;
  readonly username: string;
  readonly password: string;
}

/** An address, and which of the credentials nobody has given. */
export interface GivenAddress extends ServerAddress {
  readonly missing: readonly ('username' | 'password')[];
}

/** Reads a server's URL: a path prefix is kept, `/ari` at its end is not needed, credentials in it are taken out. */
export function readAddress({ url, username, password }: ServerSource): GivenAddress {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) throw notUrl('is not one');
  if (parsed.search !== '' || parsed.hash !== '') throw notUrl('has a query or a fragment, which ARI has no use for');
  const given = { username: username ?? decoded(parsed.username), password: password ?? decoded(parsed.password) };
  const missing = (['username', 'password'] as const).filter((name) => given[name] === '');

  const prefix = parsed.pathname.replace(/\/+$/, '').replace(/\/ari$/, '');
  const shown = `${parsed.origin}${prefix}`;
  return { base: `${shown}/ari/`, shown, ...given, missing };
}

/** The same where nothing may be missing: ARI answers nobody who has no name. */
export function serverAddress(source: ServerSource): ServerAddress {
  const { missing, ...address } = readAddress(source);
  if (missing.length > 0) throw new CodegenError(`${address.shown}: no ${missing.join(' and no ')} was given`);
  return address;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw notUrl('is not one');
  }
}

/** The text itself is not shown: a mistyped URL may have a password in it. */
function notUrl(why: string): CodegenError {
  return new CodegenError(`the URL of the server ${why}`, { allowed: ['http://HOST:8088', 'https://HOST/PREFIX'] });
}
