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

/** Reads a server's URL: a path prefix is kept, `/ari` at its end is not needed, credentials in it are taken out. */
export function serverAddress({ url, username, password }: ServerSource): ServerAddress {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) throw notUrl('is not one');
  if (parsed.search !== '' || parsed.hash !== '') throw notUrl('has a query or a fragment, which ARI has no use for');
  const user = username ?? decoded(parsed.username);
  const secret = password ?? decoded(parsed.password);
  const missing = [...(user === '' ? ['a username'] : []), ...(secret === '' ? ['a password'] : [])];
  if (missing.length > 0)
    throw new CodegenError(`${parsed.origin}: the server asks for ${missing.join(' and ')}; none was given`);

  const prefix = parsed.pathname.replace(/\/+$/, '').replace(/\/ari$/, '');
  const shown = `${parsed.origin}${prefix}`;
  return { base: `${shown}/ari/`, shown, username: user, password: secret };
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
