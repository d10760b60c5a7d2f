import type { Credentials } from './credentials.js';

/** The version that an Asterisk reports through ARI; fails while it does not answer or is not yet ready. */
export async function ariVersion(url: string, { username, password }: Credentials): Promise<string> {
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const response = await fetch(`${url}/ari/asterisk/info?only=system`, {
    headers: { authorization },
    signal: AbortSignal.timeout(5_000),
  }).catch((error: unknown) => {
    throw new Error(`No Asterisk answers on ${url}.`, { cause: error });
  });
  if (!response.ok) throw new Error(`${url} answers ${response.status} ${await response.text()}`);
  const info = (await response.json()) as { system: { version: string } };
  return info.system.version;
}
