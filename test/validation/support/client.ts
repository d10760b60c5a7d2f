import { AriClient, type ConnectOptions, type InvalidMessage } from '../../../src/index.js';

/** A client that is fed by `dispatch` alone, and what it told. */
export async function fedClient(options: ConnectOptions = {}) {
  const client = new AriClient({ url: 'http://localhost:1/', username: 'me', password: 'secret', ...options });
  const invalid: InvalidMessage[] = [];
  const failures: unknown[] = [];
  client.on('invalid', (message) => invalid.push(message));
  for (const notice of ['unknown', 'malformed', 'listenerError'] as const) {
    client.on(notice, (message: unknown) => failures.push(message));
  }
  await client.prepare();
  return { client, invalid, failures };
}
