import { connect, type AriClient, type ClientOptions } from 'asterisk-ari';

/** The repositories and the events of the newest long-term branch; a client of another branch has them, or fewer. */
export type Client = AriClient;

/**
 * Connects with the bindings of the branch that is at the other end, or of the next newer one that there are bindings of.
 * @throws what `connect` of asterisk-ari throws
 */
export async function connectToBranch(options: ClientOptions): Promise<Client> {
  const first = await connect(options);
  const branch = branchOf(first.asteriskVersion ?? '');
  if (branch === 21 || branch === 22) return first;
  await first.close();
  const { AriClient } = await (branch < 21 ? import('asterisk-ari/v20') : import('asterisk-ari/v23'));
  const client = new AriClient(options) as unknown as Client;
  await client.probe();
  return client;
}

/** `22` of `22.10.1`. */
export function branchOf(release: string): number {
  return Number(/^(?:certified[/-])?(\d+)/.exec(release)?.[1] ?? '22');
}
