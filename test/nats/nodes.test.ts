import { AriValidationError, type AriClient, type GapNotice } from 'asterisk-ari';
import { RelayReplacedError, type FleetNode } from 'asterisk-ari/nats';
import { describe, expect, it } from 'vitest';
import { House } from './support/house.js';

const silent = () => undefined;

/** A logger, and what was written with it. */
function logs() {
  const lines: string[] = [];
  const write = (level: string) => (message: string) => void lines.push(`${level} ${message}`);
  return { lines, logger: { debug: silent, info: write('info'), warn: write('warn'), error: write('error') } };
}

const words = (lines: readonly string[]) => lines.join('\n');

describe('the nodes of a fleet', () => {
  it('are named to listeners of events and notices, and in lines of the log', async () => {
    await using house = await House.open();
    const [a, b] = [await house.asterisk('a'), await house.asterisk('b')];
    await house.relay(a);
    await house.relay(b);
    const { lines, logger } = logs();
    const fleet = await house.worker({ logger });
    await expect.poll(() => fleet.nodes.size).toBe(2);
    const told: [what: string, node: string][] = [];
    fleet.on('StasisStart', ({ channel }, node) => {
      expect(node).toBe(fleet.nodeOf(channel));
      told.push(['StasisStart', node.id]);
    });
    fleet.on(['gap', 'state'], (notice, node: FleetNode<AriClient>) => {
      told.push(['durationMs' in notice ? 'gap' : notice.state, node.id]);
    });
    // @ts-expect-error -- there is no such event
    expect(() => fleet.on('Nonsense', silent)).toThrow(AriValidationError);
    // @ts-expect-error -- a listener has a name for it, and the value is none
    expect(() => fleet.on('StasisEnd', 5)).toThrow('on: listener must be a function');
    fleet.on('gap', (notice: GapNotice) => expect(notice.durationMs).toBeGreaterThanOrEqual(0));
    b.call({ to: 'stasis-ivr' });
    await expect.poll(() => told).toContainEqual(['StasisStart', 'b']);
    told.length = 0;
    b.faults.dropSocket();
    await expect.poll(() => told).toContainEqual(['gap', 'b']);
    expect(told.map(([, node]) => node)).not.toContain('a');
    expect(told.map(([what]) => what)).toContain('reconnecting');
    expect(words(lines)).toMatch(/^warn b: /m);
    expect(words(lines)).not.toMatch(/^warn a: /m);
  });

  it('are told to who wants to know of them, those there and those to come, once each', async () => {
    await using house = await House.open();
    await house.relay(await house.asterisk('a'));
    const { lines, logger } = logs();
    const fleet = await house.worker({ logger });
    const [seen, left]: [string[], string[]] = [[], []];
    fleet.onNode(({ id }) => seen.push(id));
    fleet.onNode(() => {
      throw new Error('of the listener');
    });
    const closed = fleet.onNode(({ id }) => left.push(id));
    closed[Symbol.dispose]();
    expect(seen).toEqual(['a']);
    await house.relay(await house.asterisk('b'));
    await expect.poll(() => seen).toEqual(['a', 'b']);
    expect(left).toEqual(['a']);
    expect(words(lines)).toContain('error a listener that was told of the node b failed: Error: of the listener');
  });
});

describe('the health of a fleet', () => {
  it('is that of NATS and of one node at least', async () => {
    await using house = await House.open();
    const nats = { reconnectTimeWait: 20, reconnectJitter: 0 };
    const fleet = await house.worker({ discoverMs: 0, nats });
    expect(fleet.isUp).toBe(false);
    const relay = await house.relay(await house.asterisk('a'), { nats });
    await house.relay(await house.asterisk('b'), { nats });
    await expect.poll(() => fleet.nodes.size).toBe(2);
    await relay.close();
    await expect.poll(() => fleet.node('a').isUp).toBe(false);
    expect(fleet.isUp).toBe(true);
    await house.nats.kill();
    await expect.poll(() => fleet.isUp).toBe(false);
    await house.nats.resume();
    await expect.poll(() => fleet.isUp).toBe(true);
  });
});

describe('applications that no relay serves', () => {
  it('are told to the log once relays have said what they serve, and where there is no relay', async () => {
    await using house = await House.open();
    const { lines, logger } = logs();
    await house.worker({ apps: ['ivr', 'ivrr'], discoverMs: 100, logger });
    await expect.poll(() => words(lines)).toContain('warn no relay has announced itself yet: nobody serves ivr, ivrr');
    await house.relay(await house.asterisk('a'));
    await expect.poll(() => words(lines)).toContain('warn no relay serves ivrr; served are ivr');
    expect(lines.filter((line) => line.includes('no relay serves'))).toHaveLength(1);
  });

  it('are only those that none of several relays serves', async () => {
    await using house = await House.open();
    await house.relay(await house.asterisk('a'), { apps: 'ivr' });
    await house.relay(await house.asterisk('b'), { apps: 'queue' });
    const { lines, logger } = logs();
    await house.worker({ apps: ['ivr', 'queue', 'other'], discoverMs: 300, logger });
    await expect.poll(() => words(lines)).toContain('warn no relay serves other; served are ');
  });
});

describe('a relay whose applications another one has taken', () => {
  it('ends with an error of a class of its own', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const first = await house.relay(asterisk);
    await house.relay(asterisk);
    expect(await first.closed).toBeInstanceOf(RelayReplacedError);
  });
});
