import { createServer } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { startAsterisk } from '../../src/testing/index.js';
import { RealClock } from '../../src/testing/engine/real-clock.js';
import { VirtualClock } from '../../src/testing/engine/virtual-clock.js';
import { Bench } from './support.js';

describe('the virtual clock', () => {
  it('lets timers act in the order of their time, each at its own', () => {
    const clock = new VirtualClock();
    const start = clock.now();
    const acts: [string, number][] = [];
    const act = (name: string) => () => acts.push([name, clock.now() - start]);
    clock.after(20, 'media', act('late'));
    clock.after(10, 'media', () => {
      act('early')();
      clock.after(5, 'media', act('between'));
    });
    clock.after(10, 'media', act('second'));
    clock.after(15, 'media', act('never')).cancel();
    clock.advance(19);
    expect(acts).toEqual([
      ['early', 10],
      ['second', 10],
      ['between', 15],
    ]);
    expect(clock.now() - start).toBe(19);
    clock.advance(1);
    expect(acts.at(-1)).toEqual(['late', 20]);
  });

  it('runs on by itself for media only, never past it for patience', () => {
    const clock = new VirtualClock();
    const act = vi.fn();
    clock.after(1000, 'patience', act);
    expect(clock.advanceToMedia()).toBe(false);
    clock.after(500, 'media', act);
    expect(clock.advanceToMedia()).toBe(true);
    expect(act).toHaveBeenCalledTimes(1);
    expect(clock.advanceToMedia()).toBe(false);
  });
});

describe('the real clock', () => {
  it('runs as fast as it is told', async () => {
    const clock = new RealClock(100);
    const start = Date.now();
    await new Promise<void>((resolve) => {
      clock.after(2000, 'media', resolve);
    });
    expect(Date.now() - start).toBeLessThan(1000);
    expect(clock.now() - start).toBeGreaterThanOrEqual(1900);
    clock.close();
  });

  it('waits as long as it is told, though a timer of Node would not', () => {
    vi.useFakeTimers();
    const clock = new RealClock();
    const rung: string[] = [];
    const ring = (name: string) => () => rung.push(name);
    clock.after(2 ** 32, 'patience', ring('after fifty days'));
    clock.after(2 ** 31, 'patience', ring('after twenty-five days')).cancel();
    clock.after(2 ** 33, 'patience', ring('after a hundred days'));
    vi.advanceTimersByTime(2 ** 32 - 1);
    expect(rung).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(rung).toEqual(['after fifty days']);
    clock.close();
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });
});

describe('the clock of a double', () => {
  it('is advanced by the test alone if autoAdvance is off', async () => {
    await using bench = await Bench.start({ autoAdvance: false });
    const phone = bench.asterisk.call({ to: 'hello' });
    await phone.answered();
    expect(phone.playing).toEqual([]);
    bench.asterisk.advance(500);
    expect(phone.playing).toEqual(['sound:hello-world']);
    bench.asterisk.clock.advance(1420);
    expect(phone.state).toBe('idle');
    expect(phone.heard).toEqual(['sound:hello-world']);
  });

  it('can be set going and stopped', async () => {
    await using bench = await Bench.start();
    const { clock } = bench.asterisk;
    expect(clock.autoAdvance).toBe(true);
    clock.autoAdvance = false;
    const phone = bench.asterisk.call({ to: 'hello' });
    await phone.answered();
    const before = clock.now();
    clock.autoAdvance = true;
    await phone.hears('sound:hello-world');
    expect(clock.now()).toBe(before + 500);
  });

  it('refuses to go back, and a real one to be set', async () => {
    await using virtual = await startAsterisk();
    await using real = await startAsterisk({ clock: 'real' });
    expect(() => virtual.advance(-1)).toThrow('clock.advance: ms must be milliseconds, at least 0, not -1');
    expect(() => real.advance(1)).toThrow('only a virtual clock can be advanced');
    expect(() => {
      real.clock.autoAdvance = true;
    }).toThrow('only a virtual clock advances by itself');
  });
});

describe('faults', () => {
  it('answer in the place of Asterisk, as often as they are told', async () => {
    await using bench = await Bench.start();
    bench.asterisk.faults.next({ method: 'POST', path: '/bridges/*' }).times(2).fail(503, 'Not now');
    expect(await bench.rest('POST', '/bridges/b')).toMatchObject({ status: 503, body: { message: 'Not now' } });
    expect((await bench.rest('POST', '/bridges')).status).toBe(200);
    expect((await bench.rest('POST', '/bridges/b')).status).toBe(503);
    expect((await bench.rest('POST', '/bridges/b')).status).toBe(200);
  });

  it('cut the connection before or after something was done', async () => {
    await using bench = await Bench.start();
    bench.asterisk.faults.next({ path: /^\/bridges/ }).drop();
    await expect(bench.rest('POST', '/bridges/one')).rejects.toThrow('fetch failed');
    bench.asterisk.faults.next().dropAnswer();
    await expect(bench.rest('POST', '/bridges/two')).rejects.toThrow('fetch failed');
    expect((await bench.rest('GET', '/bridges')).body).toMatchObject([{ id: 'two' }]);
  });

  it('delay an answer, or keep it back for ever', async () => {
    await using bench = await Bench.start();
    bench.asterisk.faults.next().delay(50);
    const start = performance.now();
    expect((await bench.rest('GET', '/asterisk/ping')).status).toBe(200);
    expect(performance.now() - start).toBeGreaterThanOrEqual(45);
    bench.asterisk.faults.next().hang();
    const hanging = fetch(`${bench.asterisk.url}/ari/asterisk/ping`, {
      headers: { Authorization: bench.authorization },
      signal: AbortSignal.timeout(50),
    });
    await expect(hanging).rejects.toThrow('timeout');
    expect(bench.asterisk.journal.requests.at(-1)).toMatchObject({ status: 0 });
  });

  it('are forgotten', async () => {
    await using bench = await Bench.start();
    bench.asterisk.faults.next().fail(500);
    bench.asterisk.faults.clear();
    expect((await bench.rest('GET', '/asterisk/ping')).status).toBe(200);
  });

  it('cut event sockets, or close them', async () => {
    await using bench = await Bench.start();
    const [one, two] = [await bench.app('one'), await bench.app('two')];
    const codes: Record<string, number> = {};
    one.socket.on('close', (code) => (codes['one'] = code));
    two.socket.on('close', (code) => (codes['two'] = code));
    bench.asterisk.faults.dropSocket('one');
    await expect.poll(() => codes).toEqual({ one: 1006 });
    bench.asterisk.faults.dropSocket(undefined, 1001);
    await expect.poll(() => codes).toEqual({ one: 1006, two: 1001 });
  });

  it('take the server away and bring it back, with its calls', async () => {
    await using bench = await Bench.start();
    const phone = bench.asterisk.call({ to: 'wait' });
    await bench.asterisk.faults.refuse();
    await expect(bench.rest('GET', '/channels')).rejects.toThrow('fetch failed');
    await bench.asterisk.faults.accept();
    expect((await bench.rest('GET', '/channels')).body).toMatchObject([{ id: phone.channelId }]);
  });
});

describe('the journal', () => {
  it('knows what was asked and answered, and no password', async () => {
    await using bench = await Bench.start();
    await fetch(`${bench.asterisk.url}/ari/asterisk/variable?variable=A&api_key=ari:ari-secret`);
    await bench.rest('PUT', '/mailboxes/m', { oldMessages: 1 });
    expect(bench.asterisk.journal.requests).toEqual([
      {
        transport: 'http',
        method: 'GET',
        path: '/asterisk/variable',
        operation: 'asterisk.getGlobalVar',
        ids: {},
        query: { variable: 'A' },
        body: undefined,
        status: 200,
        response: { value: '' },
      },
      {
        transport: 'http',
        method: 'PUT',
        path: '/mailboxes/m',
        operation: 'mailboxes.update',
        ids: { mailboxName: 'm' },
        query: {},
        body: { oldMessages: 1 },
        status: 204,
        response: undefined,
      },
    ]);
    expect(bench.asterisk.journal.requestsTo({ method: 'put', path: '/mailboxes/*' })).toHaveLength(1);
    expect(JSON.stringify(bench.asterisk.journal)).not.toContain('secret');
  });

  it('knows what happened and who was told', async () => {
    await using bench = await Bench.start();
    await bench.app('a', '&subscribeAll=true');
    await bench.rest('POST', '/bridges/b');
    expect(bench.asterisk.journal.eventsOf('BridgeCreated')).toMatchObject([
      { type: 'BridgeCreated', applications: ['a'], event: { bridge: { id: 'b' } } },
    ]);
    bench.asterisk.journal.clear();
    expect(bench.asterisk.journal.events).toEqual([]);
    expect(bench.asterisk.journal.requests).toEqual([]);
  });

  it('knows of what is played to a bridge, once, whether somebody is told or not', async () => {
    await using bench = await Bench.start();
    const { journal } = bench.asterisk;
    await bench.rest('POST', '/bridges/b');
    await bench.rest('POST', '/bridges/b/play/unheard?media=sound:hello-world');
    expect((await journal.waitForEvent('PlaybackStarted')).applications).toEqual([]);
    expect(journal.eventsOf('PlaybackStarted')).toHaveLength(1);
    await bench.app('a');
    await bench.rest('POST', '/applications/a/subscription?eventSource=bridge:b');
    journal.clear();
    await bench.rest('POST', '/bridges/b/play/heard?media=sound:hello-world');
    expect((await journal.waitForEvent('PlaybackStarted')).applications).toEqual(['a']);
    expect(journal.eventsOf('PlaybackStarted')).toHaveLength(1);
  });

  it('keeps no more than it is told', async () => {
    await using bench = await Bench.start({ journalLimit: 2 });
    for (const id of ['1', '2', '3']) await bench.rest('POST', `/bridges/${id}`);
    expect(bench.asterisk.journal.requests.map(({ path }) => path)).toEqual(['/bridges/2', '/bridges/3']);
  });
});

describe('an event of the test', () => {
  it('reaches the applications that it is for', async () => {
    await using bench = await Bench.start();
    const [one, two] = [await bench.app('one'), await bench.app('two')];
    bench.asterisk.emit({ type: 'Unheard', detail: 1 }, ['one']);
    bench.asterisk.emit({ type: 'ForAll' });
    await two.waitFor('ForAll');
    await one.waitFor('ForAll');
    expect(one.types).toEqual(['Unheard', 'ForAll']);
    expect(two.types).toEqual(['ForAll']);
    expect(one.events[0]).toMatchObject({ detail: 1, application: 'one', timestamp: expect.any(String) });
  });
});

describe('a telephone', () => {
  it('says what it cannot do, and why', async () => {
    await using bench = await Bench.start();
    const phone = bench.asterisk.phone('alice');
    expect(() => phone.answer()).toThrow('PJSIP/alice cannot answer: it is idle, and must be ringing for that');
    expect(() => phone.press('1')).toThrow('PJSIP/alice cannot press: it is in no call');
    expect(() => phone.channelId).toThrow('PJSIP/alice has not been in a call yet');
    phone.call('wait');
    expect(() => phone.call('wait')).toThrow('PJSIP/alice cannot call: it is talking, and must be idle for that');
    await expect(phone.hears('sound:nosuch', { timeoutMs: 20 })).rejects.toThrow(
      'waited 20 ms in vain for PJSIP/alice to hear sound:nosuch (there is no such sound: give it to startAsterisk as one of its sounds); it is talking and has heard nothing',
    );
  });

  it('is the same under one name', async () => {
    await using bench = await Bench.start();
    expect(bench.asterisk.phone('alice')).toBe(bench.asterisk.phone('PJSIP/alice'));
    const caller = bench.asterisk.call({ to: 'wait', from: '501' });
    expect(bench.asterisk.phone('501')).toBe(caller);
  });

  it('hears digits and music, is put on hold, and tells when it holds', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('a');
    const phone = bench.asterisk.call({ to: 'stasis-a' });
    await app.waitFor('StasisStart');
    const path = `/channels/${phone.channelId}`;
    await bench.rest('POST', `${path}/ring`);
    await bench.rest('POST', `${path}/answer`);
    await bench.rest('POST', `${path}/moh?mohClass=jazz`);
    await bench.rest('POST', `${path}/hold`);
    expect(phone.playing).toEqual(['moh:jazz']);
    expect(phone.signals).toEqual(['ringing', 'answer', 'hold']);
    await bench.rest('DELETE', `${path}/moh`);
    expect(phone.playing).toEqual([]);
    await bench.rest('POST', `${path}/dtmf?dtmf=42`);
    await phone.receives('42');
    phone.hold();
    phone.hold(false);
    phone.talk();
    await bench.rest('POST', `${path}/variable?variable=TALK_DETECT(set)&value=500`);
    phone.talk();
    phone.talk(700);
    await app.waitFor('ChannelTalkingFinished');
    expect(app.events.slice(-4)).toMatchObject([
      { type: 'ChannelHold', musicclass: 'N/A' },
      { type: 'ChannelUnhold' },
      { type: 'ChannelTalkingStarted' },
      { type: 'ChannelTalkingFinished', duration: 700 },
    ]);
  });
});

describe('a double', () => {
  it('leaves its port and nothing else running when it is closed', async () => {
    const before = process.getActiveResourcesInfo().length;
    const bench = await Bench.start();
    const app = await bench.app('a');
    bench.asterisk.call({ to: 'stasis-a' });
    await app.waitFor('StasisStart');
    const port = Number(new URL(bench.asterisk.url).port);
    const closed = new Promise((resolve) => {
      app.socket.on('close', resolve);
    });
    await Promise.all([bench.asterisk.close(), bench.asterisk.close(), closed]);
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(port, '127.0.0.1', resolve);
    });
    await new Promise((resolve) => {
      server.close(resolve);
    });
    await expect.poll(() => process.getActiveResourcesInfo().length).toBeLessThanOrEqual(before);
  });

  it('forgets calls that are over', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('a');
    for (let at = 0; at < 50; at += 1) {
      await bench.rest('POST', `/channels/c${at}?endpoint=Local/echo@default&app=a`);
      await app.waitFor('StasisStart', (event) => event['channel'].id === `c${at}`);
      await bench.rest('POST', `/channels/c${at}/play?media=sound:tt-monkeys`);
      await bench.rest('DELETE', `/channels/c${at}`);
    }
    await app.waitFor('ChannelDestroyed', (event) => event['channel'].id === 'c49;2');
    expect(bench.asterisk.channelIds).toEqual([]);
    expect((await bench.rest('GET', '/applications/a')).body.channel_ids).toEqual([]);
  });

  it('starts at the port that it is told, or says that it is taken', async () => {
    await using first = await startAsterisk();
    const port = Number(new URL(first.url).port);
    await expect(startAsterisk({ port })).rejects.toThrow('EADDRINUSE');
  });
});
