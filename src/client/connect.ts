import type { BaseClient } from './base-client.js';
import type { ClientOptions, ConnectOptions, Credentials } from './options.js';
import { explainProbe } from './probe.js';

/** What `connect` takes: URL, user name, password and options, or all of it in one object. */
export type ConnectArguments =
  | readonly [url: string, username: string, password: string, options?: ConnectOptions | undefined]
  | readonly [options: ConnectOptions & Credentials];

/**
 * Makes a client and checks once that Asterisk is there and knows the user.
 * @throws {UnauthorizedError} if it does not; {AriConnectionError} if nothing answers at the URL; {AriHttpError} if what
 *   answers has no ARI; {AriValidationError} for a wrong option
 */
export async function connectClient<M, C extends BaseClient<M>>(
  Client: new (options: ClientOptions) => C,
  args: ConnectArguments,
): Promise<C> {
  const options = toOptions(args);
  const client = new Client(options);
  try {
    await client.probe();
    return client;
  } catch (error) {
    await client.close();
    throw explainProbe(error, options);
  }
}

function toOptions(args: ConnectArguments): ClientOptions {
  if (args.length === 1) {
    return args[0];
  }
  const [url, username, password, options] = args;
  return { ...options, url, username, password };
}
