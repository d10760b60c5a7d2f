import { AriValidationError, connect, ObjectGoneError, type AriClient } from 'asterisk-ari';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Distinct } from '../../src/events/distinct.js';

let asterisk: TestAsterisk;
let client: AriClient;

beforeEach(async () => {
  asterisk = await startAsterisk();
  client = await connect(asterisk.url, asterisk.username, asterisk.password);
});

afterEach(async () => {
  await client.close();
  await asterisk.close();
});

async function call() {
  const started = client.waitFor('StasisStart');
  const phone = asterisk.call({ to: 'stasis-a' });
  const { channel } = await started;
  await channel.answer();
  return { phone, channel };
}

describe('where two applications get everything', () => {
  it('a listener is called for each, for one of them, or once, at every level', async () => {
    await client.start(['a', 'b'], { subscribeAll: true });
    const { phone, channel } = await call();
    const heard: string[] = [];
    const type = 'ChannelDtmfReceived';
    client.on(type, ({ application }) => heard.push(`client ${application}`));
    client.on(type, ({ application }) => heard.push(`client only ${application}`), { application: 'b' });
    client.on(type, () => heard.push('client distinct'), { distinct: true });
    client.channels.on(type, () => heard.push('channels distinct'), { distinct: true });
    channel.on(type, (_channel, { application }) => heard.push(`channel only ${application}`), { application: 'a' });
    channel.once([type, 'StasisEnd'], () => heard.push('once distinct'), { application: 'b', distinct: true });
    const wait = channel.waitFor(type, { application: 'b' });
    const stream = channel.stream(type, { distinct: true });
    phone.press('5');
    phone.press('5');
    await channel.getChannelVar({ variable: 'CHANNEL(name)' });
    const count = (what: string): number => heard.filter((each) => each === what).length;
    expect({ a: count('client a'), b: count('client b') }).toEqual({ a: 2, b: 2 });
    for (const what of ['client only b', 'client distinct', 'channels distinct', 'channel only a']) {
      expect([what, count(what)]).toEqual([what, 2]);
    }
    expect(count('once distinct')).toBe(1);
    expect((await wait).application).toBe('b');
    expect(stream.queued).toBe(2);
    await stream.return();
  });

  it('the last event of an object reaches who listens for either application, and ends all of them', async () => {
    await client.start(['a', 'b'], { subscribeAll: true });
    const { channel } = await call();
    const playback = await channel.play({ media: 'sound:hello-world' });
    const heard: string[] = [];
    playback.on('PlaybackFinished', (_playback, { application }) => heard.push(application));
    const distinct = playback.on('PlaybackFinished', () => heard.push('distinct'), { distinct: true });
    const [a, b] = ['a', 'b'].map((application) => playback.waitFor('PlaybackFinished', { application }));
    const never = playback.waitFor('PlaybackStarted', { where: () => false });
    asterisk.clock.advance(5_000);
    expect([(await a)?.application, (await b)?.application]).toEqual(['a', 'b']);
    expect(heard).toEqual(['a', 'distinct', 'b']);
    await expect(never).rejects.toThrow(ObjectGoneError);
    expect(distinct.closed).toBe(true);
  });

  it('the last event of an object that nobody listened to in time is told once for each application', async () => {
    await client.start(['a', 'b'], { subscribeAll: true });
    const { channel } = await call();
    const playback = await channel.play({ media: 'sound:no-such-sound' });
    asterisk.clock.advance(100);
    const [all, only]: string[][] = [[], []];
    playback.on('PlaybackFinished', (_playback, { application }) => all?.push(application));
    playback.on('PlaybackFinished', (_playback, { application }) => only?.push(application), { application: 'b' });
    await expect(playback.waitFor('PlaybackStarted', { where: () => false })).rejects.toThrow(ObjectGoneError);
    expect([all, only]).toEqual([['a', 'b'], ['b']]);
  });

  it('an id that is used again at once does not lose its new listeners to the end of the former object', async () => {
    await client.start(['a', 'b'], { subscribeAll: true });
    const { channel } = await call();
    const playback = client.playbacks.handle('again');
    const play = () => channel.playWithId({ playbackId: playback.id, media: 'sound:no-such-sound' });
    const first = playback.waitFor('PlaybackFinished');
    await play();
    await first;
    const made = play();
    const second = playback.waitFor('PlaybackFinished', { application: 'b' });
    await made;
    await expect(second).resolves.toMatchObject({ application: 'b' });
  });

  it('what is about an application comes for each', async () => {
    const heard: string[] = [];
    client.on('StasisStart', ({ application }) => heard.push(application), { distinct: true });
    await client.start(['a', 'b']);
    const { channel } = await call();
    const again = client.waitFor('StasisStart', { application: 'b' });
    await channel.move({ app: 'b' });
    await again;
    expect(heard).toEqual(['a', 'b']);
  });

  it('off() takes such listeners away like others', async () => {
    await client.start(['a', 'b'], { subscribeAll: true });
    const { phone, channel } = await call();
    let heard = 0;
    const listener = (): number => (heard += 1);
    channel.on('ChannelDtmfReceived', listener, { distinct: true });
    channel.off('ChannelDtmfReceived', listener);
    phone.press('5');
    await client.asterisk.ping();
    expect(heard).toBe(0);
  });
});

describe('the options are refused', () => {
  it('for an application that the client is not started for, by name', async () => {
    client.on('StasisStart', () => undefined, { application: 'c' }).close();
    await client.start(['a', 'b']);
    for (const register of [
      () => client.on('StasisStart', () => undefined, { application: 'c' }),
      () => client.channels.stream('StasisStart', { application: 'c' }),
    ]) {
      expect(register).toThrow(/option 'application': the client is not started for 'c', but for a, b/);
    }
    await expect(client.waitFor('StasisStart', { application: 'c' })).rejects.toThrow(AriValidationError);
  });

  it('for what is no event, and of another type', () => {
    const listen = (type: 'gap' | 'StasisStart', options: object) => () => client.on(type, () => undefined, options);
    expect(listen('gap', { application: 'a' })).toThrow(/option 'application' is for events: 'gap'/);
    expect(listen('gap', { distinct: true })).toThrow(/option 'distinct' is for events: 'gap'/);
    expect(listen('StasisStart', { application: 5 })).toThrow(/option 'application' must be the name/);
    expect(listen('StasisStart', { distinct: 'yes' })).toThrow(/option 'distinct' must be/);
  });
});

it('each happening is told exactly once, in whatever order the copies come', () => {
  // Happenings that may look the same; each application gets all of them, in their order.
  const happenings = fc.array(fc.record({ type: fc.constantFrom('X', 'Y'), digit: fc.constantFrom('1', '2') }), {
    maxLength: 20,
  });
  const order = fc.infiniteStream(fc.nat());
  fc.assert(
    fc.property(happenings, fc.integer({ min: 1, max: 3 }), order, (all, applications, next) => {
      const distinct = new Distinct();
      const queues = Array.from({ length: applications }, (_, index) =>
        all.map((each) => ({ ...each, application: `app${index}` })),
      );
      const told: object[] = [];
      while (queues.some((queue) => queue.length > 0)) {
        const waiting = queues.filter((queue) => queue.length > 0);
        const event = waiting[(next.next().value as number) % waiting.length]?.shift();
        if (event !== undefined && distinct.isNew(event)) {
          const { application: _, ...what } = event;
          told.push(what);
        }
      }
      const sorted = (list: object[]): string[] => list.map((each) => JSON.stringify(each)).toSorted();
      expect(sorted(told)).toEqual(sorted(all));
    }),
  );
});
