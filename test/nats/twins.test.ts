import { connect } from '@nats-io/transport-node';
import { AriError } from 'asterisk-ari';
import { describe, expect, it } from 'vitest';
import { House } from './support/house.js';

const silent = (): void => undefined;

/** A logger of errors, and what was written with it. */
function errors() {
  const lines: string[] = [];
  return {
    lines,
    logger: { debug: silent, info: silent, warn: silent, error: (line: string) => void lines.push(line) },
  };
}

/** Two Asterisks with one entity id. */
async function twins(house: House) {
  const first = await house.asterisk('a');
  // In another millisecond.
  await new Promise((resolve) => setTimeout(resolve, 5));
  return [first, await house.asterisk('a')] as const;
}

const advice = 'give each its own entityid in asterisk.conf';
const time = String.raw`\d{4}-\d\d-\d\dT[\d:.+]+`;
const announceMs = 100;

const pause = () => new Promise((resolve) => setTimeout(resolve, 10 * announceMs));

describe('two Asterisks with one entity id', () => {
  it('are told of at the start of the second relay, which is refused; the first one goes on', async () => {
    await using house = await House.open();
    const [one, other] = await twins(house);
    const { lines, logger } = errors();
    const first = await house.relay(one, { logger, place: 'here' });
    const start = () => house.relay(other, { place: 'there', apps: 'queue' });
    await expect(start()).rejects.toThrow(AriError);
    const words = (place: string) =>
      new RegExp(
        String.raw`^two Asterisks call themselves a: that of this relay, started at ${time}, and that of another relay \(${place}\), started at ${time}: ${advice}$`,
      );
    await expect(start()).rejects.toThrow(words('here'));
    expect(lines).toEqual([expect.stringMatching(words('there'))]);
    const fleet = await house.worker();
    fleet.on('StasisStart', ({ channel }) => channel.answer());
    await one.call({ to: 'stasis-ivr' }).answered();
    expect(first.status).toMatchObject({ state: 'up', calls: 1 });
  });

  it('are told of once by all who have to do with them, where they meet only later', async () => {
    await using house = await House.open();
    const [one, other] = await twins(house);
    const said = { one: errors(), other: errors(), worker: errors() };
    await house.relay(one, { logger: said.one.logger, announceMs });
    await house.worker({ logger: said.worker.logger });
    // So that it is not known for certain when the second one starts.
    one.faults.next({ path: '/asterisk/info' }).fail(500);
    await house.relay(other, { logger: said.other.logger, announceMs });
    const lines = () => [said.one, said.other, said.worker].map((each) => each.lines);
    const own = expect.stringMatching(`^two Asterisks call themselves a: that of this relay, .*: ${advice}$`);
    const both = expect.stringMatching(
      `^two Asterisks call themselves a, with a relay each: one was started at ${time}, the other at ${time}: ${advice}$`,
    );
    await expect.poll(lines).toEqual([[own], [own], [both]]);
    await pause();
    expect(lines()).toEqual([[own], [own], [both]]);
  });
});

describe('one Asterisk with two relays', () => {
  it('is not taken for two while one takes over', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const { lines, logger } = errors();
    const first = await house.relay(asterisk, { logger, announceMs });
    await house.worker({ logger });
    await house.relay(asterisk, { logger, announceMs });
    await first.closed;
    await pause();
    expect(lines).toEqual([]);
  });

  it.each([
    ['has not noticed that Asterisk was started anew', '2026-01-01T00:00:00.000+0000'],
    ['is too old to say when it was started', undefined],
  ])('is not taken for two where the older relay %s', async (_why, started) => {
    await using house = await House.open();
    const nats = await connect({ servers: house.nats.url });
    house.ends(() => nats.close());
    const older = { node: 'a', instance: 'older.1', apps: ['ivr'], state: 'up', started };
    nats.subscribe('ari.v1.ping.a', {
      callback: (_error, message) => void message.respond(JSON.stringify({ ...older, started: undefined, others: [] })),
    });
    await nats.flush();
    const { lines, logger } = errors();
    await house.worker({ logger });
    const next = await house.relay(await house.asterisk('a'), { logger, announceMs });
    for (let times = 0; times < 10; times += 1) {
      nats.publish('ari.v1.announce', JSON.stringify(older));
      await new Promise((resolve) => setTimeout(resolve, announceMs));
    }
    expect(next.status.state).toBe('up');
    expect(lines).toEqual([]);
  });

  it('is not taken for two where it was started anew, and the older relay looks when it is asked', async () => {
    await using house = await House.open();
    const before = await house.asterisk('a');
    const { lines, logger } = errors();
    const relay = await house.relay(before, { logger });
    const nats = await connect({ servers: house.nats.url });
    house.ends(() => nats.close());
    before.faults.next({ path: '/asterisk/info' }).hang();
    const asked = await nats.request('ari.v1.ping.a', JSON.stringify({ started: 'later' }), { timeout: 5_000 });
    expect(asked.json()).not.toHaveProperty('started');
    expect(asked.json()).toMatchObject({ node: 'a', state: relay.status.state });
    expect(lines).toEqual([]);
  });
});
