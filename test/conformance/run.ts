import type { AriClient, ConnectOptions, Credentials } from 'asterisk-ari';
import { describe, it } from 'vitest';
import { scenarios } from './scenarios/index.js';
import type { Server } from './world.js';

/** Makes a client of the bindings under test. */
export type Connect = (options: ConnectOptions & Credentials) => Promise<AriClient>;

let count = 0;

/** Runs every scenario that the server's branch has what it needs for, each in an application of its own. */
export function runScenarios(title: string, major: number, server: () => Server, connect: Connect): void {
  describe(title, () => {
    for (const { area, name, since = 0, run } of scenarios) {
      if (major >= since) {
        it(`${area}: ${name}`, async () => {
          const { url, username, password } = server();
          const clients: AriClient[] = [];
          const connectAnother = async (options: Partial<ConnectOptions & Credentials> = {}): Promise<AriClient> => {
            const client = await connect({ url, username, password, ...options });
            clients.push(client);
            return client;
          };
          count += 1;
          const app = `scenario-${process.pid}-${count}`;
          try {
            const client = await connectAnother();
            await client.start(app);
            await run({ server: server(), client, app, connect: connectAnother });
          } finally {
            await Promise.all(clients.map((client) => client.close()));
          }
        });
      }
    }
  });
}
