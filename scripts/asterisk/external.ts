import { ariVersion } from './probe.js';
import type { RunningAsterisk } from './running.js';

/** The Asterisk that the environment names, if it does: it is used as it is, neither started nor stopped. */
export async function externalAsterisk(): Promise<RunningAsterisk | undefined> {
  const { ARI_URL, ARI_USERNAME: username, ARI_PASSWORD: password } = process.env;
  if (!ARI_URL) return undefined;
  if (!username || !password) throw new Error('ARI_URL is set; it needs ARI_USERNAME and ARI_PASSWORD beside it.');
  const url = ARI_URL.replace(/\/+$/, '');
  const version = await ariVersion(url, { username, password });
  return { url, username, password, version, reused: true, stop: async () => {} };
}
