import { AriValidationError, type Channel, type ChannelHandle } from 'asterisk-ari';
import type { Phone } from 'asterisk-ari/testing';
import { positionMedia, Queue, type EnterOptions, type QueueOptions } from 'asterisk-ari/flows';
import { describe, expect, it } from 'vitest';
import { endAfterEachRequest, Floor } from './support/floor.js';

const plain = { app: 'flow', announce: false } as const;

/** A queue on a floor, with agents whose telephones ring. */
function queueOf(floor: Floor, agents: readonly string[], options: Partial<QueueOptions<ChannelHandle>> = {}) {
  const queue = new Queue(floor.client, { ...plain, ...options });
  const phones = agents.map((name) => {
    queue.addAgent(`PJSIP/${name}`);
    return floor.asterisk.phone(name);
  });
  const enter = (caller: number, more?: EnterOptions) => queue.enter(floor.caller(caller).channel, more);
  return { queue, phones: phones as [Phone, Phone, Phone], enter };
}

/** Whoever rings answers; its name. */
async function answerAny(phones: readonly Phone[]): Promise<Phone> {
  await expect.poll(() => phones.some(({ state }) => state === 'ringing')).toBe(true);
  return (phones.find(({ state }) => state === 'ringing') as Phone).answer();
}

describe('a queue', () => {
  it('has a caller wait, rings the agent, and connects them until one hangs up', async () => {
    await using floor = await Floor.begin(1);
    const { queue, phones, enter } = queueOf(floor, ['ann'], { musicClass: 'jazz' });
    const stay = enter(0);
    await phones[0].rings();
    expect(floor.caller().phone.playing).toEqual(['moh:jazz']);
    expect(queue.stats).toMatchObject({ waiting: 1, answered: 0 });
    expect(queue.agents).toMatchObject([{ endpoint: 'PJSIP/ann', state: 'ringing', calls: 0 }]);
    phones[0].answer();
    await expect.poll(() => queue.agents[0]?.state).toBe('talking');
    await expect
      .poll(async () => (await floor.client.bridges.list()).map(({ channels }) => channels.length))
      .toEqual([2]);
    expect(queue.stats.waiting).toBe(0);
    phones[0].hangup();
    expect(await stay).toEqual({
      reason: 'answered',
      agent: 'PJSIP/ann',
      endedBy: 'agent',
      waitedMs: expect.any(Number),
      talkedMs: expect.any(Number),
    });
    expect(floor.caller().phone.hangupCause).toBe(16);
    expect(queue.agents).toMatchObject([{ endpoint: 'PJSIP/ann', state: 'free', calls: 1 }]);
    expect(queue.stats).toMatchObject({ waiting: 0, answered: 1, abandoned: 0 });
    await floor.expectNothingLeft();
  });

  it.each(['hangs up', 'is there still'])('where the caller cannot be answered, and %s', async (how) => {
    await using floor = await Floor.begin(1);
    const { queue, phones, enter } = queueOf(floor, ['ann']);
    const stay = enter(0);
    stay.catch(() => undefined);
    await phones[0].rings();
    const answer = { method: 'POST', path: '/channels/*/answer' };
    floor.asterisk.faults.next(answer).fail(500, 'Failed to answer channel');
    floor.forget();
    phones[0].answer();
    await expect.poll(() => floor.requests).toContain('POST /channels/*/answer');
    if (how === 'hangs up') {
      floor.caller().phone.hangup();
      expect(await stay).toMatchObject({ reason: 'hangup' });
      expect(queue.stats).toMatchObject({ abandoned: 1, failed: 0 });
    } else {
      await expect(stay).rejects.toMatchObject({ name: 'ServerError' });
    }
    await floor.expectNothingLeft();
  });

  it('costs no more than what it is made of', async () => {
    await using floor = await Floor.begin(1);
    const { phones, enter } = queueOf(floor, ['ann']);
    const stay = enter(0);
    await phones[0].rings();
    phones[0].answer();
    await expect.poll(() => floor.requests.filter((request) => request.endsWith('/addChannel'))).toHaveLength(2);
    floor.caller().phone.hangup();
    expect(await stay).toMatchObject({ reason: 'answered', endedBy: 'caller' });
    const [dialled, ...rest] = floor.requests.filter((request) => /channels/.test(request));
    expect(dialled).toMatch(/^POST \/channels/);
    expect(rest.length).toBeLessThanOrEqual(2);
    expect(floor.requests.filter((request) => /bridges/.test(request))).toEqual([
      'POST /bridges/*',
      'POST /bridges/*/addChannel',
      'POST /bridges/*',
      'POST /bridges/*/addChannel',
      'DELETE /bridges/*',
      'DELETE /bridges/*',
    ]);
    await floor.expectNothingLeft();
  });

  it('does not ring an agent twice who is removed and added again while his telephone rings', async () => {
    await using floor = await Floor.begin(2);
    const { queue, phones, enter } = queueOf(floor, ['ann'], { strategy: 'longestIdle' });
    const stays = [enter(0), enter(1)];
    await phones[0].rings();
    expect(queue.removeAgent('PJSIP/ann')).toBe(true);
    expect([queue.removeAgent('PJSIP/ann'), queue.pauseAgent('PJSIP/ann'), queue.agents]).toEqual([false, false, []]);
    queue.addAgent('PJSIP/bob', { paused: true });
    queue.addAgent('PJSIP/ann');
    expect(() => queue.addAgent('PJSIP/ann')).toThrow(/PJSIP\/ann is an agent already/);
    expect(queue.agents.map(({ endpoint, state }) => `${endpoint} ${state}`)).toEqual([
      'PJSIP/bob paused',
      'PJSIP/ann ringing',
    ]);
    phones[0].answer();
    await expect.poll(() => queue.agents[1]?.state).toBe('talking');
    expect(floor.requests.filter((request) => request === 'POST /channels/*')).toHaveLength(1);
    phones[0].hangup();
    await stays[0];
    await phones[0].rings();
    phones[0].answer();
    await expect.poll(() => queue.agents[1]?.state).toBe('talking');
    phones[0].hangup();
    expect(await stays[1]).toMatchObject({ reason: 'answered', agent: 'PJSIP/ann' });
    await floor.expectNothingLeft();
  });

  it('says how it ended when an agent was last dialled, and who is paused', async () => {
    await using floor = await Floor.begin(1);
    const { queue, phones, enter } = queueOf(floor, ['ann'], { maxWaitMs: 300 });
    queue.addAgent('Nonsense/x');
    expect(queue.agents[0]).not.toHaveProperty('last');
    const stay = enter(0);
    await phones[0].rings();
    queue.pauseAgent('PJSIP/ann');
    expect(queue.agents[0]).toMatchObject({ state: 'ringing', paused: true });
    phones[0].decline();
    expect(await stay).toMatchObject({ reason: 'timeout' });
    expect(queue.agents).toMatchObject([
      { state: 'paused', last: { status: 'NOANSWER', cause: 21 } },
      { state: 'resting', paused: false, last: { status: 'CHANUNAVAIL', error: { status: 500 } } },
    ]);
    await floor.expectNothingLeft();
  });

  it('forgets an agent who is removed while he talks, once he has talked', async () => {
    await using floor = await Floor.begin(2);
    const { queue, phones, enter } = queueOf(floor, ['ann']);
    const stay = enter(0);
    await phones[0].rings();
    phones[0].answer();
    await expect.poll(() => queue.agents[0]?.state).toBe('talking');
    queue.removeAgent('PJSIP/ann');
    const waiting = enter(1, { maxWaitMs: 200 });
    phones[0].hangup();
    expect(await stay).toMatchObject({ reason: 'answered' });
    expect(await waiting).toMatchObject({ reason: 'timeout' });
    expect(phones[0].state).toBe('idle');
    queue.addAgent('PJSIP/ann');
    expect(queue.agents).toMatchObject([{ endpoint: 'PJSIP/ann', state: 'free', calls: 0 }]);
    await floor.expectNothingLeft();
  });

  it('leaves the caller in the application if only the agent is to be hung up', async () => {
    await using floor = await Floor.begin(1);
    const { phones, enter } = queueOf(floor, ['ann'], { hangup: 'agent' });
    const stay = enter(0);
    await phones[0].rings();
    phones[0].answer();
    await expect.poll(() => floor.requests.filter((request) => request.endsWith('/addChannel'))).toHaveLength(2);
    phones[0].hangup();
    expect(await stay).toMatchObject({ reason: 'answered', endedBy: 'agent' });
    expect(floor.caller().phone.state).toBe('talking');
    await floor.expectNothingLeft();
  });

  it('rings all who are free, of whom one wins, and the others cease to ring', async () => {
    await using floor = await Floor.begin(1);
    const { queue, phones, enter } = queueOf(floor, ['ann', 'bob', 'cid']);
    queue.pauseAgent('PJSIP/cid');
    const stay = enter(0);
    await Promise.all([phones[0].rings(), phones[1].rings()]);
    expect(queue.agents.map(({ state }) => state)).toEqual(['ringing', 'ringing', 'paused']);
    // Both at once.
    phones[0].answer();
    phones[1].answer();
    await expect.poll(() => queue.agents.filter(({ state }) => state === 'talking')).toHaveLength(1);
    const talking = queue.agents.findIndex(({ state }) => state === 'talking');
    const loser = phones[1 - talking] as Phone;
    await loser.ended();
    expect(queue.agents[1 - talking]).toMatchObject({ state: 'free', calls: 0 });
    floor.caller().phone.hangup();
    expect(await stay).toMatchObject({ reason: 'answered', agent: (phones[talking] as Phone).endpoint });
    await floor.expectNothingLeft();
  });

  it('rings an agent who is free later for the first caller, too, not for those after him', async () => {
    await using floor = await Floor.begin(2);
    const { queue, phones, enter } = queueOf(floor, ['ann', 'bob'], { ringSeconds: 10, retryMs: 0 });
    queue.pauseAgent('PJSIP/bob');
    const stays = [enter(0)];
    await phones[0].rings();
    stays.push(enter(1));
    await expect.poll(() => queue.stats.waiting).toBe(2);
    queue.pauseAgent('PJSIP/bob', false);
    floor.asterisk.advance(10_000);
    await phones[1].rings();
    phones[1].answer();
    await expect.poll(() => queue.stats.waiting).toBe(1);
    expect(queue.placeOf(floor.caller(0).channel)).toBeUndefined();
    floor.caller(0).phone.hangup();
    floor.caller(1).phone.hangup();
    expect((await Promise.all(stays)).map(({ reason }) => reason)).toEqual(['answered', 'hangup']);
    await floor.expectNothingLeft();
  });

  it('goes on to the next agent when one is busy or does not answer', async () => {
    await using floor = await Floor.begin(1);
    const { queue, phones, enter } = queueOf(floor, ['ann', 'bob', 'cid'], {
      strategy: 'longestIdle',
      ringSeconds: 10,
    });
    phones[0].manner = 'busy';
    const stay = enter(0);
    await phones[1].rings();
    expect(queue.agents[0]?.state).toBe('resting');
    floor.asterisk.advance(10_000);
    await phones[2].rings();
    expect(phones[1].state).toBe('idle');
    phones[2].answer();
    await expect.poll(() => queue.agents[2]?.state).toBe('talking');
    phones[2].hangup();
    expect(await stay).toMatchObject({ reason: 'answered', agent: 'PJSIP/cid' });
    await floor.expectNothingLeft();
  });

  it('tries an agent again after a while', async () => {
    await using floor = await Floor.begin(1);
    const { phones, enter } = queueOf(floor, ['ann'], { retryMs: 50 });
    phones[0].manner = 'busy';
    const stay = enter(0);
    await expect.poll(() => floor.asterisk.journal.eventsOf('ChannelDestroyed').length).toBeGreaterThanOrEqual(2);
    phones[0].manner = 'answer';
    await phones[0].answered();
    await expect.poll(() => floor.requests.filter((request) => request.endsWith('/addChannel'))).toHaveLength(2);
    floor.caller().phone.hangup();
    expect((await stay).reason).toBe('answered');
    await floor.expectNothingLeft();
  });

  it.each([
    ['roundRobin', ['ann', 'bob', 'ann']],
    ['longestIdle', ['ann', 'bob', 'ann']],
  ] as const)('has the turns go by %s', async (strategy, turns) => {
    await using floor = await Floor.begin(3);
    const { phones, enter } = queueOf(floor, ['ann', 'bob'], { strategy });
    for (const [caller, name] of turns.entries()) {
      const stay = enter(caller);
      const answered = await answerAny(phones.slice(0, 2));
      expect(answered.endpoint).toBe(`PJSIP/${name}`);
      await expect
        .poll(() => floor.requests.filter((request) => request.endsWith('/addChannel')))
        .toHaveLength(2 * caller + 2);
      answered.hangup();
      await stay;
    }
    await floor.expectNothingLeft();
  });

  it('rings different agents for different callers at the same time, and gives an agent no call during the wrap-up', async () => {
    await using floor = await Floor.begin(3);
    const { queue, phones, enter } = queueOf(floor, ['ann', 'bob'], { strategy: 'roundRobin', wrapUpMs: 60 });
    const stays = [enter(0), enter(1), enter(2)];
    await Promise.all([phones[0].rings(), phones[1].rings()]);
    expect(queue.placeOf(floor.caller(2).channel)).toMatchObject({ position: 3, estimatedMs: undefined });
    phones[0].answer();
    await expect.poll(() => queue.agents[0]?.state).toBe('talking');
    await expect.poll(() => queue.placeOf(floor.caller(2).channel)?.position).toBe(2);
    await expect.poll(() => floor.requests.filter((request) => request.endsWith('/addChannel'))).toHaveLength(4);
    phones[0].hangup();
    await Promise.race(stays);
    expect(queue.agents[0]?.state).toBe('resting');
    await phones[0].rings();
    for (const phone of phones.slice(0, 2)) {
      phone.answer();
    }
    await expect.poll(() => queue.stats.waiting).toBe(0);
    await expect.poll(() => floor.requests.filter((request) => request.endsWith('/addChannel'))).toHaveLength(6);
    for (const phone of phones.slice(0, 2)) {
      phone.hangup();
    }
    expect((await Promise.all(stays)).map(({ reason }) => reason)).toEqual(Array(3).fill('answered'));
    await floor.expectNothingLeft();
  });

  it('serves callers by priority, then by when they came', async () => {
    await using floor = await Floor.begin(3);
    const { queue, enter } = queueOf(floor, []);
    const stays = [enter(0), enter(1), enter(2, { priority: 5 })];
    const places = (): unknown => floor.callers.map(({ channel }) => queue.placeOf(channel)?.position);
    expect(places()).toEqual([2, 3, 1]);
    const ann = floor.asterisk.phone('ann');
    queue.addAgent('PJSIP/ann');
    await ann.rings();
    ann.answer();
    await expect.poll(places).toEqual([1, 2, undefined]);
    for (const { phone } of floor.callers) {
      phone.hangup();
    }
    await Promise.all(stays);
    expect(queue.stats).toMatchObject({ abandoned: 2 });
    await floor.expectNothingLeft();
  });

  it('counts callers who hang up; an agent who rings then ceases to', async () => {
    await using floor = await Floor.begin(1);
    const { queue, phones, enter } = queueOf(floor, ['ann']);
    const stay = enter(0);
    await phones[0].rings();
    floor.caller().phone.hangup();
    expect(await stay).toMatchObject({ reason: 'hangup' });
    await expect.poll(() => phones[0].state).toBe('idle');
    expect(queue.stats).toMatchObject({ waiting: 0, answered: 0, abandoned: 1 });
    expect(queue.agents[0]?.state).toBe('free');
    await floor.expectNothingLeft();
  });

  it('gives up after the longest wait, and takes no more than it may', async () => {
    await using floor = await Floor.begin(2);
    const { queue, phones, enter } = queueOf(floor, ['ann'], { maxCallers: 1, maxWaitMs: 100 });
    const stay = enter(0);
    await phones[0].rings();
    expect(await enter(1)).toEqual({ reason: 'full', waitedMs: 0 });
    await expect(enter(0)).rejects.toThrow(/is in the queue/);
    expect(await stay).toMatchObject({ reason: 'timeout' });
    expect(floor.caller().phone.state).toBe('talking');
    expect(queue.stats).toMatchObject({ timedOut: 1, refused: 1 });
    await expect.poll(() => phones[0].state).toBe('idle');
    await floor.expectNothingLeft();
  });

  it('announces the position and the estimated wait, again and again', async () => {
    await using floor = await Floor.begin(2);
    const { queue, enter } = queueOf(floor, [], { announce: undefined, announceEveryMs: 30 });
    const stays = [enter(0), enter(1)];
    await floor.caller(0).phone.hears('sound:queue-youarenext');
    await floor.caller(1).phone.hears('sound:queue-thereare');
    await floor.caller(1).phone.hears('number:2');
    await expect
      .poll(() => floor.caller(0).phone.heard.filter((media) => media === 'sound:queue-youarenext').length)
      .toBeGreaterThan(1);
    expect(positionMedia({ position: 3, waitedMs: 0, estimatedMs: 61_000 })).toEqual([
      'sound:queue-thereare',
      'number:3',
      'sound:queue-callswaiting',
      'sound:queue-holdtime',
      'number:2',
      'sound:queue-minutes',
    ]);
    floor.asterisk.clock.autoAdvance = false;
    const ann = floor.asterisk.phone('ann');
    queue.addAgent('PJSIP/ann');
    await ann.rings();
    ann.answer();
    await expect.poll(() => queue.agents[0]?.state).toBe('talking');
    await expect.poll(() => floor.caller(0).phone.playing).toEqual([]);
    for (const { phone } of floor.callers) {
      phone.hangup();
    }
    await Promise.all(stays);
    await floor.expectNothingLeft();
  });

  it.each(['an agent answers', 'it is aborted', 'the wait is over'])(
    'plays nothing after a number that is read while %s',
    async (what) => {
      await using floor = await Floor.begin(1);
      floor.asterisk.clock.autoAdvance = false;
      const announce = () => ['sound:short', 'number:12', 'sound:long', 'sound:again'];
      const { queue, phones, enter } = queueOf(floor, ['ann'], { announce });
      const controller = new AbortController();
      const { phone } = floor.caller();
      const stay = enter(0, {
        signal: controller.signal,
        ...(what === 'the wait is over' && { maxWaitMs: 500 }),
      });
      await phone.hears('sound:short');
      await phones[0].rings();
      floor.asterisk.advance(500);
      await phone.hears('number:12');
      if (what === 'an agent answers') {
        phones[0].answer();
      } else if (what === 'it is aborted') {
        controller.abort();
      }
      await expect.poll(() => floor.requests).toContain('DELETE /playbacks/*');
      floor.asterisk.advance(5_000);
      await expect.poll(() => phone.playing.filter((media) => !media.startsWith('moh'))).toEqual([]);
      if (what === 'an agent answers') {
        await expect.poll(() => queue.agents[0]?.state).toBe('talking');
        controller.abort();
      }
      expect((await stay).reason).toBe(what === 'the wait is over' ? 'timeout' : 'aborted');
      expect(phone.heard).not.toContain('sound:again');
      await floor.expectNothingLeft();
    },
  );

  it('counts the wait to its end of who hangs up while the agent waits for a number to be read', async () => {
    await using floor = await Floor.begin(1);
    floor.asterisk.clock.autoAdvance = false;
    const { phones, enter } = queueOf(floor, ['ann'], { announce: () => 'number:12' });
    const stay = enter(0);
    await floor.caller().phone.hears('number:12');
    await phones[0].rings();
    phones[0].answer();
    await expect.poll(() => floor.requests).toContain('DELETE /playbacks/*');
    const begin = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const waited = performance.now() - begin;
    floor.caller().phone.hangup();
    const { reason, waitedMs } = await stay;
    expect(reason).toBe('hangup');
    expect(waitedMs).toBeGreaterThanOrEqual(Math.floor(waited));
  });

  it('stops an announcement though the answer was lost that it has begun', async () => {
    await using floor = await Floor.begin(1);
    floor.asterisk.clock.autoAdvance = false;
    const { queue, phones, enter } = queueOf(floor, ['ann'], { announce: () => 'sound:long' });
    floor.asterisk.faults.next({ method: 'POST', path: '/channels/*/play' }).dropAnswer();
    const stay = enter(0);
    await floor.caller().phone.hears('sound:long');
    await phones[0].rings();
    phones[0].answer();
    await expect.poll(() => queue.agents[0]?.state).toBe('talking');
    phones[0].hangup();
    expect((await stay).reason).toBe('answered');
    await floor.expectNothingLeft();
  });

  it.each(['dropAnswer', 'drop'] as const)('goes on without an announcement that cannot be made (%s)', async (how) => {
    await using floor = await Floor.begin(1);
    const { phones, enter } = queueOf(floor, [], { announce: () => 'sound:short', announceEveryMs: 20 });
    floor.asterisk.faults.next({ method: 'POST', path: '/channels/*/play' })[how]();
    const controller = new AbortController();
    const stay = enter(0, { signal: controller.signal });
    const plays = (): number => floor.requests.filter((request) => request === 'POST /channels/*/play').length;
    await expect.poll(plays).toBeGreaterThan(2);
    controller.abort();
    expect((await stay).reason).toBe('aborted');
    expect(phones).toEqual([]);
    await floor.expectNothingLeft();
  });

  it('has a caller wait on where an agent cannot be asked for, and says why', async () => {
    await using floor = await Floor.begin(1);
    const { queue, phones, enter } = queueOf(floor, ['ann'], { retryMs: 20 });
    floor.asterisk.faults.next({ method: 'POST', path: '/channels/*' }).fail(503);
    const stay = enter(0);
    await expect.poll(() => queue.agents[0]?.last).toMatchObject({ error: { status: 503 } });
    await phones[0].rings();
    phones[0].answer();
    await expect.poll(() => queue.agents[0]?.state).toBe('talking');
    phones[0].hangup();
    expect((await stay).reason).toBe('answered');
    await floor.expectNothingLeft();
  });

  it('names the medium of an announcement that cannot be played', async () => {
    await using floor = await Floor.begin(1);
    const { enter } = queueOf(floor, [], { announce: () => ['sound:short', 'sound:nowhere'], maxWaitMs: 2_000 });
    expect(await enter(0)).toMatchObject({ reason: 'timeout', failedMedia: 'sound:nowhere' });
  });

  it('refuses a caller as long as its application is not started', async () => {
    await using floor = await Floor.begin(1);
    const queue = new Queue(floor.client, { app: 'elsewhere' });
    await expect(queue.enter(floor.caller().channel)).rejects.toThrow(
      "Queue: option 'app' is of no use here: the client is not started for 'elsewhere', but for flow",
    );
    expect(floor.requests).toEqual([]);
  });

  it('fails for a caller whose announcement throws, and leaves nothing', async () => {
    await using floor = await Floor.begin(1);
    const fault = (): never => {
      throw new Error('no idea');
    };
    const { queue, phones, enter } = queueOf(floor, ['ann'], { announce: fault });
    await expect(enter(0)).rejects.toThrow('no idea');
    await expect.poll(() => phones[0].state).toBe('idle');
    expect(queue.agents[0]?.state).toBe('free');
    expect(queue.stats).toMatchObject({ waiting: 0, failed: 1 });
    await floor.expectNothingLeft();
  });

  it('asks the agent whether he takes the call', async () => {
    await using floor = await Floor.begin(1);
    const asked: string[] = [];
    const confirm: QueueOptions<ChannelHandle>['confirm'] = ({ endpoint }) => {
      asked.push(endpoint);
      return asked.length > 1;
    };
    const { phones, enter } = queueOf(floor, ['ann'], { retryMs: 1, confirm });
    phones[0].manner = 'answer';
    const stay = enter(0);
    await expect.poll(() => floor.requests.filter((request) => request.endsWith('/addChannel'))).toHaveLength(2);
    phones[0].hangup();
    expect(await stay).toMatchObject({ reason: 'answered', endedBy: 'agent' });
    expect(asked).toEqual(['PJSIP/ann', 'PJSIP/ann']);
    await floor.expectNothingLeft();
  });

  it('has the caller wait on when the agent hangs up before they are connected', async () => {
    await using floor = await Floor.begin(1);
    const { queue, phones, enter } = queueOf(floor, ['ann', 'bob'], { strategy: 'longestIdle' });
    const stay = enter(0);
    await phones[0].rings();
    floor.asterisk.faults.next({ method: 'POST', path: '/channels/*/answer' }).delay(100);
    phones[0].answer();
    await expect.poll(() => queue.stats.waiting).toBe(0);
    phones[0].hangup();
    await phones[1].rings();
    expect(queue.agents[0]).toMatchObject({ state: 'resting', calls: 0 });
    phones[1].answer();
    await expect.poll(() => queue.agents[1]?.state).toBe('talking');
    phones[1].hangup();
    expect(await stay).toMatchObject({ reason: 'answered', agent: 'PJSIP/bob' });
    await floor.expectNothingLeft();
  });

  it('leaves a caller where others wait too when the agent hangs up before the caller is answered', async () => {
    await using floor = await Floor.begin(2);
    const { queue, phones, enter } = queueOf(floor, ['ann'], { retryMs: 1 });
    const stays = [enter(0), enter(1)];
    await expect.poll(async () => (await floor.client.bridges.list())[0]?.channels).toHaveLength(2);
    await phones[0].rings();
    const { id } = floor.caller(0).channel;
    floor.asterisk.faults.next({ method: 'POST', path: `/channels/${id}/answer` }).delay(100);
    phones[0].answer();
    await expect.poll(() => queue.stats.waiting).toBe(1);
    phones[0].hangup();
    await phones[0].rings();
    expect(floor.asterisk.journal.eventsOf('ChannelLeftBridge')).toEqual([]);
    expect(floor.requests.filter((request) => request.endsWith('/addChannel'))).toHaveLength(2);
    phones[0].answer();
    await expect.poll(() => queue.agents[0]?.state).toBe('talking');
    phones[0].hangup();
    expect(await stays[0]).toMatchObject({ reason: 'answered', endedBy: 'agent' });
    floor.caller(1).phone.hangup();
    expect(await stays[1]).toMatchObject({ reason: 'hangup' });
    await floor.expectNothingLeft();
  });

  it('connects them though the bridge where the caller has waited cannot be destroyed, and says so in the end', async () => {
    await using floor = await Floor.begin(1);
    const { queue, phones, enter } = queueOf(floor, ['ann']);
    const stay = enter(0);
    stay.catch(() => undefined);
    await phones[0].rings();
    const [waiting] = await floor.client.bridges.list();
    const path = `/bridges/${waiting?.id}`;
    floor.asterisk.faults.next({ method: 'DELETE', path }).times(4).fail(500);
    phones[0].answer();
    await expect.poll(() => queue.agents[0]?.state).toBe('talking');
    const members = async (): Promise<string[]> =>
      (await floor.client.bridges.list()).map(({ channels }) => String(channels.length)).toSorted();
    await expect.poll(members).toEqual(['0', '2']);
    await expect
      .poll(() => floor.asterisk.journal.requestsTo({ method: 'DELETE', path }).length, { timeout: 5_000 })
      .toBe(4);
    expect(await members()).toEqual(['0', '2']);
    phones[0].hangup();
    await expect(stay).rejects.toMatchObject({ name: 'ServerError', path });
    await waiting?.destroy();
    await floor.expectNothingLeft();
  });

  it.each(['hangup', 'aborted'] as const)('says that an agent could not be hung up: %s', async (how) => {
    await using floor = await Floor.begin(1);
    const { queue, phones, enter } = queueOf(floor, ['ann']);
    const controller = new AbortController();
    const stay = enter(0, { signal: controller.signal });
    stay.catch(() => undefined);
    await phones[0].rings();
    floor.asterisk.faults.next({ method: 'DELETE', path: '/channels/*' }).times(4).fail(500);
    if (how === 'hangup') {
      floor.caller().phone.hangup();
    } else {
      controller.abort();
    }
    await expect(stay).rejects.toMatchObject({ name: 'ServerError' });
    expect(queue.agents).toMatchObject([{ state: 'resting' }]);
    phones[0].hangup();
    await floor.expectNothingLeft();
  });

  it('says after the conversation that another agent could not be hung up', async () => {
    await using floor = await Floor.begin(1);
    const { phones, enter } = queueOf(floor, ['ann', 'bob']);
    const stay = enter(0);
    stay.catch(() => undefined);
    await Promise.all(phones.map((phone) => phone.rings()));
    floor.asterisk.faults.next({ method: 'DELETE', path: '/channels/*' }).times(4).fail(500);
    phones[0].answer();
    await expect
      .poll(() => floor.asterisk.journal.requestsTo({ method: 'POST', path: '/bridges/*/addChannel' }).length, {
        timeout: 5_000,
      })
      .toBe(2);
    phones[0].hangup();
    await expect(stay).rejects.toMatchObject({ name: 'ServerError' });
    phones[1].hangup();
    await floor.expectNothingLeft();
  });

  it('says that somebody else has taken the caller out, also while nothing is heard', async () => {
    await using floor = await Floor.begin(2);
    const { enter } = queueOf(floor, []);
    const stays = [enter(0), enter(1)];
    await expect.poll(async () => (await floor.client.bridges.list())[0]?.channels).toHaveLength(2);
    const [bridge] = await floor.client.bridges.list();
    await bridge?.removeChannel({ channel: floor.caller(0).channel.id });
    expect(await stays[0]).toMatchObject({ reason: 'removed' });
    floor.asterisk.faults.dropSocket();
    await bridge?.destroy();
    expect(await stays[1]).toMatchObject({ reason: 'removed' });
    await floor.expectNothingLeft();
  });

  it('hangs the agent up when the conversation is aborted, and leaves the caller', async () => {
    await using floor = await Floor.begin(1);
    const { queue, phones, enter } = queueOf(floor, ['ann']);
    const controller = new AbortController();
    const stay = enter(0, { signal: controller.signal });
    await phones[0].rings();
    phones[0].answer();
    await expect.poll(() => floor.requests.filter((request) => request.endsWith('/addChannel'))).toHaveLength(2);
    controller.abort();
    expect(await stay).toMatchObject({ reason: 'aborted', agent: 'PJSIP/ann' });
    await expect.poll(() => phones[0].state).toBe('idle');
    expect(floor.caller().phone.state).toBe('talking');
    expect(queue.agents[0]).toMatchObject({ state: 'free', calls: 1 });
    await floor.expectNothingLeft();
  });

  it.each(['/bridges/*', '/bridges/*/addChannel', '/channels/*/play', '/channels/*'])(
    'leaves nothing when the answer of %s is lost',
    async (path) => {
      await using floor = await Floor.begin(1);
      const { phones, enter } = queueOf(floor, ['ann'], { announce: () => 'sound:short' });
      const controller = new AbortController();
      floor.asterisk.faults.next({ method: 'POST', path }).dropAnswer();
      const stay = enter(0, { signal: controller.signal });
      setTimeout(() => controller.abort(), 200);
      await stay.catch((error: unknown) => expect(error).toMatchObject({ name: 'AriConnectionError' }));
      await expect.poll(() => phones[0].state).toBe('idle');
      await floor.expectNothingLeft();
    },
  );

  /** The agent answers at once, and they talk. */
  const served = (floor: Floor, signal: AbortSignal): Promise<unknown> => {
    const { phones, enter } = queueOf(floor, ['ann'], { announce: () => 'sound:short', musicClass: 'jazz' });
    phones[0].manner = 'answer';
    return enter(0, { signal });
  };
  const waits = (floor: Floor, signal: AbortSignal): Promise<unknown> => {
    const { phones, enter } = queueOf(floor, ['ann', 'bob'], { announce: () => 'sound:short', retryMs: 10_000 });
    phones[0].manner = 'busy';
    return enter(0, { signal });
  };

  it.each([
    ['aborted', served, (_floor: Floor, controller: AbortController) => controller.abort()],
    ['left by the caller', served, (floor: Floor) => floor.caller().phone.hangup()],
    ['aborted while an agent rings', waits, (_floor: Floor, controller: AbortController) => controller.abort()],
    ['left by the caller while an agent rings', waits, (floor: Floor) => floor.caller().phone.hangup()],
  ])('leaves nothing when it is %s after any request', async (_how, run, end) => {
    const begin = async (): Promise<Floor> => Floor.begin(1);
    expect(await endAfterEachRequest(begin, run, end)).toBeGreaterThanOrEqual(5);
  });

  it.each([
    [{}, /^Queue: option 'app' is missing; must be a text/],
    [{ app: 'a', strategy: 'random' }, /option 'strategy' must be ringAll or roundRobin or longestIdle, not "random"/],
    [{ app: 'a', ringSeconds: 0 }, /option 'ringSeconds' must be a whole number, at least 1, not 0/],
    [{ app: 'a', wrapUpMs: -1 }, /option 'wrapUpMs' must be a whole number, at least 0, not -1/],
    [{ app: 'a', announce: 'sound:a' }, /option 'announce' must be a function, not "sound:a"/],
    [{ app: 'a', hangup: 'none' }, /option 'hangup' must be both or agent, not "none"/],
    [{ app: 'a', agents: [] }, /option 'agents' does not exist; allowed are app, appArgs, strategy/],
  ])('refuses %o', async (options, message) => {
    await using floor = await Floor.begin(0);
    const wrong = (): unknown => new Queue(floor.client, options as unknown as QueueOptions<ChannelHandle>);
    expect(wrong).toThrow(AriValidationError);
    expect(wrong).toThrow(message);
  });

  it('refuses wrong options of its methods before anything is sent', async () => {
    await using floor = await Floor.begin(1);
    const { queue, enter } = queueOf(floor, ['ann']);
    expect(() => queue.addAgent('ann')).toThrow(
      /option 'endpoint' must be an endpoint such as 'PJSIP\/alice', not "ann"/,
    );
    expect(() => queue.addAgent('PJSIP/ann')).toThrow(/PJSIP\/ann is an agent already/);
    expect(() => queue.addAgent('PJSIP/bob', { pause: true } as object)).toThrow(/option 'pause' does not exist/);
    expect([queue.pauseAgent('PJSIP/x'), queue.removeAgent('PJSIP/x'), queue.removeAgent('PJSIP/ann')]).toEqual([
      false,
      false,
      true,
    ]);
    await expect(enter(0, { priority: Number.NaN })).rejects.toThrow(/option 'priority' must be a number, not NaN/);
    await expect(queue.enter({} as Channel)).rejects.toThrow(/channel must be a channel of the client/);
    expect(floor.requests).toEqual([]);
  });
});
