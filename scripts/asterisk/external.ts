import type { Credentials } from './credentials.js';

/** The Asterisk that the environment names, if it does: it is used as it is, neither started nor stopped. */
export function externalAsterisk(): ({ url: string } & Credentials) | undefined {
  const url = process.env['ARI_URL'];
  if (!url) return undefined;
  const username = process.env['ARI_USERNAME'];
  const password = process.env['ARI_PASSWORD'];
  if (!username || !password) throw new Error('ARI_URL is set; it needs ARI_USERNAME and ARI_PASSWORD beside it.');
  return { url: url.replace(/\/+$/, ''), username, password };
}
