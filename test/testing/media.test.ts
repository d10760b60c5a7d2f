import { describe, expect, it } from 'vitest';
import { Bench, type WireApp } from './support.js';

/** A double whose time stands still, with the channel `c` in the application `a`. */
async function stage(options = {}): Promise<{ bench: Bench; app: WireApp } & AsyncDisposable> {
  const bench = await Bench.start({ autoAdvance: false, ...options });
  const app = await bench.app('a');
  await bench.inStasis(app, 'a', 'c');
  return { bench, app, [Symbol.asyncDispose]: () => bench.asterisk.close() };
}

function states(app: WireApp, kind: 'playback' | 'recording'): [string, string][] {
  return app.events.filter((event) => event[kind]).map((event) => [event.type, event[kind].state]);
}

describe('a playback', () => {
  it('takes its time, one medium after the other', async () => {
    await using world = await stage({ sounds: { one: 1000, two: 2000 } });
    const { bench, app } = world;
    const started = await bench.rest('POST', '/channels/c/play/p', { media: ['sound:one', 'sound:two'] });
    expect(started).toMatchObject({
      status: 201,
      body: { id: 'p', media_uri: 'sound:one', next_media_uri: 'sound:two', state: 'queued', language: 'en' },
    });
    bench.asterisk.advance(999);
    expect((await bench.rest('GET', '/playbacks/p')).body).toMatchObject({ media_uri: 'sound:one', state: 'playing' });
    bench.asterisk.advance(1);
    expect((await bench.rest('GET', '/playbacks/p')).body).toMatchObject({ media_uri: 'sound:two', state: 'playing' });
    bench.asterisk.advance(2000);
    await app.waitFor('PlaybackFinished');
    expect(states(app, 'playback')).toEqual([
      ['PlaybackStarted', 'playing'],
      ['PlaybackContinuing', 'continuing'],
      ['PlaybackStarted', 'playing'],
      ['PlaybackFinished', 'done'],
    ]);
    expect((await bench.rest('GET', '/playbacks/p')).status).toBe(404);
  });

  it('ends by itself when nothing else happens', async () => {
    await using world = await stage({ autoAdvance: true });
    await world.bench.rest('POST', '/channels/c/play?media=sound:tt-monkeys');
    await world.app.waitFor('PlaybackFinished');
  });

  it('is paused, goes on, is moved in and starts anew', async () => {
    await using world = await stage({ sounds: { long: 10_000 } });
    const { bench, app } = world;
    const control = async (operation: string) => bench.rest('POST', `/playbacks/p/control?operation=${operation}`);
    await bench.rest('POST', '/channels/c/play/p?media=sound:long');
    bench.asterisk.advance(2000);
    await control('pause');
    bench.asterisk.advance(60_000);
    expect((await bench.rest('GET', '/playbacks/p')).body.state).toBe('paused');
    await control('unpause');
    await control('forward');
    bench.asterisk.advance(4999);
    expect((await control('reverse')).status).toBe(204);
    bench.asterisk.advance(2999);
    expect((await control('restart')).status).toBe(204);
    bench.asterisk.advance(9999);
    expect((await bench.rest('GET', '/playbacks/p')).status).toBe(200);
    bench.asterisk.advance(1);
    await app.waitFor('PlaybackFinished');
    expect(app.types.filter((type) => type === 'PlaybackStarted')).toHaveLength(2);
  });

  it('waits for its turn, and is gone before it came to it', async () => {
    await using world = await stage();
    const { bench, app } = world;
    await bench.rest('POST', '/channels/c/play/first?media=sound:tt-monkeys');
    await bench.rest('POST', '/channels/c/play/second?media=sound:tt-monkeys');
    expect((await bench.rest('GET', '/playbacks/second')).body.state).toBe('queued');
    expect(await bench.rest('POST', '/playbacks/second/control?operation=pause')).toMatchObject({
      status: 409,
      body: { message: 'Can only pause while media is playing' },
    });
    expect((await bench.rest('POST', '/playbacks/second/control?operation=restart')).status).toBe(204);
    await bench.rest('DELETE', '/playbacks/second');
    await bench.rest('DELETE', '/playbacks/first');
    await app.waitFor('PlaybackFinished', (event) => event['playback'].id === 'second');
    expect(app.types.filter((type) => type === 'PlaybackStarted')).toHaveLength(1);
  });

  it('fails where there is nothing to play, and when the channel is hung up', async () => {
    await using world = await stage();
    const { bench, app } = world;
    await bench.rest('POST', '/channels/c/play/none?media=sound:nosuch');
    await app.waitFor('PlaybackFinished', (event) => event['playback'].state === 'failed');
    await bench.rest('POST', '/channels/c/play/cut?media=sound:tt-monkeys');
    await bench.rest('DELETE', '/channels/c');
    await app.waitFor('PlaybackFinished', (event) => event['playback'].id === 'cut');
    const last = app.events.find((event) => event.type === 'PlaybackFinished' && event['playback'].id === 'cut');
    expect(last).toMatchObject({ playback: { state: 'failed' } });
    await app.waitFor('StasisEnd');
    expect(app.types.indexOf('StasisEnd')).toBeGreaterThan(app.types.lastIndexOf('PlaybackFinished'));
  });

  it.each(['nonsense', 'nothing:here', 'recording:nosuch', 'number:abc'])(
    'of %s is never heard of again',
    async (media) => {
      await using world = await stage({ autoAdvance: true });
      await world.bench.rest('POST', `/channels/c/play/lost?media=${media}`);
      await world.bench.rest('POST', '/channels/c/play/after?media=sound:beep');
      await world.app.waitFor('PlaybackFinished');
      expect(states(world.app, 'playback')).toEqual([
        ['PlaybackStarted', 'playing'],
        ['PlaybackStarted', 'playing'],
        ['PlaybackFinished', 'done'],
      ]);
      expect((await world.bench.rest('GET', '/playbacks/lost')).status).toBe(404);
    },
  );

  it('of a tone plays until it is stopped, if there is such a tone', async () => {
    await using world = await stage();
    await world.bench.rest('POST', '/channels/c/play/none?media=tone:nosuch');
    await world.app.waitFor('PlaybackFinished', (event) => event['playback'].state === 'failed');
    await world.bench.rest('POST', '/channels/c/play/ring?media=tone:ring');
    world.bench.asterisk.advance(500_000);
    expect((await world.bench.rest('GET', '/playbacks/ring')).body.state).toBe('playing');
    expect((await world.bench.rest('DELETE', '/playbacks/ring')).status).toBe(204);
  });

  it('of digits cannot be controlled', async () => {
    await using world = await stage();
    await world.bench.rest('POST', '/channels/c/play/p?media=digits:123');
    expect(await world.bench.rest('POST', '/playbacks/p/control?operation=pause')).toMatchObject({
      status: 500,
      body: { message: 'Could not pause playback' },
    });
    expect(await world.bench.rest('DELETE', '/playbacks/p')).toMatchObject({
      status: 500,
      body: { message: 'Could not stop playback' },
    });
  });

  it('of digits after a sound is read on when it is stopped, and goes on with what comes then', async () => {
    await using world = await stage();
    const { asterisk } = world.bench;
    const state = async (): Promise<unknown> => (await world.bench.rest('GET', '/playbacks/p')).body;
    await world.bench.rest('POST', '/channels/c/play/p?media=sound:digits/1,digits:23,sound:digits/4');
    await world.app.waitFor('PlaybackStarted');
    while (((await state()) as { media_uri: string }).media_uri !== 'digits:23') asterisk.advance(100);
    for (let times = 0; times < 2; times += 1) {
      expect((await world.bench.rest('DELETE', '/playbacks/p')).status).toBe(204);
      expect(await state()).toMatchObject({ media_uri: 'digits:23', state: 'done' });
    }
    expect(await world.bench.rest('POST', '/playbacks/p/control?operation=pause')).toMatchObject({
      status: 409,
      body: { message: 'Can only pause while media is playing' },
    });
    while (((await state()) as { media_uri: string }).media_uri !== 'sound:digits/4') asterisk.advance(100);
    expect(await state()).toMatchObject({ state: 'playing' });
    expect((await world.bench.rest('DELETE', '/playbacks/p')).status).toBe(204);
    expect((await world.bench.rest('GET', '/playbacks/p')).status).toBe(404);
  });

  it.each(['pause', 'restart'])('of digits after a sound leaves one of them out upon %s', async (operation) => {
    await using world = await stage();
    const { asterisk } = world.bench;
    await world.bench.rest('POST', '/channels/c/play/p?media=sound:digits/1,digits:23');
    while ((await world.bench.rest('GET', '/playbacks/p')).body.media_uri !== 'digits:23') asterisk.advance(100);
    const begun = asterisk.clock.now();
    expect((await world.bench.rest('POST', `/playbacks/p/control?operation=${operation}`)).status).toBe(204);
    while ((await world.bench.rest('GET', '/playbacks/p')).status === 200) asterisk.advance(10);
    expect(asterisk.clock.now() - begun).toBeLessThan(1_000);
  });

  it('on a bridge is heard by its channels', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('a');
    const phone = bench.asterisk.call({ to: 'stasis-a' });
    await app.waitFor('StasisStart');
    await bench.rest('POST', `/channels/${phone.channelId}/answer`);
    await bench.rest('POST', '/bridges/b');
    await bench.rest('POST', `/bridges/b/addChannel?channel=${phone.channelId}`);
    const playback = await bench.rest('POST', '/bridges/b/play?media=sound:beep');
    expect(playback.body.target_uri).toBe('bridge:b');
    await app.waitFor('PlaybackFinished');
    expect(phone.heard).toEqual(['sound:beep']);
    expect((await bench.rest('GET', '/bridges/b')).body.channels).toEqual([phone.channelId]);
  });
});

describe('a recording', () => {
  it('becomes a file that lasts as long as it was made', async () => {
    await using world = await stage();
    const { bench, app } = world;
    const started = await bench.rest('POST', '/channels/c/record?name=r&format=wav&maxSilenceSeconds=60');
    expect(started.headers.get('location')).toBe('/ari/recordings/live/r');
    bench.asterisk.advance(3000);
    await bench.rest('POST', '/recordings/live/r/pause');
    bench.asterisk.advance(5000);
    await bench.rest('DELETE', '/recordings/live/r/pause');
    bench.asterisk.advance(1500);
    await bench.rest('POST', '/recordings/live/r/stop');
    expect(await app.waitFor('RecordingFinished')).toMatchObject({
      recording: { state: 'done', duration: 4, talking_duration: 0, silence_duration: 4 },
    });
    expect((await bench.rest('GET', '/recordings/stored/r')).body).toEqual({ name: 'r', format: 'wav' });
    const file = await fetch(`${bench.asterisk.url}/ari/recordings/stored/r/file`, {
      headers: { Authorization: bench.authorization },
    });
    const bytes = Buffer.from(await file.arrayBuffer());
    expect(bytes.toString('latin1', 0, 4)).toBe('RIFF');
    expect(bytes.length).toBe(44 + 4500 * 16);
    expect((await bench.rest('GET', '/recordings/live/r')).status).toBe(404);
  });

  it.each([
    ['the key it waits for', 'terminateOn=%23', (phone: { press(keys: string): unknown }) => phone.press('1#')],
    ['any key', 'terminateOn=any', (phone: { press(keys: string): unknown }) => phone.press('1')],
  ])('ends upon %s', async (_what, query, act) => {
    await using bench = await Bench.start();
    const app = await bench.app('a');
    const phone = bench.asterisk.call({ to: 'stasis-a' });
    await app.waitFor('StasisStart');
    await bench.rest('POST', `/channels/${phone.channelId}/answer`);
    await bench.rest('POST', `/channels/${phone.channelId}/record?name=r&format=wav&${query}`);
    await app.waitFor('RecordingStarted');
    act(phone);
    await app.waitFor('RecordingFinished');
  });

  it.each([
    ['maxDurationSeconds=5', 5],
    ['maxSilenceSeconds=3', 3],
  ])('ends by itself with %s', async (query, seconds) => {
    await using world = await stage();
    await world.bench.rest('POST', `/channels/c/record?name=r&format=wav&${query}`);
    world.bench.asterisk.advance(seconds * 1000);
    expect(await world.app.waitFor('RecordingFinished')).toMatchObject({ recording: { duration: seconds } });
  });

  it('that is canceled leaves no file', async () => {
    await using world = await stage();
    await world.bench.rest('POST', '/channels/c/record?name=r&format=wav');
    await world.bench.rest('DELETE', '/recordings/live/r');
    expect(await world.app.waitFor('RecordingFinished')).toMatchObject({ recording: { state: 'done' } });
    expect((await world.bench.rest('GET', '/recordings/stored')).body).toEqual([]);
  });

  it('is not made of a channel in a bridge', async () => {
    await using world = await stage();
    await world.bench.rest('POST', '/bridges/b');
    await world.bench.rest('POST', '/bridges/b/addChannel?channel=c');
    await world.bench.rest('POST', '/channels/c/record?name=r&format=wav');
    expect(await world.app.waitFor('RecordingFailed')).toMatchObject({
      recording: { state: 'failed', cause: 'Cannot record channel while in bridge' },
    });
  });

  it.each([
    ['name=r&format=nosuch', 422, 'specified format is unknown on this system'],
    ['name=r&format=wav&terminateOn=x', 400, 'terminateOn invalid'],
    ['name=r&format=wav&ifExists=x', 400, 'ifExists invalid'],
    ['name=r&format=wav&maxDurationSeconds=-1', 400, 'max_duration_seconds cannot be negative'],
    ['name=there&format=wav', 409, "Recording 'there' already exists and can not be overwritten"],
    ['name=../../x&format=wav', 500, 'Error parsing request'],
  ])('with %s is refused', async (query, status, message) => {
    await using world = await stage({ recordings: { there: Buffer.alloc(44) } });
    expect(await world.bench.rest('POST', `/channels/c/record?${query}`)).toMatchObject({ status, body: { message } });
  });

  it('is added to one that is there', async () => {
    await using world = await stage({ recordings: { there: Buffer.alloc(44 + 16_000) } });
    await world.bench.rest('POST', '/channels/c/record?name=there&format=wav&ifExists=append');
    world.bench.asterisk.advance(1000);
    await world.bench.rest('POST', '/recordings/live/there/stop');
    await world.bench.rest('POST', '/channels/c/play/p?media=recording:there');
    world.bench.asterisk.advance(1999);
    expect((await world.bench.rest('GET', '/playbacks/p')).status).toBe(200);
    world.bench.asterisk.advance(1);
    expect((await world.bench.rest('GET', '/playbacks/p')).status).toBe(404);
  });
});

describe('stored recordings', () => {
  it('are listed, copied and deleted', async () => {
    await using bench = await Bench.start({ recordings: { one: Buffer.alloc(44) } });
    const copied = await bench.rest('POST', '/recordings/stored/one/copy?destinationRecordingName=sub%2Ftwo');
    expect(copied.body).toEqual({ name: 'sub/two', format: 'wav' });
    expect((await bench.rest('POST', '/recordings/stored/one/copy?destinationRecordingName=sub%2Ftwo')).status).toBe(
      409,
    );
    expect((await bench.rest('GET', '/recordings/stored/sub%2Ftwo')).status).toBe(200);
    expect((await bench.rest('DELETE', '/recordings/stored/sub%2Ftwo')).status).toBe(204);
    expect((await bench.rest('GET', '/recordings/stored')).body).toEqual([{ name: 'one', format: 'wav' }]);
  });
});
