import { connect, ObjectGoneError, type AriClient } from 'asterisk-ari';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { atOnce, until } from './support/states.js';

let asterisk: TestAsterisk;
let client: AriClient;

beforeEach(async () => {
  asterisk = await startAsterisk();
  client = await connect(asterisk.url, asterisk.username, asterisk.password, { reconnect: atOnce });
  await client.start('hello');
});

afterEach(async () => {
  await client.close();
  await asterisk.close();
});

const patience = { timeoutMs: 5_000 };
const toDialplan = { context: 'default', extension: 'wait', priority: 1 };

async function watched(): Promise<readonly string[]> {
  await client.idle();
  return (await client.applications.get({ applicationName: 'hello' })).channel_ids;
}

function asked(method: 'POST' | 'DELETE'): number {
  return asterisk.journal.requestsTo({ method, path: '/applications/hello/subscription' }).length;
}

describe('a channel that is originated into the dialplan', () => {
  it.each(['busy', 'decline'] as const)('is heard of to its end by who listened first: %s', async (manner) => {
    asterisk.phone('PJSIP/alice').manner = manner;
    const channel = client.channels.handle();
    const ended = channel.waitFor('ChannelDestroyed', patience);
    await channel.originateWithId({ endpoint: 'PJSIP/alice', ...toDialplan });
    const end = await ended.catch((error: unknown) => error);
    expect(end instanceof ObjectGoneError || (end as { type: string }).type === 'ChannelDestroyed').toBe(true);
  });

  it('is heard of by who listens to what the answer hands out, and later', async () => {
    asterisk.phone('PJSIP/alice').manner = 'ring';
    const channel = await client.channels.originate({ endpoint: 'PJSIP/alice', ...toDialplan });
    expect(await watched()).toEqual([]);
    const ended = channel.waitFor('ChannelDestroyed', patience);
    await expect.poll(watched).toEqual([channel.id]);
    asterisk.phone('PJSIP/alice').decline();
    expect((await ended).channel.id).toBe(channel.id);
    expect(await watched()).toEqual([]);
    expect(asked('DELETE')).toBe(0);
  });

  it('is not subscribed to any longer when nobody listens', async () => {
    asterisk.phone('PJSIP/alice').manner = 'ring';
    const channel = await client.channels.originate({ endpoint: 'PJSIP/alice', ...toDialplan });
    const [one, two] = [channel.on('ChannelDestroyed', () => 0), channel.on('ChannelStateChange', () => 0)];
    await expect.poll(watched).toEqual([channel.id]);
    one.close();
    two.close();
    await expect.poll(watched).toEqual([]);
    const again = channel.on('ChannelDestroyed', () => 0);
    await expect.poll(watched).toEqual([channel.id]);
    again.close();
    await expect.poll(watched).toEqual([]);
    expect([asked('POST'), asked('DELETE')]).toEqual([2, 2]);
  });

  it('stays subscribed to where the application asked for it itself', async () => {
    asterisk.phone('PJSIP/alice').manner = 'ring';
    const channel = await client.channels.originate({ endpoint: 'PJSIP/alice', ...toDialplan });
    await client.applications.subscribe({ applicationName: 'hello', eventSource: channel });
    channel.on('ChannelDestroyed', () => 0).close();
    await client.idle();
    expect(await watched()).toEqual([channel.id]);
    expect([asked('POST'), asked('DELETE')]).toEqual([1, 0]);
  });

  it('is subscribed to again after an interruption', async () => {
    asterisk.phone('PJSIP/alice').manner = 'ring';
    const channel = client.channels.handle();
    const ended = channel.waitFor('ChannelDestroyed', patience);
    await channel.originateWithId({ endpoint: 'PJSIP/alice', ...toDialplan });
    await expect.poll(watched).toEqual([channel.id]);
    const [back, lost] = [client.waitFor('gap', patience), until(client, 'reconnecting')];
    await asterisk.faults.refuse();
    await lost;
    await asterisk.faults.accept();
    await back;
    expect(await watched()).toEqual([channel.id]);
    asterisk.phone('PJSIP/alice').decline();
    await ended;
  });

  it('costs no subscription where everything is heard, or the application has it', async () => {
    const own = await client.channels.originate({ endpoint: 'Local/wait@default', app: 'hello' });
    own.on('ChannelDestroyed', () => 0);
    await client.stop();
    await client.start('hello', { subscribeAll: true });
    await client.idle();
    const before = asked('POST');
    const channel = await client.channels.originate({ endpoint: 'Local/wait@default', ...toDialplan });
    const ended = channel.waitFor('ChannelDestroyed', patience);
    await channel.hangup();
    await ended;
    expect(asked('POST')).toBe(before);
  });

  it('is heard of for an application of somebody else, too', async () => {
    await using other = await connect(asterisk.url, asterisk.username, asterisk.password);
    await other.start('theirs');
    const channel = await client.channels.create({ endpoint: 'Local/wait@default', app: 'theirs' });
    const ended = channel.waitFor('ChannelDestroyed', patience);
    await expect.poll(watched).toContain(channel.id);
    await channel.hangup();
    await ended;
  });

  it('is asked for where there is no event connection', async () => {
    await client.stop();
    const channel = client.channels.handle();
    const ended = channel.waitFor('ChannelDestroyed', patience);
    asterisk.phone('PJSIP/alice').manner = 'busy';
    await channel.originateWithId({ endpoint: 'PJSIP/alice', ...toDialplan });
    await expect(ended).rejects.toThrow(ObjectGoneError);
  });

  it('that has ended before it could be subscribed to is told as gone', async () => {
    asterisk.faults.next({ path: '/applications/hello/subscription' }).delay(300);
    const channel = client.channels.handle();
    const ended = channel.waitFor('ChannelDestroyed', patience);
    asterisk.phone('PJSIP/alice').manner = 'busy';
    await channel.originateWithId({ endpoint: 'PJSIP/alice', ...toDialplan });
    await expect(ended).rejects.toThrow('had ended before Asterisk could be asked to tell of it');
  });
});
