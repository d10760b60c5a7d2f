import { AriAbortError, AriTimeoutError } from 'asterisk-ari';
import { describe, expect, it } from 'vitest';
import { House } from './support/house.js';
import { Proxy, worker } from './support/proxy.js';

/** A fleet's client whose next request to answer a channel Asterisk keeps to itself for a while. */
async function slowly(house: House) {
  const asterisk = await house.asterisk('a');
  await house.relay(asterisk);
  const { client } = (await house.worker()).node('a');
  asterisk.faults.next({ path: '/channels/*/answer' }).delay(3_000);
  return (options: { timeoutMs?: number; signal?: AbortSignal }) =>
    client.channels.answer({ channelId: 'x' }, { retry: false, ...options });
}

describe('a request that nobody has answered yet', () => {
  it('fails when its time is over, and nobody knows what became of it', async () => {
    await using house = await House.open();
    const answer = await slowly(house);
    const late = answer({ timeoutMs: 200 });
    await expect(late).rejects.toThrow(AriTimeoutError);
    await expect(late).rejects.toThrow('channels.answer got no answer within 200 ms');
    await expect(late).rejects.toMatchObject({ delivery: 'outcomeUnknown' });
  });

  it('is given up at once when its signal aborts', async () => {
    await using house = await House.open();
    const answer = await slowly(house);
    const life = new AbortController();
    const given = answer({ signal: life.signal });
    const refused = expect(given).rejects.toThrow(AriAbortError);
    setTimeout(() => life.abort(), 100);
    await refused;
    await expect(given).rejects.toMatchObject({ delivery: 'outcomeUnknown' });
  });

  it('fails at once when NATS is lost', async () => {
    await using house = await House.open();
    const answer = await slowly(house);
    const lost = answer({});
    const refused = expect(lost).rejects.toThrow('the connection to NATS is lost');
    setTimeout(() => void house.nats.kill(), 100);
    await refused;
    await expect(lost).rejects.toMatchObject({ name: 'AriConnectionError', delivery: 'outcomeUnknown' });
  });
});

describe('a list that is many requests to an ari-proxy, some without an answer', () => {
  const keys = ['x', 'y', 'z'].map((id) => `{"kind":"channel","id":"${id}"}`);

  async function waiting(house: House) {
    const proxy = await Proxy.in(house);
    proxy.answers('ChannelList', `{"error":"","keys":[${keys.join()}]}`);
    proxy.answers('ChannelData', undefined);
    const fleet = await worker(house);
    await expect.poll(() => fleet.nodes.size).toBe(1);
    const [node] = fleet.nodes.values();
    return (options: object) => node!.client.channels.list({ retry: false, ...options });
  }

  it('fails when its time is over', async () => {
    await using house = await House.open();
    const list = await waiting(house);
    const late = list({ timeoutMs: 200 });
    await expect(late).rejects.toThrow(AriTimeoutError);
    await expect(late).rejects.toThrow('within 200 ms');
  });

  it('is given up at once when its signal aborts', async () => {
    await using house = await House.open();
    const list = await waiting(house);
    const life = new AbortController();
    const refused = expect(list({ signal: life.signal })).rejects.toThrow(AriAbortError);
    setTimeout(() => life.abort(), 100);
    await refused;
  });
});
