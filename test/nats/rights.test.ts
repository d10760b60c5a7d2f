import { AriError } from 'asterisk-ari';
import { describe, expect, it } from 'vitest';
import { House } from './support/house.js';
import { as, documentedRights, refusals, without } from './support/rights.js';

const documented = documentedRights('nats.md');

describe('the documented rights in NATS', () => {
  it('are all that relays, workers and watchers need', async () => {
    await using house = await House.open(documented);
    const asterisk = await house.asterisk('a');
    const first = await house.relay(asterisk, as('relay'));
    const watcher = await house.worker({ ...as('worker'), observe: true });
    const seen: string[] = [];
    watcher.on('StasisStart', ({ channel }) => seen.push(channel.id));
    const [leaver, taker] = [await house.worker({ ...as('worker'), maxCalls: 1 }), await house.worker(as('worker'))];
    const adopted: boolean[] = [];
    leaver.on('StasisStart', ({ channel }) => channel.answer());
    await asterisk.call({ to: 'stasis-ivr' }).answered();
    taker.on('StasisStart', ({ channel }) => adopted.push(taker.isAdopted(channel)));
    await leaver.close();
    await expect.poll(() => adopted).toEqual([true]);
    const next = await house.relay(asterisk, as('relay'));
    await first.closed;
    await expect.poll(() => [next.status.calls, taker.node('a').isUp]).toEqual([1, true]);
    await taker.node('a').client.channels.list();
    expect(seen.length).toBeGreaterThan(0);
    await next.drain({ timeoutMs: 1 });
    expect(refusals(house)).toEqual([]);
  });

  it('may be narrowed to an application and a node', async () => {
    const narrow = { 'offer.>': 'offer.ivr', 'request.*': 'request.a', 'ping.*': 'ping.a', 'event.>': 'event.a.>' };
    const config = Object.entries(narrow).reduce((text, [wide, own]) => text.replaceAll(wide, own), documented);
    await using house = await House.open(config);
    const asterisk = await house.asterisk('a');
    const relay = await house.relay(asterisk, as('relay'));
    const fleet = await house.worker(as('worker'));
    fleet.on('StasisStart', ({ channel }) => channel.answer());
    await asterisk.call({ to: 'stasis-ivr' }).answered();
    await relay.close();
    expect(refusals(house)).toEqual([]);
    const refused = house.relay(await house.asterisk('b'), as('relay'));
    await expect(refused).rejects.toThrow('NATS does not let this relay publish to ari.v1.ping.b');
  });

  it.each([
    ['publish', 'ari.v1.announce', 'publish to ari.v1.announce'],
    ['publish', 'ari.v1.event.>', 'publish to ari.v1.event.a.ivr.other'],
    ['publish', 'ari.v1.offer.>', 'publish to ari.v1.offer.ivr'],
    ['publish', 'ari.v1.worker.>', 'publish to ari.v1.worker.%'],
    ['publish', 'ari.v1.muster', 'publish to ari.v1.muster'],
    ['publish', 'ari.v1.ping.*', 'publish to ari.v1.ping.a'],
    ['publish', '_INBOX.>', 'publish to _INBOX.'],
    ['subscribe', 'ari.v1.announce', 'subscribe to ari.v1.announce'],
    ['subscribe', 'ari.v1.roll', 'subscribe to ari.v1.roll'],
    ['subscribe', 'ari.v1.request.*', 'subscribe to ari.v1.request.a'],
    ['subscribe', 'ari.v1.ping.*', 'subscribe to ari.v1.ping.a'],
    ['subscribe', '_INBOX.>', 'subscribe to _INBOX.'],
  ])('a relay does not start without that to %s to %s', async (verb, right, words) => {
    await using house = await House.open(without(documented, 'RELAY', verb, right));
    const refused = house.relay(await house.asterisk('a'), as('relay'));
    await expect(refused).rejects.toThrow(AriError);
    await expect(refused).rejects.toThrow(`NATS does not let this relay ${words}`);
  });

  it('to answer may be given by allow_responses', async () => {
    const answersOnly = without(documented, 'RELAY', 'publish', '_INBOX.>').replace(
      'RELAY = {',
      'RELAY = {\n    allow_responses = { max: 100 }',
    );
    await using house = await House.open(`max_payload: 4096\n${answersOnly}`);
    const asterisk = await house.asterisk('a');
    const relay = await house.relay(asterisk, as('relay'));
    const fleet = await house.worker(as('worker'));
    fleet.on('StasisStart', ({ channel }) => channel.answer());
    const { client } = fleet.node('a');
    for (let calls = 1; calls <= 20; calls += 1)
      await asterisk.call({ to: 'stasis-ivr', from: String(calls) }).answered();
    expect(await client.channels.list()).toHaveLength(20);
    expect(relay.status.calls).toBe(20);
    expect(refusals(house)).toEqual([]);
  });

  it.each([
    ['publish', 'ari.v1.roll', 'publish to ari.v1.roll'],
    ['publish', 'ari.v1.request.*', 'publish to ari.v1.request.a'],
    ['publish', 'ari.v1.ping.*', 'publish to ari.v1.ping.a'],
    ['publish', '_INBOX.>', 'publish to _INBOX.'],
    ['subscribe', 'ari.v1.announce', 'subscribe to ari.v1.announce'],
    ['subscribe', 'ari.v1.event.>', 'subscribe to ari.v1.event.a.*.channel.%'],
    ['subscribe', 'ari.v1.offer.>', 'subscribe to ari.v1.offer.ivr'],
    ['subscribe', 'ari.v1.worker.>', 'subscribe to ari.v1.worker.'],
    ['subscribe', 'ari.v1.muster', 'subscribe to ari.v1.muster'],
    ['subscribe', '_INBOX.>', 'subscribe to _INBOX.'],
  ])('a worker does not start without that to %s to %s', async (verb, right, words) => {
    await using house = await House.open(without(documented, 'WORKER', verb, right));
    await house.relay(await house.asterisk('a'), as('relay'));
    const refused = house.worker(as('worker'));
    await expect(refused).rejects.toThrow(AriError);
    await expect(refused).rejects.toThrow(`NATS does not let this worker ${words}`);
  });

  it('need not be more for a worker that looks whether it may be offered calls: none is lost by it', async () => {
    await using house = await House.open(documented);
    const asterisk = await house.asterisk('a');
    await house.relay(asterisk, as('relay'));
    const phones = [1, 2, 3, 4, 5].map((from) => asterisk.call({ to: 'stasis-ivr', from: String(from) }));
    const fleet = await house.worker(as('worker'));
    fleet.on('StasisStart', ({ channel }) => channel.answer());
    await Promise.all(phones.map((phone) => phone.answered()));
    expect(fleet.calls).toBe(5);
  });
});
