/** In a project of yours: `npx vitest run`. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

describe('the menu', () => {
  it('connects a caller who presses 1 with the agent, until one of them hangs up', async () => {
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
    expect(new Set(bridge.channels)).toEqual(new Set([caller.channelId, agent.channelId]));

    const left = client.waitFor('StasisEnd', {
      where: (event) => event.channel.id === caller.channelId,
      timeoutMs: 5000,
    });
    agent.hangup();
    await caller.ended();
    await left;
    expect(await client.bridges.list()).toEqual([]);
    expect(asterisk.channelIds).toEqual([]);
  });

  it('says that it is sorry when the agent is busy', async () => {
    asterisk.phone('PJSIP/sales').manner = 'busy';
    const caller = asterisk.call({ to: '100' });
    await caller.hears('sound:menu/welcome');
    caller.press('1');
    await caller.hears('sound:im-sorry');
    await caller.ended();
  });

  it('gives up when the agent does not answer within 20 s', async () => {
    const agent = asterisk.phone('PJSIP/sales');
    const caller = asterisk.call({ to: '100' });
    await caller.hears('sound:menu/welcome');
    caller.press('1');
    await agent.rings();
    asterisk.advance(20_000);
    await caller.hears('sound:im-sorry');
    await caller.ended();
    expect(agent.state).toEqual('idle');
  });

  it('says goodbye to a caller who presses 2', async () => {
    const caller = asterisk.call({ to: '100' });
    await caller.hears('sound:menu/welcome');
    caller.press('2');
    await caller.ended();
    expect(caller.heard).toEqual(['sound:menu/welcome', 'sound:goodbye']);
  });
});
