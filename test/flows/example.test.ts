import { connect } from 'asterisk-ari';
import { startAsterisk } from 'asterisk-ari/testing';
import { expect, it } from 'vitest';
import { ivr } from '../../examples/ivr.js';

it('reads the number of the order to whoever types it', async () => {
  await using asterisk = await startAsterisk();
  await using client = await connect(asterisk.url, asterisk.username, asterisk.password);
  ivr(client);
  await client.start('ivr');
  const caller = asterisk.call({ to: 'stasis-ivr' });
  await caller.hears('sound:hello-world');
  caller.press('1');
  await caller.hears('sound:vm-enter-num-to-call');
  caller.press('4711');
  await caller.hears('digits:4711');
  await caller.hears('sound:vm-goodbye');
  await caller.ended();
  expect(asterisk.channelIds).toEqual([]);
});
