import { AriError, type Channel } from 'asterisk-ari';
import {
  attendedTransfer,
  Conference,
  connect,
  detectTalking,
  dial,
  gather,
  hold,
  play,
  Queue,
  recordMessage,
  supervise,
  unhold,
} from 'asterisk-ari/flows';
import { describe, expect, it } from 'vitest';
import { Floor } from './support/floor.js';

/** What a flow ends, and what it takes to have it do so. */
interface Ended {
  readonly method: string;
  readonly path: string;
  /** Callers of the floor. @default 1 */
  readonly callers?: number;
  /** Begins the flow, and resolves when it is to be aborted; or runs it to the request in question. */
  readonly run: (floor: Floor, signal: AbortSignal) => Begun | Promise<Begun>;
}

interface Begun {
  readonly over: Promise<unknown>;
  /** Resolves when the flow is where it is to be aborted; without it, it ends by itself. */
  readonly until?: Promise<unknown>;
}

const app = 'flow';

/** A phone that rings, or answers. */
function phone(floor: Floor, name: string, manner: 'ring' | 'answer') {
  const made = floor.asterisk.phone(name);
  made.manner = manner;
  return made;
}

function dialing(floor: Floor, signal: AbortSignal, ringback: Parameters<typeof dial>[1]['ringback']): Begun {
  const ann = phone(floor, 'ann', 'ring');
  const options = { targets: ann.endpoint, app, caller: floor.caller().channel, ringback, signal };
  return { over: dial(floor.client, options), until: ann.rings() };
}

function channels(floor: Floor): [Channel, Channel] {
  return [floor.caller(0).channel, floor.caller(1).channel];
}

function recording(floor: Floor, signal: AbortSignal, discardOnAbort: boolean): Begun {
  const until = floor.client.waitFor('RecordingStarted');
  const options = { name: 'a', beep: false, discardOnAbort, signal };
  return { over: recordMessage(floor.caller().channel, options), until };
}

const kinds: Record<string, Ended> = {
  'a channel that dial has made': {
    method: 'DELETE',
    path: '/channels/*',
    run: (floor, signal) => dialing(floor, signal, 'none'),
  },
  'the ringing of dial': {
    method: 'DELETE',
    path: '/channels/*/ring',
    run: (floor, signal) => dialing(floor, signal, 'ring'),
  },
  'the music of dial': {
    method: 'DELETE',
    path: '/channels/*/moh',
    run: (floor, signal) => dialing(floor, signal, { moh: 'default' }),
  },
  'the media of dial': {
    method: 'DELETE',
    path: '/playbacks/*',
    run: (floor, signal) => {
      const begun = dialing(floor, signal, { media: 'sound:long' });
      return { ...begun, until: Promise.all([begun.until, floor.caller().phone.hears('sound:long')]) };
    },
  },
  'a channel that connect releases': {
    method: 'DELETE',
    path: '/channels/*',
    callers: 2,
    run: async (floor) => {
      const entered = floor.client.waitFor('ChannelEnteredBridge');
      const over = connect(floor.client, { channels: channels(floor) });
      await entered;
      floor.caller(0).phone.hangup();
      await over;
      await floor.caller(1).phone.ended();
      return { over };
    },
  },
  'the bridge of connect': {
    method: 'DELETE',
    path: '/bridges/*',
    callers: 2,
    run: (floor, signal) => {
      const until = floor.client.waitFor('ChannelEnteredBridge');
      return { over: connect(floor.client, { channels: channels(floor), signal }), until };
    },
  },
  'the agent of a queue': {
    method: 'DELETE',
    path: '/channels/*',
    run: (floor, signal) => {
      const queue = new Queue(floor.client, { app });
      queue.addAgent(phone(floor, 'ann', 'answer').endpoint);
      const over = queue.enter(floor.caller().channel, { signal });
      return { over, until: expect.poll(() => queue.agents[0]?.state).toBe('talking') };
    },
  },
  'that a caller is in a queue': {
    method: 'POST',
    path: '/bridges/*/removeChannel',
    run: (floor, signal) => {
      const until = floor.client.waitFor('ChannelEnteredBridge');
      return { over: new Queue(floor.client, { app }).enter(floor.caller().channel, { signal }), until };
    },
  },
  'that a channel is in a conference': {
    method: 'POST',
    path: '/bridges/*/removeChannel',
    run: (floor, signal) => {
      const until = floor.client.waitFor('ChannelEnteredBridge');
      return { over: new Conference<Channel>(floor.client).join(floor.caller().channel, { signal }), until };
    },
  },
  'that somebody in a conference is muted': {
    method: 'DELETE',
    path: '/channels/*/mute',
    run: (floor, signal) => {
      const until = floor.client.waitFor('ChannelEnteredBridge');
      const conference = new Conference<Channel>(floor.client);
      return { over: conference.join(floor.caller().channel, { muted: true, signal }), until };
    },
  },
  'the music of who waits for a conference': {
    method: 'DELETE',
    path: '/channels/*/moh',
    run: (floor, signal) => {
      const conference = new Conference<Channel>(floor.client, { waitForModerator: true });
      const over = conference.join(floor.caller().channel, { signal });
      return { over, until: floor.caller().phone.hears('moh:default') };
    },
  },
  'that a supervisor takes part': {
    method: 'POST',
    path: '/bridges/*/removeChannel',
    callers: 3,
    run: async (floor, signal) => {
      await floor.keepBridge(0, 1);
      const until = floor.client.waitFor('ChannelEnteredBridge');
      const supervisor = floor.caller(2).channel;
      return {
        over: supervise(floor.client, { channel: channels(floor)[0], supervisor, mode: 'barge', signal }),
        until,
      };
    },
  },
  'the channel with which a supervisor listens': {
    method: 'DELETE',
    path: '/channels/*',
    callers: 2,
    run: (floor, signal) => {
      const [channel, supervisor] = channels(floor);
      const until = floor.client.waitFor('ChannelEnteredBridge');
      return { over: supervise(floor.client, { channel, supervisor, app, mode: 'listen', signal }), until };
    },
  },
  'what plays': {
    method: 'DELETE',
    path: '/playbacks/*',
    run: (floor, signal) => {
      const { channel, phone: caller } = floor.caller();
      return { over: play(channel, { media: 'sound:long', signal }), until: caller.hears('sound:long') };
    },
  },
  'the prompt of gather': {
    method: 'DELETE',
    path: '/playbacks/*',
    run: (floor, signal) => {
      const { channel, phone: caller } = floor.caller();
      return { over: gather(channel, { prompt: 'sound:long', signal }), until: caller.hears('sound:long') };
    },
  },
  'a recording that is kept': {
    method: 'POST',
    path: '/recordings/live/*/stop',
    run: (floor, signal) => recording(floor, signal, false),
  },
  'a recording that is discarded': {
    method: 'DELETE',
    path: '/recordings/live/*',
    run: (floor, signal) => recording(floor, signal, true),
  },
  'the music of hold': {
    method: 'DELETE',
    path: '/channels/*/moh',
    run: async (floor) => {
      const { channel } = floor.caller();
      await hold(channel);
      return { over: unhold(channel) };
    },
  },
  'the silence of hold': {
    method: 'DELETE',
    path: '/channels/*/mute',
    run: async (floor) => {
      const { channel } = floor.caller();
      await hold(channel);
      return { over: unhold(channel) };
    },
  },
  'the target of an attended transfer': {
    method: 'DELETE',
    path: '/channels/*',
    callers: 2,
    run: (floor) => {
      const [transferee, transferrer] = channels(floor);
      const { endpoint } = phone(floor, 'ann', 'answer');
      const decide = (): boolean => false;
      return { over: attendedTransfer(floor.client, { transferee, transferrer, targets: endpoint, app, decide }) };
    },
  },
};

/** Of the floor's clock no prompt ends. */
async function open(callers = 1): Promise<Floor> {
  const floor = await Floor.begin(callers);
  floor.asterisk.clock.autoAdvance = false;
  return floor;
}

function attempts(floor: Floor, { method, path }: Ended): number[] {
  return floor.asterisk.journal.requestsTo({ method, path }).map(({ status }) => status);
}

describe.each(Object.entries(kinds))('%s', (_what, kind) => {
  it('is ended again where Asterisk fails to, and nothing is left', async () => {
    await using floor = await open(kind.callers);
    const { method, path, run } = kind;
    floor.asterisk.faults.next({ method, path }).fail(500);
    const controller = new AbortController();
    const { over, until } = await run(floor, controller.signal);
    await until;
    controller.abort();
    await over;
    expect(attempts(floor, kind).slice(0, 2)).toEqual([500, 204]);
    await floor.expectNothingLeft();
  });
});

describe('what ends something', () => {
  const kind = kinds['what plays']!;
  const { method, path } = kind;

  it('fails in the end with the error of the last request', async () => {
    await using floor = await open();
    floor.asterisk.faults.next({ method, path }).times(4).fail(500);
    const controller = new AbortController();
    const { over, until } = await kind.run(floor, controller.signal);
    await until;
    controller.abort();
    await expect(over).rejects.toMatchObject({ name: 'ServerError' });
    expect(attempts(floor, kind)).toEqual([500, 500, 500, 500]);
    expect(floor.client.listeners).toBe(0);
  });

  it('is not sent again once the client is closed', async () => {
    const floor = await open();
    floor.asterisk.faults.next({ method, path }).times(4).fail(500);
    const controller = new AbortController();
    const { over, until } = await kind.run(floor, controller.signal);
    await until;
    controller.abort();
    // The third one would come half a second later, the fourth one two seconds after that.
    await expect.poll(() => attempts(floor, kind).length, { timeout: 5_000, interval: 10 }).toBe(3);
    const since = performance.now();
    const failing = expect(over).rejects.toBeInstanceOf(AriError);
    await floor.client.close();
    await failing;
    expect(performance.now() - since).toBeLessThan(1_500);
    expect(attempts(floor, kind)).toEqual([500, 500, 500]);
    await floor.asterisk.close();
  });

  it('is not sent again where the closing of the client has given it up', async () => {
    const floor = await open();
    floor.asterisk.faults.next({ method, path }).hang();
    const controller = new AbortController();
    const { over, until } = await kind.run(floor, controller.signal);
    await until;
    controller.abort();
    await expect.poll(() => floor.requests.at(-1)).toBe('DELETE /playbacks/*');
    const failing = expect(over).rejects.toMatchObject({ name: 'AriAbortError' });
    await floor.client.close();
    await failing;
    expect(attempts(floor, kind)).toHaveLength(1);
    await floor.asterisk.close();
  });

  it('is not waited for longer than it takes to end by itself', async () => {
    await using floor = await open();
    floor.asterisk.faults.next({ method, path }).times(3).fail(500);
    const controller = new AbortController();
    const { over, until } = await kind.run(floor, controller.signal);
    await until;
    controller.abort();
    await expect.poll(() => attempts(floor, kind).length, { timeout: 5_000, interval: 10 }).toBe(3);
    floor.asterisk.advance(60_000);
    const since = performance.now();
    await over;
    expect(performance.now() - since).toBeLessThan(1_500);
    expect(attempts(floor, kind)).toEqual([500, 500, 500, 404]);
  });

  it('takes talk detection off again as well', async () => {
    await using floor = await open();
    const { channel } = floor.caller();
    const talks = detectTalking(channel);
    const next = talks.next();
    await expect.poll(() => floor.requests).toHaveLength(1);
    floor.asterisk.faults.next({ path: '/channels/*/variable' }).fail(500);
    floor.caller().phone.talk();
    await next;
    await talks.return('aborted');
    await floor.expectNothingLeft();
  });
});
