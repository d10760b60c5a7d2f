import { connect } from '@nats-io/transport-node';
import { describe, expect, it } from 'vitest';
import { House } from './support/house.js';

describe('an entity id that cannot travel', () => {
  it.each(['a\r\nb', ' a', 'a b', '\u0000'])('is refused by its relay: %j', async (node) => {
    await using house = await House.open();
    const refused = house.relay(await house.asterisk(node));
    await expect(refused).rejects.toThrow('Asterisk calls itself');
    await expect(refused).rejects.toThrow('no blanks and no control characters in the entity id');
  });

  it('is told by a relay whose Asterisk comes back with it, until it has another one', async () => {
    await using house = await House.open();
    const lines: string[] = [];
    const write = (line: string): void => void lines.push(line);
    const logger = { debug: () => undefined, info: () => undefined, warn: write, error: write };
    const asterisk = await house.asterisk('a');
    const port = Number(new URL(asterisk.url).port);
    const relay = await house.relay(asterisk, { logger });
    await asterisk.close();
    const unfit = await house.asterisk('b\r\nc', { port });
    await expect.poll(() => lines.join('\n')).toContain('Asterisk calls itself "b\\r\\nc"');
    expect(relay.status).toMatchObject({ node: 'a', state: 'down' });
    await unfit.close();
    await house.asterisk('ü-1', { port });
    await expect.poll(() => relay.status).toMatchObject({ node: 'ü-1', state: 'up' });
  });

  it('one of any letters can', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('Büro.1/ä');
    await house.relay(asterisk);
    const fleet = await house.worker();
    fleet.on('StasisStart', ({ channel }) => channel.answer());
    await asterisk.call({ to: 'stasis-ivr' }).answered();
    expect(fleet.node('Büro.1/ä').isUp).toBe(true);
  });
});

describe('names in an announcement that would leave their line of a log', () => {
  it.each([
    [{ node: 'a\nb' }, 'its node is "a\\nb"'],
    [{ node: 'a\0b' }, 'its node is "a\\u0000b"'],
    [{ node: 'a', place: 'x\ny' }, 'its place is "x\\ny"'],
    [{ node: 'a', apps: ['ivr', 'x\ny'] }, 'its application is "x\\ny"'],
    [{ node: 'a', release: '22\n' }, 'its release is "22\\n"'],
  ])('have a worker ignore it: %j', async (names, why) => {
    await using house = await House.open();
    const lines: string[] = [];
    const write = (line: string): void => void lines.push(line);
    const logger = { debug: () => undefined, info: () => undefined, warn: write, error: write };
    const fleet = await house.worker({ discoverMs: 0, logger });
    const nats = await connect({ servers: house.nats.url });
    house.ends(() => nats.close());
    nats.publish('ari.v1.announce', JSON.stringify({ instance: 'r.1', apps: ['ivr'], state: 'up', ...names }));
    await expect.poll(() => lines).toContain(`an announcement that is none was ignored: ${why}`);
    expect([fleet.nodes.size, lines.filter((line) => line.includes('\n'))]).toEqual([0, []]);
  });
});
