import { connect } from 'asterisk-ari';
import { startAsterisk } from 'asterisk-ari/testing';
import { expect, it } from 'vitest';
import { clickToCall } from '../../examples/click-to-call.js';
import { serveTransfers } from '../../examples/transfer.js';

const call = { agent: 'PJSIP/alice', customer: 'PJSIP/bob', callerId: '100' };

it('calls the agent, then the customer, and connects them', async () => {
  await using asterisk = await startAsterisk();
  await using client = await connect(asterisk.url, asterisk.username, asterisk.password);
  await client.start('click');
  const [alice, bob] = [asterisk.phone('alice'), asterisk.phone('bob')];
  const result = clickToCall(client, 'click', call);
  await alice.rings();
  alice.answer();
  await alice.hears('digits:1');
  alice.press('1');
  await bob.rings();
  const bridged = client.bridges.waitFor('ChannelEnteredBridge', {
    where: ({ bridge }) => bridge.channels.length === 2,
  });
  bob.answer();
  await bridged;
  bob.hangup();
  expect(await result).toMatch(/^hangup by the customer after \d+ ms$/);
  await alice.ended();
  bob.manner = 'busy';
  const busy = clickToCall(client, 'click', call);
  await alice.rings();
  alice.answer();
  await alice.hears('digits:1');
  alice.press('1');
  expect(await busy).toBe('the customer: BUSY');
  await expect.poll(() => asterisk.channelIds).toEqual([]);
});

it('transfers blind as the phone asks, and consults reception with a key', async () => {
  await using asterisk = await startAsterisk();
  await using client = await connect(asterisk.url, asterisk.username, asterisk.password);
  const [alice, bob, carol] = [asterisk.phone('alice'), asterisk.phone('bob'), asterisk.phone('carol')];
  serveTransfers(client, 'office', 'PJSIP/alice', 'PJSIP/bob');
  await client.start('office');
  const together = (...phones: readonly { readonly channelId: string }[]) =>
    expect
      .poll(async () => (await client.bridges.list()).map(({ channels }) => channels.toSorted()))
      .toContainEqual(phones.map(({ channelId }) => channelId).toSorted());

  const caller = asterisk.call({ to: 'stasis-office' });
  await alice.rings();
  alice.answer();
  await together(caller, alice);
  alice.transfer('carol');
  await carol.rings();
  expect(alice.state).toBe('talking');
  carol.answer();
  expect(await alice.transferEnds()).toBe('200 OK');
  await alice.ended();
  await together(caller, carol);
  caller.hangup();
  await carol.ended();

  const second = asterisk.call({ to: 'stasis-office', from: '200' });
  await alice.rings();
  alice.answer();
  await together(second, alice);
  alice.press('*');
  await bob.rings();
  await second.hears('moh:default');
  bob.answer();
  await together(alice, bob);
  alice.hangup();
  await together(second, bob);
  bob.hangup();
  await second.ended();
  await expect.poll(async () => [asterisk.channelIds, await client.bridges.list()]).toEqual([[], []]);
});
