import { connect } from '@nats-io/transport-node';
import { connect as connectDirectly, AriClient, AriConnectionError, type GapNotice } from 'asterisk-ari';
import type { Fleet } from 'asterisk-ari/nats';
import type { TestAsterisk } from 'asterisk-ari/testing';
import { describe, expect, it } from 'vitest';
import { House } from './support/house.js';
import { mortal } from './support/mortal.js';

/** A client without a relay. */
function directly({ url, username, password }: TestAsterisk): Promise<AriClient> {
  return connectDirectly(url, username, password);
}

function gaps(fleet: Fleet<AriClient>): GapNotice[] {
  const notices: GapNotice[] = [];
  fleet.on('gap', (notice) => notices.push(notice));
  return notices;
}

describe('a call that nobody has', () => {
  it('is offered until a worker comes', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const relay = await house.relay(asterisk);
    const phone = asterisk.call({ to: 'stasis-ivr' });
    await expect.poll(() => relay.status.offered).toBe(1);
    phone.press('1');
    const fleet = await house.worker();
    const heard: string[] = [];
    const ofCall: string[] = [];
    fleet.on('ChannelDtmfReceived', ({ digit }) => heard.push(digit));
    fleet.on('StasisStart', ({ channel }) => {
      heard.push('start');
      channel.on('ChannelDtmfReceived', (_channel, { digit }) => ofCall.push(digit));
      return channel.answer();
    });
    await phone.answered();
    phone.press('2');
    await expect.poll(() => heard).toEqual(['start', '1', '2']);
    expect(ofCall).toEqual(['1', '2']);
    expect(relay.status).toMatchObject({ calls: 1, offered: 0 });
  });

  it.each([
    ['hangup', 'hung up'],
    ['continue', 'continued'],
    ['leave', 'left'],
  ] as const)('is, if none comes and the rule is %s, %s', async (unclaimed, what) => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const relay = await house.relay(asterisk, { unclaimed, offerForMs: 300 });
    const phone = asterisk.call({ to: 'stasis-ivr' });
    await expect.poll(() => relay.status.offered).toBe(1);
    await expect.poll(() => relay.status.offered).toBe(0);
    if (what === 'left') {
      expect(phone.state).not.toBe('Down');
    } else {
      await phone.ended();
    }
  });

  it('goes to a worker that has room', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    await house.relay(asterisk);
    const [small, large] = [await house.worker({ maxCalls: 1 }), await house.worker()];
    for (const fleet of [small, large]) fleet.on('StasisStart', ({ channel }) => channel.answer());
    const phones = Array.from({ length: 6 }, (_, index) => asterisk.call({ to: 'stasis-ivr', from: `10${index}` }));
    await Promise.all(phones.map((phone) => phone.answered()));
    expect(small.calls).toBeLessThanOrEqual(1);
    expect(small.calls + large.calls).toBe(6);
  });
});

describe('a call whose worker is gone', () => {
  it('is adopted by another one, before it was answered and after', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    await house.relay(asterisk, { workerCheckMs: 100 });
    const first = await mortal(house);
    const taken: string[] = [];
    first.fleet.on('StasisStart', ({ channel }) => {
      taken.push(channel.id);
      if (channel.caller.number === '100') void channel.answer();
    });
    const [answered] = [
      asterisk.call({ to: 'stasis-ivr', from: '100' }),
      asterisk.call({ to: 'stasis-ivr', from: '200' }),
    ];
    await answered?.answered();
    await expect.poll(() => taken.length).toBe(2);
    const second = await house.worker();
    const adopted: string[] = [];
    second.on('StasisStart', ({ channel }) => {
      if (second.isAdopted(channel)) adopted.push(channel.id);
      channel.on('ChannelDtmfReceived', (_channel, { digit }) => adopted.push(digit));
    });
    await first.die();
    await expect.poll(() => adopted.toSorted()).toEqual(taken.toSorted());
    answered?.press('5');
    await expect.poll(() => adopted).toContain('5');
  });

  it('stays with a worker that drains, until that has ended', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    await house.relay(asterisk);
    const [leaving, staying] = [await house.worker(), await house.worker()];
    leaving.on('StasisStart', ({ channel }) => channel.answer());
    const phone = asterisk.call({ to: 'stasis-ivr' });
    await phone.answered();
    staying.on('StasisStart', ({ channel }) => channel.answer());
    const drained = leaving.drain();
    const later = asterisk.call({ to: 'stasis-ivr', from: '200' });
    await later.answered();
    expect([leaving.calls, staying.calls]).toEqual([1, 1]);
    phone.hangup();
    expect(await drained).toBe(0);
  });
});

describe('the client of a node', () => {
  it('is not stopped or closed but with its fleet, which goes on with its calls', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    await house.relay(asterisk);
    const fleet = await house.worker();
    const { client } = fleet.node('a');
    const owned = 'this client belongs to its fleet, and is open as long as that: fleet.drain(), fleet.close()';
    for (const end of ['close', 'stop', Symbol.asyncDispose] as const) {
      await expect(client[end]()).rejects.toThrow(owned);
    }
    await expect(client.start('ivr')).rejects.toThrow(`start(): ${owned}`);
    fleet.on('StasisStart', ({ channel }) => channel.answer());
    await asterisk.call({ to: 'stasis-ivr' }).answered();
    const pending = client.waitFor('ChannelDestroyed');
    const refused = expect(pending).rejects.toThrow('the client was closed');
    await fleet.close();
    await refused;
    expect(client.state).toBe('closed');
  });
});

describe('a drain', () => {
  it('ends with any other one, and where somebody closes, of a worker and of a relay', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const relay = await house.relay(asterisk);
    const fleet = await house.worker();
    fleet.on('StasisStart', ({ channel }) => channel.answer());
    await asterisk.call({ to: 'stasis-ivr' }).answered();
    const begun = performance.now();
    expect(await Promise.all([fleet.drain(), fleet.drain({ timeoutMs: 50 })])).toEqual([1, 1]);
    const drained = relay.drain();
    await relay.close();
    expect(await drained).toBe(1);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  it('refuses what it does not know', async () => {
    await using house = await House.open();
    const relay = await house.relay(await house.asterisk('a'));
    const wrong = "drain: option 'timeout' does not exist; allowed are timeoutMs";
    await expect(relay.drain({ timeout: 5 } as object)).rejects.toThrow(wrong);
    await expect((await house.worker()).drain({ timeout: 5 } as object)).rejects.toThrow(wrong);
  });
});

describe('a worker', () => {
  it('is not impressed by nodes of impossible names, and takes calls', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    await house.relay(asterisk);
    const fleet = await house.worker();
    const nats = await connect({ servers: house.nats.url });
    for (const node of ['xn--', 'xn--a', '\\ud800', 'a b', '%', '.'.repeat(300)]) {
      nats.publish('ari.v1.announce', `{"node":"${node}","instance":"i","apps":[],"state":"up"}`);
    }
    await nats.drain();
    fleet.on('StasisStart', ({ channel }) => channel.answer());
    await asterisk.call({ to: 'stasis-ivr' }).answered();
    expect(fleet.calls).toBe(1);
  });

  it('whose listener has an aborted signal, or listens to everything, takes no call', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const relay = await house.relay(asterisk);
    const fleet = await house.worker();
    fleet.on('StasisStart', () => undefined, { signal: AbortSignal.abort() });
    fleet.on('*', () => undefined);
    asterisk.call({ to: 'stasis-ivr' });
    await expect.poll(() => relay.status.offered).toBe(1);
    expect(fleet.calls).toBe(0);
  });

  it('has the calls that it has originated itself', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    await house.relay(asterisk);
    const fleet = await house.worker();
    const { client } = fleet.node('a');
    const started = new Promise((resolve) => client.on('StasisStart', resolve));
    const channel = await client.channels.originate({ endpoint: 'Local/wait@default', app: 'ivr' });
    await started;
    expect(fleet.calls).toBe(1);
    const drained = fleet.drain();
    // Its answer may come later than the event that ends the draining.
    channel.hangup().catch(() => undefined);
    expect(await drained).toBe(0);
  });
});

describe('what a worker makes', () => {
  it('is its own: channels, bridges, playbacks and their events', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const relay = await house.relay(asterisk);
    const [maker, other] = [await house.worker(), await house.worker()];
    const strays: string[] = [];
    other.on('StasisStart', ({ channel }) => strays.push(channel.id));
    const { client } = maker.node('a');
    const started = new Promise((resolve) => client.on('StasisStart', resolve));
    const channel = await client.channels.originate({ endpoint: 'Local/wait@default', app: 'ivr' });
    await started;
    const bridge = await client.bridges.create({ type: 'mixing' });
    const entered = bridge.waitFor('ChannelEnteredBridge');
    await bridge.addChannel({ channel });
    await entered;
    const playback = await bridge.play({ media: 'sound:hello-world' });
    await playback.waitFor('PlaybackFinished');
    expect(maker.nodeOf(bridge).id).toBe('a');
    expect(relay.status.calls).toBe(1);
    const destroyed = channel.waitFor('ChannelDestroyed');
    await channel.hangup();
    await destroyed;
    await expect.poll(() => relay.status.calls).toBe(0);
    expect(strays).toEqual([]);
  });
});

describe('an interruption ends in one gap notice', () => {
  it('of NATS', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    await house.relay(asterisk);
    const fleet = await house.worker();
    const notices = gaps(fleet);
    let answers = 0;
    fleet.on('StasisStart', async ({ channel }) => {
      await channel.answer();
      answers += 1;
    });
    asterisk.call({ to: 'stasis-ivr' });
    await expect.poll(() => answers).toBe(1);
    await house.nats.kill();
    await expect.poll(() => fleet.node('a').isUp).toBe(false);
    await expect(fleet.node('a').client.channels.list({ timeoutMs: 500 })).rejects.toThrow(AriConnectionError);
    await house.nats.resume();
    await expect.poll(() => notices.length).toBe(1);
    expect(fleet.calls).toBe(1);
    asterisk.call({ to: 'stasis-ivr', from: '200' });
    await expect.poll(() => answers).toBe(2);
    expect([fleet.calls, notices.length]).toEqual([2, 1]);
  });

  it('of the relay', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const relay = await house.relay(asterisk);
    const fleet = await house.worker();
    const notices = gaps(fleet);
    const heard: string[] = [];
    fleet.on('StasisStart', ({ channel }) => channel.answer());
    fleet.on('ChannelDtmfReceived', ({ digit }) => heard.push(digit));
    const [stays, ends] = ['100', '200'].map((from) => asterisk.call({ to: 'stasis-ivr', from }));
    await Promise.all([stays?.answered(), ends?.answered()]);
    await relay.close();
    await expect.poll(() => fleet.node('a').isUp).toBe(false);
    ends?.hangup();
    const next = await house.relay(asterisk);
    await expect.poll(() => notices.length).toBe(1);
    await expect.poll(() => [next.status.calls, fleet.calls]).toEqual([1, 1]);
    stays?.press('9');
    await expect.poll(() => heard).toEqual(['9']);
  });

  it('of the event connection between relay and Asterisk', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    await house.relay(asterisk);
    const fleet = await house.worker();
    const notices = gaps(fleet);
    fleet.on('StasisStart', ({ channel }) => channel.answer());
    const phone = asterisk.call({ to: 'stasis-ivr' });
    await phone.answered();
    asterisk.faults.dropSocket();
    await expect.poll(() => notices.length).toBe(1);
    expect(fleet.calls).toBe(1);
  });
});

describe('a call that leaves its application while no relay is there', () => {
  it('is not counted any more', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const relay = await house.relay(asterisk);
    const fleet = await house.worker({ maxCalls: 1 });
    const ended: string[] = [];
    fleet.on('StasisStart', ({ channel }) => {
      channel.on('StasisEnd', ({ id }) => ended.push(id));
      return channel.answer();
    });
    const phone = asterisk.call({ to: 'stasis-ivr' });
    await phone.answered();
    const direct = await directly(asterisk);
    await relay.close();
    await direct.channels.continueInDialplan({ channelId: phone.channelId, context: 'default', extension: 'wait' });
    await direct.close();
    await house.relay(asterisk);
    await expect.poll(() => fleet.calls).toBe(0);
    expect(ended).toEqual([phone.channelId]);
    await asterisk.call({ to: 'stasis-ivr', from: '200' }).answered();
  });
});

describe('two relays for one Asterisk', () => {
  it('the older one ends, and the fleet goes on with the other', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const older = await house.relay(asterisk);
    const fleet = await house.worker();
    fleet.on('StasisStart', ({ channel }) => channel.answer());
    const newer = await house.relay(asterisk);
    await older.closed;
    await expect.poll(() => older.status.state).toBe('gone');
    const phone = asterisk.call({ to: 'stasis-ivr' });
    await phone.answered();
    expect(newer.status.calls).toBe(1);
    expect(fleet.node('a').isUp).toBe(true);
  });

  it('one is to have all applications: what would leave some to the other is refused, what takes all takes over', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const first = await house.relay(asterisk, { apps: ['ivr', 'queue'] });
    const refused = house.relay(asterisk, { apps: ['queue', 'extra'] });
    await expect(refused).rejects.toThrow(
      'another relay stands for a, with ivr, queue where this one has queue, extra: one must have all applications',
    );
    const fleet = await house.worker();
    fleet.on('StasisStart', ({ channel }) => channel.answer());
    await asterisk.call({ to: 'stasis-ivr' }).answered();
    expect(first.status).toMatchObject({ state: 'up', calls: 1 });
    await house.relay(asterisk, { apps: ['ivr', 'queue', 'extra'] });
    expect((await first.closed)?.message).toMatch(/another connection has taken over/);
    await expect.poll(() => fleet.node('a').apps).toEqual(['ivr', 'queue', 'extra']);
  });

  it('that meet later, with different applications, are told of by both ends', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const said = { relay: [] as string[], worker: [] as string[] };
    const logger = (lines: string[]) => {
      const write = (line: string): void => void lines.push(line);
      return { debug: () => undefined, info: () => undefined, warn: write, error: write };
    };
    await house.relay(asterisk, { logger: logger(said.relay) });
    await house.worker({ logger: logger(said.worker) });
    const nats = await connect({ servers: house.nats.url });
    const other = { node: 'a', instance: 'other', apps: ['queue'], state: 'up' };
    for (let times = 0; times < 3; times += 1) nats.publish('ari.v1.announce', JSON.stringify(other));
    await nats.drain();
    const count = (lines: string[], words: string) => lines.filter((line) => line.includes(words)).length;
    const told = () => [
      count(said.relay, 'another relay stands for a, with queue where this one has ivr'),
      count(said.worker, 'a relay with queue stands for a now, where one with ivr did'),
    ];
    await expect.poll(told).toEqual([1, 1]);
  });
});

describe('what NATS does not take', () => {
  it('is said: a request that is too long is not sent, an event is lost and counted', async () => {
    await using house = await House.open('max_payload: 4096');
    const asterisk = await house.asterisk('a');
    const lines: string[] = [];
    const write = (line: string): void => void lines.push(line);
    const logger = { debug: write, info: write, warn: write, error: write };
    const relay = await house.relay(asterisk, { logger });
    const fleet = await house.worker();
    fleet.on('StasisStart', ({ channel }) => channel.answer());
    await asterisk.call({ to: 'stasis-ivr' }).answered();
    const { client } = fleet.node('a');
    const [channel] = await client.channels.list();
    const long = channel?.setChannelVar({ variable: 'X', value: 'x'.repeat(5_000) });
    await expect(long).rejects.toMatchObject({ name: 'AriConnectionError', delivery: 'notSent' });
    asterisk.emit({ type: 'ChannelUserevent', eventname: 'long', userevent: { text: 'y'.repeat(5_000) } }, ['ivr']);
    await expect.poll(() => relay.status.lost).toBe(1);
    expect(lines.join('\n')).toMatch(/an event of \d+ bytes was lost/);
  });

  it('is a call whose StasisStart is too long: the log says why nobody was offered it, and what becomes of it', async () => {
    await using house = await House.open('max_payload: 4096');
    const asterisk = await house.asterisk('a');
    const errors: string[] = [];
    const silent = (): void => undefined;
    const logger = { debug: silent, info: silent, warn: silent, error: (line: string) => void errors.push(line) };
    await house.relay(asterisk, { logger, offerForMs: 60_000, offerTimeoutMs: 1_000 });
    (await house.worker()).on('StasisStart', ({ channel }) => channel.answer());
    asterisk.setExtension('900', [`Stasis(ivr,${'z'.repeat(5_000)})`, 'Hangup']);
    const phone = asterisk.call({ to: '900' });
    await phone.ended();
    const why = /its StasisStart has \d+ bytes with headers beside it, and NATS takes 4096: hangup$/;
    expect(errors.filter((line) => line.includes('could be offered to nobody'))).toEqual([expect.stringMatching(why)]);
  });

  it('is a request that is too long with its headers alone, too', async () => {
    await using house = await House.open('max_payload: 4096');
    await house.relay(await house.asterisk('a'));
    const { client } = (await house.worker()).node('a');
    const originate = (name: string) =>
      client.channels.originate({ endpoint: 'PJSIP/none', app: 'ivr', channelId: 'mine', callerId: name });
    const refusals = async (length: number) => {
      const error = await originate('x'.repeat(length)).catch((reason: unknown) => reason);
      const [, bytes] = /it has (\d+) bytes, and NATS takes 4096$/.exec((error as Error).message) ?? [];
      return { bytes: Number(bytes), delivery: (error as AriConnectionError).delivery };
    };
    const { bytes } = await refusals(5_000);
    // One byte more than there may be, of which its headers have more.
    expect(await refusals(5_000 - (bytes - 4_097))).toEqual({ bytes: 4_097, delivery: 'notSent' });
    await expect(originate('x'.repeat(5_000 - (bytes - 4_096)))).rejects.toThrow(/Allocation failed|endpoint/i);
  });

  it('is said at once where a worker has no right to ask a node that has come later', async () => {
    const denied = '{ publish: { deny: "ari.v1.request.b" } }';
    const users = `{ user: r, password: r }, { user: w, password: w, permissions: ${denied} }`;
    await using house = await House.open(`authorization { users: [${users}] }`);
    await house.relay(await house.asterisk('a'), { nats: { user: 'r', pass: 'r' } });
    const fleet = await house.worker({ nats: { user: 'w', pass: 'w' } });
    await house.relay(await house.asterisk('b'), { nats: { user: 'r', pass: 'r' } });
    await expect.poll(() => fleet.nodes.has('b')).toBe(true);
    const asked = fleet.node('b').client.channels.list();
    await expect(asked).rejects.toMatchObject({ name: 'AriConnectionError', delivery: 'notSent' });
    await expect(asked).rejects.toThrow('does not let this worker ask');
  });

  it('garbage on every subject does no harm', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    await house.relay(asterisk);
    const fleet = await house.worker();
    fleet.on('StasisStart', ({ channel }) => channel.answer());
    const nats = await connect({ servers: house.nats.url });
    const subjects = ['announce', 'roll', 'ping.a', 'request.a', 'offer.ivr', 'muster', `worker.${fleet.id}`];
    const events = ['channel.x', 'bridge.x', 'start.x', 'other'].map((end) => `event.a.ivr.${end}`);
    const garbage = ['', 'x', 'null', '[]', '{}', '{"type":5}', '"', '{"channel":{"id":{}}}', '\u0000\uFFFF'];
    for (const subject of [...subjects, ...events]) {
      for (const text of garbage) {
        nats.publish(`ari.v1.${subject}`, text);
        nats.publish(`ari.v1.${subject}`, text, { reply: 'nobody.reads.this' });
      }
    }
    const answer = await nats.request('ari.v1.request.a', '{"type":"RESTRequest","method":"GET","uri":"../x"}');
    expect(answer.json()).toMatchObject({ type: 'RelayFailure', delivery: 'notSent' });
    await nats.drain();
    await asterisk.call({ to: 'stasis-ivr' }).answered();
    expect(fleet.calls).toBe(1);
  });
});
