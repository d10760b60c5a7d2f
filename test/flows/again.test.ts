import { connect, type AriClient, type Channel } from 'asterisk-ari';
import { Conference, Queue, supervise } from 'asterisk-ari/flows';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { describe, expect, it } from 'vitest';
import { FaultProxy } from '../faults/support/proxy.js';

/** An Asterisk whose events come later than its answers, as those of a real one do. */
class Late implements AsyncDisposable {
  readonly asterisk: TestAsterisk;
  readonly client: AriClient;
  readonly #proxy: FaultProxy;
  #callers = 100;

  private constructor(asterisk: TestAsterisk, client: AriClient, proxy: FaultProxy) {
    this.asterisk = asterisk;
    this.client = client;
    this.#proxy = proxy;
  }

  static async begin(): Promise<Late> {
    const asterisk = await startAsterisk();
    const proxy = await FaultProxy.start(asterisk.url);
    const direct = (input: string | URL, init?: RequestInit): Promise<Response> =>
      fetch(String(input).replace(new URL(proxy.url).origin, new URL(asterisk.url).origin), init);
    const client = await connect(proxy.url, asterisk.username, asterisk.password, {
      transport: 'http',
      fetch: direct,
    });
    await client.start('flow');
    proxy.delay(15);
    return new Late(asterisk, client, proxy);
  }

  async caller(): Promise<Channel> {
    const arrived = this.client.channels.waitFor('StasisStart');
    this.asterisk.call({ to: 'stasis-flow', from: String((this.#callers += 1)) });
    const { channel } = await arrived;
    await channel.answer();
    return channel;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.close();
    await this.#proxy[Symbol.asyncDispose]();
    await this.asterisk.close();
  }
}

describe('who comes back into a bridge at once', () => {
  it('is not taken out of a conference by what is told of the time before', async () => {
    await using late = await Late.begin();
    const room = new Conference<Channel>(late.client);
    const [stays, comes] = [await late.caller(), await late.caller()];
    const staying = room.join(stays);
    for (let times = 0; times < 5; times += 1) {
      const joining = room.join(comes);
      await expect.poll(() => room.participants.length).toBe(2);
      const seen = late.client.bridges.waitFor('ChannelEnteredBridge', {
        where: ({ channel }) => channel?.id === comes.id,
      });
      await seen;
      await room.kick(comes);
      expect((await joining).reason).toBe('kicked');
    }
    const [bridge] = await late.client.bridges.list();
    expect(bridge?.channels).toEqual([stays.id]);
    await room.end();
    expect((await staying).reason).toBe('ended');
  });

  it('is not taken out of a queue by that', async () => {
    await using late = await Late.begin();
    const queue = new Queue(late.client, { app: 'flow', announce: false });
    const [stays, comes] = [await late.caller(), await late.caller()];
    const over = new AbortController();
    const staying = queue.enter(stays, { signal: over.signal });
    for (let times = 0; times < 5; times += 1) {
      const controller = new AbortController();
      const waiting = queue.enter(comes, { signal: controller.signal });
      await late.client.bridges.waitFor('ChannelEnteredBridge', { where: ({ channel }) => channel?.id === comes.id });
      controller.abort();
      expect((await waiting).reason).toBe('aborted');
    }
    const [bridge] = await late.client.bridges.list();
    expect(bridge?.channels).toEqual([stays.id]);
    over.abort();
    await staying;
  });

  it('goes on to supervise, from mode to mode', async () => {
    await using late = await Late.begin();
    const [agent, caller, supervisor] = [await late.caller(), await late.caller(), await late.caller()];
    const call = await late.client.bridges.create({ type: 'mixing' });
    await call.addChannel({ channel: [agent.id, caller.id] });
    const over = new AbortController();
    const supervision = supervise(late.client, { supervisor, channel: agent, app: 'flow', signal: over.signal });
    for (const mode of ['barge', 'listen', 'barge', 'coach', 'barge'] as const) {
      expect(await supervision.switchTo(mode)).toBe(true);
    }
    over.abort();
    expect((await supervision).reason).toBe('aborted');
  });
});
