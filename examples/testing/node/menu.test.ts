/** With Node's own test runner: `node --import tsx --test examples/testing/node/menu.test.ts`. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { AriClient } from 'asterisk-ari';
import type { TestAsterisk } from 'asterisk-ari/testing';
import { startMenu } from '../start-menu.js';

let asterisk: TestAsterisk;
let client: AriClient;
let close: () => Promise<void>;

beforeEach(async () => {
  ({ asterisk, client, close } = await startMenu());
});

afterEach(() => close());

void describe('the menu', () => {
  void it('connects a caller who presses 1 with the agent, until one of them hangs up', async () => {
    const agent = asterisk.phone('PJSIP/sales');
    const caller = asterisk.call({ to: '100', from: 'Ann <555>' });
    await caller.hears('sound:menu/welcome');
    caller.press('1');
    await caller.hears('sound:one-moment-please');

    await agent.rings();
    const joined = client.waitFor('ChannelEnteredBridge', {
      where: (event) => event.bridge.channels.length === 2,
      timeoutMs: 5000,
    });
    agent.answer();
    const { bridge } = await joined;
    assert.deepEqual(new Set(bridge.channels), new Set([caller.channelId, agent.channelId]));

    const left = client.waitFor('StasisEnd', {
      where: (event) => event.channel.id === caller.channelId,
      timeoutMs: 5000,
    });
    agent.hangup();
    await caller.ended();
    await left;
    assert.deepEqual(await client.bridges.list(), []);
    assert.deepEqual(asterisk.channelIds, []);
  });

  void it('says that it is sorry when the agent is busy', async () => {
    asterisk.phone('PJSIP/sales').manner = 'busy';
    const caller = asterisk.call({ to: '100' });
    await caller.hears('sound:menu/welcome');
    caller.press('1');
    await caller.hears('sound:im-sorry');
    await caller.ended();
  });

  void it('gives up when the agent does not answer within 20 s', async () => {
    const agent = asterisk.phone('PJSIP/sales');
    const caller = asterisk.call({ to: '100' });
    await caller.hears('sound:menu/welcome');
    caller.press('1');
    await agent.rings();
    asterisk.advance(20_000);
    await caller.hears('sound:im-sorry');
    await caller.ended();
    assert.deepEqual(agent.state, 'idle');
  });

  void it('says goodbye to a caller who presses 2', async () => {
    const caller = asterisk.call({ to: '100' });
    await caller.hears('sound:menu/welcome');
    caller.press('2');
    await caller.ended();
    assert.deepEqual(caller.heard, ['sound:menu/welcome', 'sound:goodbye']);
  });
});
