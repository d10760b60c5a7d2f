import { startAsterisk } from 'asterisk-ari/testing';
import { expect, it } from 'vitest';
import { HaProxy } from '../../scripts/haproxy/index.js';
import { callsOf, drain, startWorker } from './support/workers.js';

it('of three workers behind HAProxy one drains and one dies in mid-traffic, and every call goes on', async () => {
  const workers = [await startWorker(), await startWorker(), await startWorker()] as const;
  const haproxy = await HaProxy.start(workers.map(({ port }) => port));
  const asterisk = await startAsterisk({
    clock: 'real',
    outbound: [
      {
        uri: `ws://127.0.0.1:${haproxy.port}/ari`,
        username: 'asterisk',
        password: 'worker-secret',
        connectionType: 'per_call_config',
        apps: ['ivr'],
        reconnectInterval: 100,
        reconnectAttempts: 50,
      },
    ],
  });
  try {
    const phones = Array.from({ length: 9 }, (_, index) =>
      asterisk.call({ to: 'stasis-ivr', from: String(100 + index) }),
    );
    await Promise.all(phones.map((phone) => phone.answered()));
    await expect.poll(() => workers.flatMap((worker) => callsOf(worker, { adopted: false })).length).toBe(9);
    // Each call is balanced by itself.
    expect(workers.map((worker) => callsOf(worker, { adopted: false }).length)).toEqual([3, 3, 3]);

    const [draining, dying, staying] = workers;
    await drain(draining, haproxy);
    const lost = callsOf(dying, { adopted: false });
    dying.process.kill('SIGKILL');
    await expect.poll(() => callsOf(staying, { adopted: true }).toSorted()).toEqual(lost.toSorted());
    expect(staying.told.filter(({ adopted }) => adopted).map(({ bridges }) => bridges)).toEqual([1, 1, 1]);
    const late = asterisk.call({ to: 'stasis-ivr', from: '200' });
    await late.answered();
    await expect.poll(() => callsOf(staying, { adopted: false }).length).toBe(4);

    // Whoever has a call now hears it: one that stayed with the worker that drains, and those that were adopted.
    for (const phone of phones) phone.press('5');
    const heard = () => workers.map(({ told }) => told.filter(({ digit }) => digit === '5').length);
    await expect.poll(heard).toEqual([3, 0, 6]);
    for (const phone of phones) phone.hangup();
    await draining.ended;
    expect(draining.told.at(-1)).toEqual({ drained: 0 });
  } finally {
    await asterisk.close();
    await haproxy.stop();
    for (const worker of workers) worker.process.kill('SIGKILL');
  }
});
