import { AriClient, connect } from 'asterisk-ari';
import { expect, it } from 'vitest';
import { HaProxy } from '../../scripts/haproxy/index.js';
import { callsOf, drain, startWorker } from '../haproxy/support/workers.js';
import { realAsterisk } from './real.js';

const asterisk = realAsterisk('22', 'haproxy-tests');

/** Has Asterisk connect for each call of an application. */
async function connectPerCall(admin: AriClient, uri: string, apps: string): Promise<void> {
  const write = async (configClass: string, objectType: string, id: string, values: Record<string, string>) => {
    const fields = Object.entries(values).map(([attribute, value]) => ({ attribute, value }));
    await admin.asterisk.updateObject({ configClass, objectType, id, fields });
  };
  const credentials = { username: 'asterisk', password: 'worker-secret' };
  const trying = { reconnect_interval: '100', reconnect_attempts: '50', connection_type: 'per_call_config' };
  await write('res_websocket_client', 'websocket_client', 'workers', {
    uri,
    protocols: 'ari',
    ...credentials,
    ...trying,
  });
  await write('res_ari', 'outbound_websocket', apps, { websocket_client_id: 'workers', apps, local_ari_user: 'ari' });
  await admin.asterisk.reloadModule({ moduleName: 'res_ari.so' });
}

it('a worker behind HAProxy drains and another dies in mid-traffic: the third one adopts its calls, and every call goes on', async () => {
  const { url, username, password } = asterisk();
  const admin = await connect(url, username, password);
  const workers = [await startWorker(), await startWorker(), await startWorker()] as const;
  const haproxy = await HaProxy.start(workers.map(({ port }) => port));
  const [draining, dying, staying] = workers;
  const taken = () => workers.map((worker) => callsOf(worker, { adopted: false }));
  const call = () =>
    admin.channels.originate({
      endpoint: 'Local/wait@testbed',
      context: 'testbed',
      extension: 'stasis-ivr',
      priority: 1,
    });
  try {
    await connectPerCall(admin, `ws://127.0.0.1:${haproxy.port}/ari`, 'ivr');
    for (let count = 1; count <= 6; count += 1) {
      await call();
      await expect.poll(() => taken().flat().length, { timeout: 10_000 }).toBe(count);
    }
    // Each call is balanced by itself.
    expect(taken().map(({ length }) => length)).toEqual([2, 2, 2]);

    await drain(draining, haproxy);
    const lost = callsOf(dying, { adopted: false });
    dying.process.kill('SIGKILL');
    const adopted = () => callsOf(staying, { adopted: true }).toSorted();
    await expect.poll(adopted, { timeout: 20_000 }).toEqual(lost.toSorted());
    // The bridge that the dead worker had put each into is found again.
    expect(staying.told.filter((each) => each.adopted).map(({ bridges }) => bridges)).toEqual([1, 1]);
    await call();
    await expect.poll(() => callsOf(staying, { adopted: false }).length, { timeout: 10_000 }).toBe(3);

    const bridged = (await admin.bridges.list()).flatMap(({ channels }) => channels);
    expect(bridged.toSorted()).toEqual(taken().flat().toSorted());
    for (const channelId of taken().flat()) await admin.channels.hangup({ channelId });
    await draining.ended;
    expect(draining.told.at(-1)).toEqual({ drained: 0 });
  } finally {
    for (const worker of workers) worker.process.kill('SIGKILL');
    await haproxy.stop();
    await admin.close();
  }
});
