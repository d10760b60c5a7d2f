import { AriClient, AriValidationError, connect, type ClientOptions } from 'asterisk-ari';
import { UsageError } from '../usage-error.js';

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
  const branchBindings = await (branch < 21 ? import('asterisk-ari/v20') : import('asterisk-ari/v23'));
  const client = new branchBindings.AriClient(options) as unknown as Client;
  await client.probe();
  return client;
}

/**
 * Looks at an address and a user as `connect` will, without connecting.
 * @throws {UsageError} naming the option that is wrong
 */
export function checkAccess({ url, username }: Pick<ClientOptions, 'url' | 'username'>): void {
  try {
    void new AriClient({ url, username, password: 'not known yet' });
  } catch (error) {
    if (!(error instanceof AriValidationError)) throw error;
    throw new UsageError(error.message.replace(/^option '(\w+)'/, '--$1'), { cause: error });
  }
}

/** `22` of `22.10.1`. */
export function branchOf(release: string): number {
  return Number(/^(?:certified[/-])?(\d+)/.exec(release)?.[1] ?? '22');
}
