import { checkFor, checkRecord, checkSignal } from '../support/check-option.js';
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
 *   answers has no ARI; {AriProtocolError} if it speaks something else; {AriAbortError} if the signal aborts first;
 *   {AriValidationError} for a wrong option
 */
export async function connectClient<M, C extends BaseClient<M>>(
  Client: new (options: ClientOptions) => C,
  args: ConnectArguments,
): Promise<C> {
  const { signal, ...options } = toOptions(args);
  const client = checkFor('connect', () => {
    checkSignal(signal);
    return new Client(options);
  });
  try {
    await client.probe({ signal });
    return client;
  } catch (error) {
    await client.close();
    throw explainProbe(error, options);
  }
}

function toOptions(args: ConnectArguments): ConnectOptions & Credentials {
  if (args.length === 1) {
    checkRecord('connect: options', args[0], ['url', 'username', 'password']);
    return args[0];
  }
  const [url, username, password, options = {}] = args;
  checkRecord('connect: options', options, ['timeoutMs', 'reconnect', 'logger and others']);
  return { ...options, url, username, password };
}
