import { expect, it } from 'vitest';
import { AriClient, connect } from 'asterisk-ari';
import { serve, type OutboundConnection } from 'asterisk-ari/outbound';
import { killAsterisk, restartAsterisk } from '../../scripts/asterisk/index.js';
import { realAsterisk } from './real.js';

/** An instance of its own: it is killed. */
const choice = { name: 'outbound-restart', log: () => undefined };
const asterisk = realAsterisk('22', choice.name);
const credentials = { username: 'pbx', password: 'pbx-secret' };

/** Has Asterisk connect for each call; what is written of that is gone when it crashes. */
async function configure(admin: AriClient, port: number, connectionType: string, apps: string): Promise<void> {
  const write = async (configClass: string, objectType: string, id: string, values: Record<string, string>) => {
    const fields = Object.entries(values).map(([attribute, value]) => ({ attribute, value }));
    await admin.asterisk.updateObject({ configClass, objectType, id, fields });
  };
  const uri = `ws://127.0.0.1:${port}/`;
  const client = { uri, protocols: 'ari', ...credentials, reconnect_interval: '100', connection_type: connectionType };
  await write('res_websocket_client', 'websocket_client', `client-${apps}`, client);
  const socket = { websocket_client_id: `client-${apps}`, apps, local_ari_user: 'ari' };
  await write('res_ari', 'outbound_websocket', apps, socket);
  await admin.asterisk.reloadModule({ moduleName: 'res_ari.so' });
}

it('a crash ends the calls that there were: calls of the same names are new ones, what stays goes on', async () => {
  const connections: OutboundConnection<AriClient>[] = [];
  await using server = await serve({ client: AriClient, port: 0, ...credentials }, (connection) => {
    connections.push(connection);
  });
  const ofKind = <K extends 'perCall' | 'persistent'>(kind: K) =>
    connections.filter((each): each is Extract<typeof each, { kind: K }> => each.kind === kind);
  const running = asterisk();
  const call = async (): Promise<AriClient> => {
    const admin = await connect(running.url, running.username, running.password);
    await configure(admin, server.port, 'persistent', 'lasting');
    await configure(admin, server.port, 'per_call_config', 'ivr');
    const endpoint = 'Local/wait@testbed';
    await admin.channels.originate({ endpoint, context: 'testbed', extension: 'stasis-ivr', priority: 1 });
    return admin;
  };
  const before = await call();
  await expect.poll(() => ofKind('perCall')[0]?.client.state, { timeout: 10_000 }).toBe('open');
  await expect.poll(() => ofKind('persistent')[0]?.client.state, { timeout: 10_000 }).toBe('open');
  const [old, lasting] = [ofKind('perCall')[0]!, ofKind('persistent')[0]!];
  const first = await old.call();
  const back = new Promise((resolve) => void lasting.client.once('gap', resolve));
  await before.close();
  await killAsterisk('22', choice);
  await restartAsterisk('22', choice);

  const after = await call();
  await expect.poll(() => ofKind('perCall')[1]?.client.state, { timeout: 20_000 }).toBe('open');
  const fresh = ofKind('perCall')[1]!;
  const second = await fresh.call();
  expect(second.channel.name).toBe(first.channel.name);
  expect(second.channel.id).not.toBe(first.channel.id);
  expect(second.adopted).toBe(false);
  expect((await old.closed)?.message).toMatch(/another one has begun under this name/);
  await back;
  expect(ofKind('persistent')).toHaveLength(1);
  await second.channel.hangup();
  expect(await fresh.closed).toBeUndefined();
  await after.close();
});
