import type { GapNotice } from 'asterisk-ari';
import { expect, it } from 'vitest';
import { House } from './support/house.js';

it('calls that ended while nobody could tell are told by the gap to who listens on the fleet alone, and the others', async () => {
  await using house = await House.open();
  const asterisk = await house.asterisk('a');
  await house.relay(asterisk, { nats: { reconnectTimeWait: 20, reconnectJitter: 0 } });
  const fleet = await house.worker({ nats: { reconnectTimeWait: 20, reconnectJitter: 0 } });
  const [begun, ended, gaps]: [string[], string[], GapNotice[]] = [[], [], []];
  const counts: number[] = [];
  fleet.on('StasisStart', ({ channel }) => begun.push(channel.id));
  fleet.on('StasisEnd', ({ channel }) => ended.push(channel.id));
  fleet.on('gap', (notice) => {
    gaps.push(notice);
    counts.push(fleet.calls);
  });
  const [before, during, after] = ['1', '2', '3'].map((from) => asterisk.call({ to: 'stasis-ivr', from }));
  await expect.poll(() => begun.length).toBe(3);
  before?.hangup();
  await expect.poll(() => ended).toEqual([before?.channelId]);
  await house.nats.kill();
  await expect.poll(() => fleet.isUp).toBe(false);
  during?.hangup();
  await house.nats.resume();
  await expect.poll(() => gaps.length).toBe(1);
  const [{ gone, alive } = { gone: undefined, alive: undefined }] = gaps;
  expect([gone?.channels, alive?.channels, counts]).toEqual([[during?.channelId], [after?.channelId], [1]]);
  expect(ended).toEqual([before?.channelId]);
  after?.hangup();
  await expect.poll(() => ended).toEqual([before?.channelId, after?.channelId]);
  expect(fleet.calls).toBe(0);
});
