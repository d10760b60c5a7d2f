import {
  AriAbortError,
  AriClient,
  AriTimeoutError,
  AriValidationError,
  ObjectGoneError,
  type AriEvent,
} from 'asterisk-ari';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { channelData, dtmf, event, start } from '../support/events.js';

let client: AriClient;

beforeEach(() => {
  client = new AriClient({ url: 'http://127.0.0.1:9/', username: 'a', password: 'b' });
});

afterEach(() => client.close());

it('a client as text says what it is and where its Asterisk is', () => {
  expect(String(client)).toBe('AriClient http://127.0.0.1:9');
});

describe('dispatch()', () => {
  it('takes an event that another client has handed out', async () => {
    const other = new AriClient({ url: 'http://127.0.0.1:9/', username: 'a', password: 'b' });
    other.on('*', (event) => client.dispatch(event));
    const started = client.waitFor('StasisStart');
    other.dispatch(start('1'));
    const { channel } = await started;
    expect(channel.id).toBe('1');
    expect(channel.toJSON()).toEqual(channelData('1'));
    await other.close();
  });
});

describe('several types at once', () => {
  const types = ['StasisStart', 'ChannelDtmfReceived'] as const;

  it('are one subscription, at all three levels', () => {
    const heard: string[] = [];
    const subscriptions = [
      client.on(types, ({ type }) => heard.push(`client ${type}`)),
      client.channels.on(types, ({ id }, { type }) => heard.push(`${id} ${type}`)),
      client.channels.handle('1').on(types, (_, { type }) => heard.push(`object ${type}`)),
    ];
    client.dispatch(start('1'));
    client.dispatch(dtmf('1', '5'));
    subscriptions.forEach((each) => each.close());
    client.dispatch(start('1'));
    expect(heard).toEqual([
      'client StasisStart',
      '1 StasisStart',
      'object StasisStart',
      'client ChannelDtmfReceived',
      '1 ChannelDtmfReceived',
      'object ChannelDtmfReceived',
    ]);
    expect(subscriptions.map(({ closed }) => closed)).toEqual([true, true, true]);
  });

  it('are heard once together', () => {
    const heard: string[] = [];
    const subscription = client.once(types, ({ type }) => heard.push(type));
    client.dispatch(dtmf('1', '5'));
    client.dispatch(start('1'));
    expect(heard).toEqual(['ChannelDtmfReceived']);
    expect(subscription.closed).toBe(true);
  });

  it('are taken away by off, all or some of them, once or not', () => {
    const heard: string[] = [];
    const listener = ({ type }: { type: string }): number => heard.push(type);
    client.on(types, listener);
    client.once(types, listener);
    client.off('StasisStart', listener);
    client.dispatch(start('1'));
    expect(heard).toEqual([]);
    client.off(types, listener);
    client.dispatch(dtmf('1', '5'));
    expect(heard).toEqual([]);
  });

  it('are taken away by off without a listener, all that were added here; waits and streams go on', async () => {
    const heard: string[] = [];
    client.on(types, ({ type }) => heard.push(type));
    client.once('StasisStart', ({ type }) => heard.push(type));
    const elsewhere = client.channels.on('StasisStart', (_, { type }) => heard.push(`repository ${type}`));
    const wait = client.waitFor('StasisStart');
    client.off(types);
    client.dispatch(start('1'));
    expect(heard).toEqual(['repository StasisStart']);
    expect((await wait).type).toBe('StasisStart');
    elsewhere.close();
  });

  it('are waited for, and streamed, together', async () => {
    const channel = client.channels.handle('1');
    const wait = channel.waitFor(types);
    const stream = client.stream(types);
    client.dispatch(dtmf('1', '5'));
    client.dispatch(start('1'));
    expect((await wait).type).toBe('ChannelDtmfReceived');
    expect([(await stream.next()).value?.type, (await stream.next()).value?.type]).toEqual([
      'ChannelDtmfReceived',
      'StasisStart',
    ]);
    await stream.return();
  });

  it('end with the object', async () => {
    const channel = client.channels.handle('1');
    const wait = channel.waitFor(types, { timeoutMs: 1_000 });
    client.dispatch(event('ChannelDestroyed', { channel: channelData('1'), cause: 16, cause_txt: '' }));
    await expect(wait).rejects.toThrow(ObjectGoneError);
  });

  it('are refused where one of them cannot come, and nothing is left', () => {
    const playback = client.playbacks.handle('p');
    expect(() => playback.on(['PlaybackStarted', 'Dial' as never], () => undefined)).toThrow(AriValidationError);
    expect(() => client.on([], () => undefined)).toThrow(AriValidationError);
  });
});

describe('who hears an event', () => {
  it('the client, then the repository, then the object, each with what belongs to it', () => {
    const heard: unknown[] = [];
    const channel = client.channels.handle('1');
    channel.on('StasisStart', (subject, { args }) => heard.push(['object', subject.id, args]));
    client.channels.on('StasisStart', (subject) => heard.push(['repository', subject.id]));
    client.on('StasisStart', ({ channel: { id } }) => heard.push(['client', id]));
    client.on('*', ({ type }) => heard.push(['all', type]));
    client.channels.handle('2').on('StasisStart', () => heard.push('another channel'));
    client.dispatch(start('1', ['a']));
    expect(heard).toEqual([
      ['all', 'StasisStart'],
      ['client', '1'],
      ['repository', '1'],
      ['object', '1', ['a']],
    ]);
  });

  it('any channel that the event carries; of several, a listener is handed a record', () => {
    const heard: unknown[] = [];
    client.channels.handle('caller').on('Dial', (channels) => heard.push(['caller', Object.keys(channels)]));
    client.channels.handle('peer').on('Dial', ({ peer }) => heard.push(['peer', peer.id]));
    client.channels.handle('new').on('StasisStart', (subject) => heard.push(['new', subject.id]));
    client.channels.handle('old').on('StasisStart', (subject) => heard.push(['old', subject.id]));
    client.dispatch(event('Dial', { caller: channelData('caller'), peer: channelData('peer'), dialstatus: '' }));
    client.dispatch({ ...start('new'), replace_channel: channelData('old') });
    expect(heard).toEqual([
      ['caller', ['caller', 'peer']],
      ['peer', 'peer'],
      ['new', 'new'],
      ['old', 'new'],
    ]);
  });

  it('no null where an object may be left out', () => {
    const heard: AriEvent[] = [];
    client.on(['StasisStart', 'ChannelTransfer'], (each) => heard.push(each));
    client.dispatch({ ...start('1'), replace_channel: null });
    const referred = { source_channel: channelData('source'), connected_channel: null };
    client.dispatch(event('ChannelTransfer', { refer_to: { requested_destination: {} }, referred_by: referred }));
    const [started, transfer] = heard as [object, { referred_by: object }];
    expect(started).not.toHaveProperty('replace_channel');
    expect(transfer.referred_by).not.toHaveProperty('connected_channel');
    expect(transfer.referred_by).toHaveProperty('source_channel.id', 'source');
  });

  it('objects below the first level, by dotted names', () => {
    const heard: unknown[] = [];
    client.channels.handle('source').on('ChannelTransfer', (channels, { referred_by }) => {
      heard.push(Object.keys(channels), referred_by.source_channel.id);
    });
    const transfer = {
      refer_to: { destination_channel: channelData('target') },
      referred_by: { source_channel: channelData('source') },
    };
    client.dispatch(event('ChannelTransfer', transfer));
    expect(heard).toEqual([['refer_to.destination_channel', 'referred_by.source_channel'], 'source']);
  });

  it('not a repository whose object is absent', () => {
    let heard = 0;
    client.channels.on('ChannelVarset', () => (heard += 1));
    client.dispatch(event('ChannelVarset', { variable: 'GLOBAL', value: '1' }));
    client.dispatch(event('ChannelVarset', { variable: 'MINE', value: '1', channel: channelData('1') }));
    expect(heard).toBe(1);
  });

  it('an event of an unknown type reaches `unknown`, whole', () => {
    const heard: unknown[] = [];
    client.on('unknown', (unknown) => heard.push(unknown));
    client.on('*', () => heard.push('never'));
    client.dispatch(event('BrandNew', { channel: channelData('1') }));
    expect(heard).toEqual([event('BrandNew', { channel: channelData('1') })]);
  });

  it('a message without a type reaches `malformed`', () => {
    const heard: unknown[] = [];
    client.on('malformed', ({ reason }) => heard.push(reason));
    client.dispatch({ error: 'InvalidMessage' });
    expect(heard).toEqual(['a message without a type']);
  });

  it('the data handed to dispatch() stays as it was', () => {
    const raw = start('1');
    client.on('*', () => undefined);
    client.dispatch(raw);
    expect(raw).toEqual(start('1'));
  });

  it('events of types that cannot come are refused with those that can', () => {
    const channel = client.channels.handle('1');
    expect(() => channel.on('PlaybackStarted' as never, () => 0)).toThrow(AriValidationError);
    expect(() => channel.on('PlaybackStarted' as never, () => 0)).toThrow(/Channel 1; possible are .*StasisStart/);
    expect(() => client.on('Nonsense' as never, () => 0)).toThrow(/no event 'Nonsense' .*malformed.*StasisStart/);
  });
});

describe('the life of a listener', () => {
  it('ends with close(), dispose, off(), once and the signal', () => {
    let calls = 0;
    const listener = (): unknown => (calls += 1);
    const controller = new AbortController();
    const subscription = client.on('StasisStart', listener);
    client.once('StasisStart', listener);
    client.on('StasisStart', listener, { signal: controller.signal });
    client.dispatch(start('1'));
    expect(calls).toBe(3);
    client.dispatch(start('1'));
    expect(calls).toBe(5);
    subscription.close();
    expect(subscription.closed).toBe(true);
    controller.abort();
    client.dispatch(start('1'));
    expect(calls).toBe(5);
    client.on('StasisStart', listener);
    client.off('StasisStart', listener);
    client.on('StasisStart', listener)[Symbol.dispose]();
    client.on('StasisStart', listener, { signal: AbortSignal.abort() });
    client.dispatch(start('1'));
    expect(calls).toBe(5);
  });

  it('begins after the event during which it was added, and may end during one', () => {
    const heard: string[] = [];
    const first = client.on('StasisStart', () => {
      heard.push('first');
      first.close();
      second.close();
      client.on('StasisStart', () => heard.push('third'));
    });
    const second = client.on('StasisStart', () => heard.push('second'));
    client.dispatch(start('1'));
    expect(heard).toEqual(['first']);
    client.dispatch(start('1'));
    expect(heard).toEqual(['first', 'third']);
  });

  it('costs the same, however many others the object has', () => {
    const channel = client.channels.handle('1');
    const begun = performance.now();
    const subscriptions = Array.from({ length: 50_000 }, () => channel.on('StasisStart', () => undefined));
    client.dispatch(start('1'));
    subscriptions.toReversed().forEach((subscription) => subscription.close());
    // Some 50 ms; with a walk along the others it is 5 s and more.
    expect(performance.now() - begun).toBeLessThan(2_000);
  });

  it('is in the order of registration, whichever come and go', () => {
    const step = fc.record({ action: fc.constantFrom('on', 'once', 'close', 'start'), at: fc.nat(20) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const channel = client.channels.handle();
        const heard: number[] = [];
        let open: { readonly name: number; readonly once: boolean; close(): void }[] = [];
        for (const [name, { action, at }] of steps.entries()) {
          if (action === 'start') {
            heard.length = 0;
            client.dispatch(start(channel.id));
            expect(heard).toEqual(open.map((each) => each.name));
            open = open.filter(({ once }) => !once);
          } else if (action === 'close') {
            open.splice(at, 1).forEach((each) => each.close());
          } else {
            const subscription = channel[action]('StasisStart', () => heard.push(name));
            open.push({ name, once: action === 'once', close: () => subscription.close() });
          }
        }
        open.forEach((each) => each.close());
      }),
    );
  });

  it('ends with its object', async () => {
    const channel = client.channels.handle('1');
    let calls = 0;
    const subscription = channel.on('ChannelDtmfReceived', () => (calls += 1));
    const wait = channel.waitFor('ChannelHold');
    client.dispatch(event('ChannelDestroyed', { channel: channelData('1'), cause: 16, cause_txt: 'Normal Clearing' }));
    await expect(wait).rejects.toThrow(ObjectGoneError);
    await expect(wait).rejects.toMatchObject({ kind: 'Channel', id: '1' });
    expect(subscription.closed).toBe(true);
    client.dispatch(dtmf('1', '5'));
    expect(calls).toBe(0);
  });
});

describe('what a listener throws', () => {
  it('stops nobody else, and reaches listenerError with its event; a rejection too', async () => {
    const failures: unknown[] = [];
    client.on('listenerError', ({ error, event: cause }) => failures.push([String(error), cause.type]));
    client.on('StasisStart', () => {
      throw new Error('thrown');
    });
    client.on('StasisStart', () => Promise.reject(new Error('rejected')));
    let reached = false;
    client.on('StasisStart', () => (reached = true));
    client.dispatch(start('1'));
    await Promise.resolve();
    expect(reached).toBe(true);
    expect(failures).toEqual([
      ['Error: thrown', 'StasisStart'],
      ['Error: rejected', 'StasisStart'],
    ]);
  });

  it('goes to the log where nobody listens for it, and so does what the hook itself throws', () => {
    const lines: string[] = [];
    const write = (line: string): unknown => lines.push(line);
    const logger = { debug: write, info: write, warn: write, error: write };
    const logged = new AriClient({ url: 'http://127.0.0.1:9/', username: 'a', password: 'b', logger });
    logged.on('StasisStart', () => {
      throw new Error('first');
    });
    logged.dispatch(start('1'));
    logged.on('listenerError', () => {
      throw new Error('second');
    });
    logged.dispatch(start('1'));
    expect(lines.filter((line) => line.includes('listener'))).toEqual([
      expect.stringMatching(/^a listener for StasisStart failed: Error: first/),
      expect.stringMatching(/^a listener for listenerError failed: Error: second/),
    ]);
  });
});

describe('waitFor', () => {
  it('gives the next event that fits', async () => {
    const digit = client.channels
      .handle('1')
      .waitFor('ChannelDtmfReceived', { where: ({ digit: each }) => each === '#' });
    client.dispatch(dtmf('1', '1'));
    client.dispatch(dtmf('2', '#'));
    client.dispatch(dtmf('1', '#'));
    expect((await digit).channel.id).toBe('1');
  });

  it('fails when its time is over, its signal aborts, its condition throws, or the client closes', async () => {
    await expect(client.waitFor('StasisStart', { timeoutMs: 5 })).rejects.toThrow(AriTimeoutError);
    const controller = new AbortController();
    const aborted = client.waitFor('StasisStart', { signal: controller.signal });
    controller.abort();
    await expect(aborted).rejects.toThrow(AriAbortError);
    await expect(client.waitFor('StasisStart', { signal: AbortSignal.abort() })).rejects.toThrow(AriAbortError);
    const thrown = client.waitFor('StasisStart', {
      where: () => {
        throw new Error('bad condition');
      },
    });
    client.dispatch(start('1'));
    await expect(thrown).rejects.toThrow('bad condition');
    const closed = client.waitFor('StasisStart');
    await client.close();
    await expect(closed).rejects.toThrow('the client was closed');
  });
});

describe('stream', () => {
  it('gives events in order, those that came before they were asked for too, until the loop is left', async () => {
    const digits: string[] = [];
    const stream = client.stream('ChannelDtmfReceived');
    client.dispatch(dtmf('1', '1'));
    client.dispatch(dtmf('1', '2'));
    setImmediate(() => client.dispatch(dtmf('1', '3')));
    for await (const { digit } of stream) {
      digits.push(digit);
      if (digit === '3') {
        break;
      }
    }
    expect(digits).toEqual(['1', '2', '3']);
    client.dispatch(dtmf('1', '4'));
    expect(stream.queued).toBe(0);
  });

  it('ends with its signal, with its object and with the client', async () => {
    const controller = new AbortController();
    const ends = [
      collect(client.stream('StasisStart', { signal: controller.signal })),
      collect(client.channels.handle('1').stream('ChannelDtmfReceived')),
      collect(client.stream('*')),
    ];
    client.dispatch(dtmf('1', '1'));
    client.dispatch(event('ChannelDestroyed', { channel: channelData('1'), cause: 16, cause_txt: '' }));
    controller.abort();
    await client.close();
    const [signalled, gone, closed] = await Promise.all(ends);
    expect(signalled).toEqual([]);
    expect(gone?.map(({ type }) => type)).toEqual(['ChannelDtmfReceived']);
    expect(closed?.map(({ type }) => type)).toEqual(['ChannelDtmfReceived', 'ChannelDestroyed']);
  });

  it('that is too slow ends with an error, or lets the oldest events go and counts them', async () => {
    const closing = client.stream('ChannelDtmfReceived', { maxQueued: 2 });
    const dropping = client.stream('ChannelDtmfReceived', { maxQueued: 2, whenFull: 'dropOldest' });
    for (const digit of '1234') {
      client.dispatch(dtmf('1', digit));
    }
    await expect(collect(closing)).rejects.toThrow('2 events waited');
    expect(dropping.dropped).toBe(2);
    expect((await dropping.next()).value?.digit).toBe('3');
    await dropping.return();
  });
});

async function collect<E extends AriEvent>(stream: AsyncIterable<E>): Promise<E[]> {
  const events: E[] = [];
  for await (const each of stream) {
    events.push(each);
  }
  return events;
}

describe('the stack of a wait that fails', () => {
  async function stackOf(wait: Promise<unknown>): Promise<string> {
    return ((await wait.catch((error: unknown) => error)) as Error).stack ?? '';
  }

  it('names the line that waits, whatever ends it', async () => {
    const channel = client.channels.handle('1');
    const controller = new AbortController();
    const waits = [
      client.waitFor('StasisStart', { timeoutMs: 1 }),
      client.waitFor('StasisStart', { signal: controller.signal }),
      channel.waitFor('ChannelDtmfReceived'),
      client.waitFor('StasisStart'),
    ];
    controller.abort();
    client.dispatch(event('ChannelDestroyed', { channel: channelData('1'), cause: 16, cause_txt: 'Normal Clearing' }));
    await waits[0]?.catch(() => undefined);
    await client.close();
    const stacks = await Promise.all(waits.map(stackOf));
    expect(stacks.map((stack) => /^(\w+): /.exec(stack)?.[1])).toEqual([
      'AriTimeoutError',
      'AriAbortError',
      'ObjectGoneError',
      'AriAbortError',
    ]);
    for (const stack of stacks) expect(stack).toContain('listening.test.ts');
  });
});

describe('off()', () => {
  it('takes a listener away there and nowhere else, however many there are and wherever it is registered', () => {
    const shared = (): void => undefined;
    const handles = Array.from({ length: 50 }, (_, index) => client.channels.handle(String(index)));
    const onAll = handles.map((handle) => handle.on(['StasisEnd', 'ChannelDestroyed'], shared));
    const others = Array.from({ length: 50 }, () => handles[7]?.on('StasisEnd', () => undefined));
    const above = [client.on('StasisEnd', shared), client.channels.on('StasisEnd', shared, { distinct: true })];
    handles[7]?.off('StasisEnd', shared);
    expect(onAll.map(({ closed }) => closed)).toEqual(handles.map(() => false));
    handles[7]?.off(['ChannelDestroyed', 'StasisEnd'], shared);
    expect(onAll.flatMap(({ closed }, index) => (closed ? [index] : []))).toEqual([7]);
    expect(others.some((other) => other?.closed)).toBe(false);
    client.channels.off('StasisEnd', shared);
    expect(above.map(({ closed }) => closed)).toEqual([false, true]);
    client.off('StasisEnd', shared);
    expect(above.map(({ closed }) => closed)).toEqual([true, true]);
    handles[7]?.off('StasisEnd');
    expect(others.every((other) => other?.closed)).toBe(true);
  });
});
