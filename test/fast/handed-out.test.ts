import { connect, ObjectGoneError, type AriClient, type Channel, type Logger, type Playback } from 'asterisk-ari';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { channelData, dtmf, event, start } from '../support/events.js';
import { AnsweringAsterisk } from './support/answering-asterisk.js';

let asterisk: AnsweringAsterisk;
let client: AriClient;

async function begin(transport: 'auto' | 'http'): Promise<void> {
  asterisk = new AnsweringAsterisk('22.10.1');
  let onReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (onReady = resolve));
  const silent = (): void => undefined;
  const debug = (text: string): void => (text.startsWith('requests go over') ? onReady() : undefined);
  const logger: Logger = { info: silent, warn: silent, error: silent, debug };
  client = await connect(await asterisk.start(), 'ari', 'secret', { transport, logger });
  await client.start('hello');
  if (transport === 'auto') {
    await ready;
  }
}

afterEach(async () => {
  await client.close();
  await asterisk[Symbol.asyncDispose]();
});

const playbackData = (id: string): object => ({ id, media_uri: 'sound:x', target_uri: 'channel:c1', state: 'playing' });
const started = (id: string): object => event('PlaybackStarted', { playback: playbackData(id) });
const finished = (id: string): object => event('PlaybackFinished', { playback: playbackData(id) });
const destroyed = (id: string): object =>
  event('ChannelDestroyed', { cause: 16, cause_txt: 'Normal', channel: channelData(id) });

/** Every request is answered with that body; events are sent before the answer and after it, in one go with it. */
function answering(body: object, { before = [], after = [] }: { before?: object[]; after?: object[] }): void {
  asterisk.answer = (request) => {
    before.forEach((each) => asterisk.send(each));
    asterisk.respond(request, { status: 200, body });
    after.forEach((each) => asterisk.send(each));
    return undefined;
  };
  asterisk.httpAnswer = body;
  asterisk.onHttp = () => [...before, ...after].forEach((each) => asterisk.send(each));
}

/** Plays something; what becomes of it arrives with the answer. */
async function play(id: string, ...events: object[]): Promise<Playback> {
  answering(playbackData(id), { after: events });
  return client.channels.handle('c1').play({ media: 'sound:x' });
}

describe.each(['auto', 'http'] as const)('an object that an answer hands out, with transport %s', (transport) => {
  beforeEach(() => begin(transport));

  it('settles a wait for its last event, though that has come with the answer', async () => {
    const playback = await play('p1', started('p1'), finished('p1'));
    const last = await playback.waitFor('PlaybackFinished');
    expect(last.type).toBe('PlaybackFinished');
    expect(last.playback.id).toBe('p1');
    expect(last.playback).toHaveProperty('stop');
  });

  it('settles waits one after the other, and several at a time', async () => {
    const playback = await play('p1', started('p1'), finished('p1'));
    expect((await playback.waitFor('PlaybackStarted')).type).toBe('PlaybackStarted');
    const both = [playback.waitFor('PlaybackFinished'), playback.waitFor('PlaybackFinished')];
    expect(await Promise.all(both)).toHaveLength(2);
    expect((await playback.waitFor('PlaybackFinished')).playback.id).toBe('p1');
  });

  it('tells on, once and stream what they have missed, in the order in which it came, once', async () => {
    const playback = await play('p1', started('p1'), finished('p1'));
    const heard: string[] = [];
    playback.on('PlaybackFinished', (subject, { type }) => heard.push(`${subject.id} ${type}`));
    const subscription = playback.on('PlaybackStarted', (subject, { type }) => {
      heard.push(`${subject.id} ${type}`);
      expect(subscription.closed).toBe(false);
    });
    playback.once('PlaybackFinished', (_, { type }) => heard.push(`once ${type}`));
    const stream = playback.stream('PlaybackFinished');
    expect(heard).toEqual([]);
    const read: string[] = [];
    for await (const { type } of stream) {
      read.push(type);
    }
    expect(heard).toEqual(['p1 PlaybackStarted', 'p1 PlaybackFinished', 'once PlaybackFinished']);
    expect(read).toEqual(['PlaybackFinished']);
    expect(subscription.closed).toBe(true);
  });

  it('ends what can hear nothing more, with the reason', async () => {
    const playback = await play('p1', finished('p1'));
    const wait = playback.waitFor('PlaybackStarted');
    const subscription = playback.on('PlaybackStarted', () => expect.unreachable());
    const { done } = await playback.stream('PlaybackStarted').next();
    expect(done).toBe(true);
    await expect(wait).rejects.toThrow(ObjectGoneError);
    await expect(wait).rejects.toMatchObject({ kind: 'Playback', id: 'p1' });
    await expect(wait).rejects.toThrow('Playback p1 has ended: PlaybackFinished');
    expect(subscription.closed).toBe(true);
  });

  it('tells events that came before the answer, under an id of ours or of its own choice', async () => {
    answering(channelData('c1'), { before: [start('c1')] });
    const chosen = await client.channels.originate({ endpoint: 'Local/x', app: 'hello', channelId: 'c1' });
    expect((await chosen.waitFor('StasisStart')).channel.id).toBe('c1');
    answering(channelData('c2'), { before: [start('c9'), start('c2', ['a'])], after: [dtmf('c2', '1')] });
    const given = await client.channels.originate({ endpoint: 'Local/x', app: 'hello' });
    expect((await given.waitFor('StasisStart')).args).toEqual(['a']);
    expect((await given.waitFor('ChannelDtmfReceived')).digit).toBe('1');
    answering(playbackData('p3'), { before: [finished('p9'), finished('p3')] });
    const playback = await chosen.play({ media: 'sound:x' });
    await playback.waitFor('PlaybackFinished');
  });

  it('tells them where others have heard them too, the very same events', async () => {
    const others: unknown[] = [];
    client.on('PlaybackStarted', (each) => others.push(each));
    client.playbacks.on('PlaybackFinished', (_, each) => others.push(each));
    answering(playbackData('p1'), { before: [started('p1')], after: [finished('p1')] });
    const playback = await client.channels.handle('c1').play({ media: 'sound:x' });
    const own = [await playback.waitFor('PlaybackStarted'), await playback.waitFor('PlaybackFinished')];
    expect(others).toHaveLength(2);
    expect(own[0]).toBe(others[0]);
    expect(own[1]).toBe(others[1]);
  });

  it('gives one event to a wait and the next to the next wait', async () => {
    answering(channelData('c1'), { after: [dtmf('c1', '1'), dtmf('c1', '2'), dtmf('c1', '3')] });
    const channel = await client.channels.originate({ endpoint: 'Local/x', app: 'hello' });
    const digits = [];
    digits.push((await channel.waitFor('ChannelDtmfReceived')).digit);
    digits.push((await channel.waitFor('ChannelDtmfReceived', { where: ({ digit }) => digit === '3' })).digit);
    expect(digits).toEqual(['1', '3']);
  });

  it('tells who listens to several types the first of them, or all', async () => {
    const playback = await play('p1', started('p1'), finished('p1'));
    const types = ['PlaybackStarted', 'PlaybackFinished'] as const;
    const heard: string[] = [];
    const first = playback.waitFor(types);
    playback.once(types, (_, { type }) => heard.push(`once ${type}`));
    playback.on(types, (_, { type }) => heard.push(type));
    expect((await first).type).toBe('PlaybackStarted');
    expect(heard).toEqual(['once PlaybackStarted', 'PlaybackStarted', 'PlaybackFinished']);
  });

  it('tells what has come while a listener was yet to be told the rest, after that', async () => {
    answering(channelData('c1'), { after: [dtmf('c1', '1')] });
    const channel = await client.channels.originate({ endpoint: 'Local/x', app: 'hello' });
    const heard: string[] = [];
    client.on('ChannelUserevent', () => {
      channel.on(['ChannelDtmfReceived', 'ChannelDestroyed'], (_, each) =>
        heard.push('digit' in each ? each.digit : each.type),
      );
    });
    const last = channel.waitFor('ChannelHangupRequest');
    const events = [event('ChannelUserevent', { eventname: 'x', userevent: {} }), dtmf('c1', '2'), destroyed('c1')];
    events.forEach((each) => asterisk.send(each));
    await expect(last).rejects.toThrow(ObjectGoneError);
    await client.idle();
    expect(heard).toEqual(['1', '2', 'ChannelDestroyed']);
  });

  it('tells nothing twice: what was heard, and what came while somebody listened', async () => {
    answering(channelData('c1'), { after: [dtmf('c1', '1')] });
    const channel = await client.channels.originate({ endpoint: 'Local/x', app: 'hello' });
    const heard: string[] = [];
    channel.on('ChannelDtmfReceived', (_, { digit }) => heard.push(digit));
    await client.idle();
    asterisk.send(dtmf('c1', '2'));
    asterisk.send(start('c1'));
    await client.idle();
    channel.on('ChannelDtmfReceived', (_, { digit }) => heard.push(`late ${digit}`));
    channel.on('StasisStart', () => heard.push('late start'));
    await client.idle();
    expect(heard).toEqual(['1', '2']);
  });

  it('of a mere handle, or one that was there before, tells no event but its end', async () => {
    answering(channelData('c1'), { after: [dtmf('c1', '1'), destroyed('c1')] });
    const handle = client.channels.handle('c1');
    const channel = await handle.get();
    const digit = channel.waitFor('ChannelDtmfReceived');
    await expect(digit).rejects.toThrow('Channel c1 has ended: ChannelDestroyed');
    expect((await channel.waitFor('ChannelDestroyed')).cause).toBe(16);
    const open = handle.on('ChannelDestroyed', () => expect.unreachable());
    await client.idle();
    expect(open.closed).toBe(false);
  });

  it('that is made anew under the same name is not taken for the one that has ended', async () => {
    const data = { name: 'r', format: 'wav', state: 'recording', target_uri: 'channel:c1' };
    const over = event('RecordingFinished', { recording: data });
    answering(data, { after: [over] });
    const record = () => client.channels.handle('c1').record({ name: 'r', format: 'wav', ifExists: 'overwrite' });
    const first = await record();
    await first.waitFor('RecordingFinished');
    answering(data, {});
    const second = await record();
    const wait = second.waitFor('RecordingFinished', { timeoutMs: 5_000 });
    let isOver = false;
    void wait.then(() => (isOver = true));
    await client.idle();
    expect(isOver).toBe(false);
    asterisk.send(over);
    await wait;
    await expect(first.waitFor('RecordingStarted')).rejects.toThrow(ObjectGoneError);
  });

  it('is not remembered if the request fails', async () => {
    const failing = { status: 500, body: { message: 'no' } };
    asterisk.answer = (request) => {
      asterisk.send(finished('p1'));
      return request.method === 'POST' ? failing : { status: 200, body: playbackData('p1') };
    };
    asterisk.httpStatus = 500;
    asterisk.httpAnswer = failing.body;
    asterisk.onHttp = () => asterisk.send(finished('p1'));
    const attempt = client.channels.playWithId({ channelId: 'c1', playbackId: 'p1', media: 'sound:x' });
    await expect(attempt).rejects.toThrow('500');
    asterisk.httpStatus = 200;
    asterisk.onHttp = () => undefined;
    asterisk.answer = () => ({ status: 200, body: playbackData('p1') });
    asterisk.httpAnswer = playbackData('p1');
    const playback = await client.playbacks.get({ playbackId: 'p1' });
    const listener = playback.on('PlaybackFinished', () => expect.unreachable());
    await client.idle();
    expect(listener.closed).toBe(false);
  });
});

describe('what is remembered of an object', () => {
  beforeEach(() => begin('auto'));

  it('costs no parsing of what concerns others', async () => {
    const channel = await create('c1');
    const parse = vi.spyOn(JSON, 'parse');
    for (let index = 0; index < 100; index += 1) {
      asterisk.send(dtmf(`other-${index}`, '1'));
      asterisk.send(started(`p-${index}`));
    }
    asterisk.send(dtmf('c1', '5'));
    await client.idle();
    expect(parse.mock.calls).toHaveLength(1);
    parse.mockRestore();
    expect((await channel.waitFor('ChannelDtmfReceived')).digit).toBe('5');
  });

  it('costs nothing where nothing was handed out', async () => {
    const parse = vi.spyOn(JSON, 'parse');
    asterisk.send(dtmf('c1', '5'));
    asterisk.send(finished('p1'));
    await client.idle();
    expect(parse).not.toHaveBeenCalled();
    parse.mockRestore();
  });

  it('is found whatever its id looks like, and however the event is written', async () => {
    const ids = ['é "quoted" \\ 日本', 'a/b', '💥'];
    for (const id of ids) {
      const channel = await create(id);
      asterisk.socket?.send(JSON.stringify(dtmf(id, '7'), null, 2));
      asterisk.socket?.send(JSON.stringify(dtmf(id, '8')).replace(/[^ -~]/g, escaped));
      await client.idle();
      const digits = [await channel.waitFor('ChannelDtmfReceived'), await channel.waitFor('ChannelDtmfReceived')];
      expect(digits.map(({ digit }) => digit)).toEqual(['7', '8']);
    }
  });

  it('is asked for where it is not certain any more: after some seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const playback = await play('p1');
      await vi.advanceTimersByTimeAsync(6_000);
      asterisk.send(finished('p1'));
      await client.idle();
      await goneOnceAsked(playback);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is asked for where it is not certain any more: after an interruption', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const playback = await play('p1');
      const back = client.waitFor('gap');
      asterisk.answer = () => undefined;
      asterisk.socket?.terminate();
      while (client.state !== 'reconnecting') {
        await new Promise((resolve) => setImmediate(resolve));
      }
      await vi.advanceTimersByTimeAsync(1_000);
      await back;
      await goneOnceAsked(playback);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is asked for where a request of ours has ended it, and Asterisk does not tell', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      answering({ id: 'b1', bridge_type: 'mixing', technology: 'simple_bridge', channels: [] }, {});
      const bridge = await client.bridges.create({ type: 'mixing' });
      await bridge.destroy();
      const missing = { status: 404, body: { message: 'Bridge not found' } };
      const application = { name: 'hello', channel_ids: [], bridge_ids: [], endpoint_ids: [], device_names: [] };
      asterisk.answer = ({ uri }) => (uri.startsWith('bridges') ? missing : { status: 200, body: application });
      const gone = expect(bridge.waitFor('BridgeDestroyed')).rejects.toThrow(ObjectGoneError);
      await vi.advanceTimersByTimeAsync(2_500);
      await gone;
    } finally {
      vi.useRealTimers();
    }
  });

  it('is bounded, however much is handed out and happens', async () => {
    const first = await create('c0');
    for (let index = 1; index <= 999; index += 1) {
      await create(`c${index}`);
    }
    const latest = await create('c1000');
    for (let index = 0; index < 40; index += 1) {
      asterisk.send(dtmf('c1000', `${index}`));
    }
    asterisk.send(dtmf('c0', '1'));
    await client.idle();
    const heard: string[] = [];
    first.on('ChannelDtmfReceived', (_, { digit }) => heard.push(`first ${digit}`));
    latest.on('ChannelDtmfReceived', (_, { digit }) => heard.push(digit));
    await client.idle();
    expect(heard).toEqual(Array.from({ length: 32 }, (_, index) => `${index}`));
  });

  /** A wait for what cannot come ends when Asterisk has been asked. */
  async function goneOnceAsked(playback: Playback): Promise<void> {
    const missing = { status: 404, body: { message: 'Playback not found' } };
    const application = { name: 'hello', channel_ids: [], bridge_ids: [], endpoint_ids: [], device_names: [] };
    asterisk.answer = ({ uri }) => (uri.startsWith('playbacks') ? missing : { status: 200, body: application });
    const gone = expect(playback.waitFor('PlaybackFinished')).rejects.toThrow(ObjectGoneError);
    await vi.advanceTimersByTimeAsync(2_500);
    await gone;
  }

  /** Originates a channel. */
  async function create(id: string): Promise<Channel> {
    answering(channelData(id), {});
    return client.channels.originate({ endpoint: 'Local/x', app: 'hello' });
  }
});

describe('whatever comes when, the first listener of a type', () => {
  beforeEach(() => begin('auto'));

  it('hears all of it, in order, once', async () => {
    const digits = fc.array(fc.constantFrom('1', '2', 'other'), { maxLength: 5 });
    let count = 0;
    await fc.assert(
      fc.asyncProperty(
        digits,
        digits,
        digits,
        fc.boolean(),
        fc.boolean(),
        async (before, after, later, isKnown, ends) => {
          count += 1;
          const id = `c${count}`;
          let number = 0;
          const make = (digit: string): object => {
            number += 1;
            return digit === 'other' ? start(id) : dtmf(id, `${number}`);
          };
          const sent = [before, after, later].map((each) => each.map(make)) as [object[], object[], object[]];
          answering(channelData(id), { before: sent[0], after: sent[1] });
          const channel = await client.channels.originate({
            endpoint: 'Local/x',
            app: 'hello',
            channelId: isKnown ? id : undefined,
          });
          const heard: string[] = [];
          const subscription = channel.on('ChannelDtmfReceived', (_, { digit }) => heard.push(digit));
          [...sent[2], ...(ends ? [destroyed(id)] : [])].forEach((each) => asterisk.send(each));
          await client.idle();
          const wanted = sent.flat().flatMap((each) => ('digit' in each ? [each.digit] : []));
          expect(heard).toEqual(wanted);
          expect(subscription.closed).toBe(ends);
        },
      ),
      { numRuns: 150 },
    );
  });
});

function escaped(character: string): string {
  return [...character].map((each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}
