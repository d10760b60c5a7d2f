import { describe, expect, it } from 'vitest';
import type { AriClient } from 'asterisk-ari';
import type { Fleet } from 'asterisk-ari/nats';
import { House } from './support/house.js';

/** What a fleet hears of any type, in order. */
function listen(fleet: Fleet<AriClient>): string[] {
  const heard: string[] = [];
  fleet.on('*', ({ type }) => heard.push(type));
  return heard;
}

describe('who watches', () => {
  it('hears a call from its beginning to its end, whoever has it, and has none itself', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const relay = await house.relay(asterisk);
    const watcher = await house.worker({ observe: true });
    const heard = listen(watcher);
    const started: string[] = [];
    watcher.on('StasisStart', ({ channel, args }) => started.push([channel.caller.number, ...args].join(' ')));
    const worker = await house.worker();
    const ofWorker = listen(worker);
    worker.on('StasisStart', ({ channel }) => channel.answer());
    const phone = asterisk.call({ to: 'stasis-ivr', from: '100' });
    await phone.answered();
    phone.press('1');
    await expect.poll(() => heard).toContain('ChannelDtmfReceived');
    phone.hangup();
    await expect.poll(() => heard).toContain('StasisEnd');
    expect(heard[0]).toBe('StasisStart');
    expect(heard.filter((type) => type === 'StasisStart')).toHaveLength(1);
    expect(started).toEqual(['100']);
    expect(ofWorker.filter((type) => type === 'StasisStart')).toHaveLength(1);
    expect([watcher.calls, worker.calls, relay.status.calls]).toEqual([0, 0, 0]);
  });

  it.each(['hangup', 'leave'] as const)('hears of a call that nobody takes, once (%s)', async (unclaimed) => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const relay = await house.relay(asterisk, { unclaimed, offerForMs: 200 });
    const watcher = await house.worker({ observe: true });
    const heard = listen(watcher);
    const phone = asterisk.call({ to: 'stasis-ivr' });
    await expect.poll(() => heard).toContain('StasisStart');
    await expect.poll(() => relay.status.offered).toBe(0);
    if (unclaimed === 'leave') phone.hangup();
    await expect.poll(() => heard).toContain('StasisEnd');
    expect(heard.filter((type) => type === 'StasisStart')).toHaveLength(1);
  });

  it('hears of a caller who gives up while the call is on offer', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const relay = await house.relay(asterisk);
    const heard = listen(await house.worker({ observe: true }));
    const phone = asterisk.call({ to: 'stasis-ivr' });
    await expect.poll(() => relay.status.offered).toBe(1);
    expect(heard).toEqual([]);
    phone.hangup();
    await expect.poll(() => heard).toContain('StasisEnd');
    expect(heard[0]).toBe('StasisStart');
    expect(relay.status).toMatchObject({ offered: 0, calls: 0 });
  });

  it('leaves what it originates to the workers', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    await house.relay(asterisk);
    const [watcher, worker] = [await house.worker({ observe: true }), await house.worker()];
    const heard = listen(watcher);
    worker.on('StasisStart', ({ channel }) => channel.answer());
    await watcher.node('a').client.channels.originate({ endpoint: 'Local/wait@default', app: 'ivr' });
    await expect.poll(() => [watcher.calls, worker.calls]).toEqual([0, 1]);
    await expect.poll(() => heard).toContain('StasisStart');
  });
});
