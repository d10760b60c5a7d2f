import { describe, expect, it } from 'vitest';
import { Bench } from './support.js';

describe('a call through an application', () => {
  it('has the events of Asterisk, in its order', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('flow');
    const answer = await bench.rest('POST', '/channels?endpoint=Local/echo@default&app=flow&appArgs=x,y&channelId=c1');
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ id: 'c1', state: 'Down', dialplan: { app_name: 'AppDial2' } });
    await app.waitFor('StasisStart');
    // The far end goes on after that.
    const events = app.events.slice(0, 7);
    expect(events.map((event) => [event.type, (event['channel'] ?? event['peer']).id])).toEqual([
      ['Dial', 'c1'],
      ['ChannelDialplan', 'c1;2'],
      ['ChannelStateChange', 'c1;2'],
      ['ChannelStateChange', 'c1'],
      ['Dial', 'c1'],
      ['ChannelVarset', 'c1'],
      ['StasisStart', 'c1'],
    ]);
    expect(events.at(-1)).toMatchObject({
      type: 'StasisStart',
      application: 'flow',
      args: ['x', 'y'],
      asterisk_id: expect.stringMatching(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/),
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/),
      channel: { id: 'c1', state: 'Up', dialplan: { app_name: 'Stasis', app_data: 'flow,x,y' } },
    });
  });

  it('goes on from a prompt to a key, a bridge, a recording and the end', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('flow');
    const caller = bench.asterisk.call({ to: 'stasis-flow', from: 'Alice <501>' });
    const { channel } = await app.waitFor('StasisStart');
    expect(channel).toMatchObject({ state: 'Ring', caller: { name: 'Alice', number: '501' } });

    expect((await bench.rest('POST', `/channels/${channel.id}/answer`)).status).toBe(204);
    expect(caller.state).toBe('talking');

    const played = await bench.rest('POST', `/channels/${channel.id}/play/p1?media=sound:hello-world`);
    expect(played.headers.get('location')).toBe('/ari/playbacks/p1');
    await app.waitFor('PlaybackFinished');
    expect(caller.heard).toEqual(['sound:hello-world']);

    caller.press('1#');
    await app.waitFor('ChannelDtmfReceived', (event) => event['digit'] === '#');

    await bench.rest('POST', '/bridges/b1?type=mixing');
    await bench.rest('POST', `/bridges/b1/addChannel?channel=${channel.id}`);
    await app.waitFor('ChannelEnteredBridge');
    await bench.rest('POST', `/bridges/b1/removeChannel?channel=${channel.id}`);
    await app.waitFor('ChannelLeftBridge');

    await bench.rest('POST', `/channels/${channel.id}/record?name=r1&format=wav`);
    bench.asterisk.advance(2500);
    await bench.rest('POST', '/recordings/live/r1/stop');
    expect(await app.waitFor('RecordingFinished')).toMatchObject({ recording: { state: 'done', duration: 2 } });

    caller.hangup();
    await app.waitFor('StasisEnd');
    expect(app.types.slice(-2)).toEqual(['ChannelHangupRequest', 'StasisEnd']);
    expect(bench.asterisk.channelIds).toEqual([]);
  });

  it('rings a telephone and is answered by it', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('flow');
    const alice = bench.asterisk.phone('alice');
    await bench.rest('POST', '/channels?endpoint=PJSIP/alice&app=flow&channelId=out');
    await alice.rings();
    expect(alice.channelId).toBe('out');
    alice.answer();
    await app.waitFor('StasisStart');
    expect(app.events.filter(({ type }) => type === 'Dial').map((event) => event['dialstatus'])).toEqual([
      '',
      'RINGING',
      'ANSWER',
    ]);
    await bench.rest('DELETE', '/channels/out?reason=busy');
    await alice.ended();
    expect(alice.hangupCause).toBe(17);
  });

  it.each([
    ['busy', 'BUSY', 17, 486],
    ['decline', 'NOANSWER', 21, 603],
  ] as const)('ends when the telephone is set to %s', async (manner, status, cause, tech_cause) => {
    await using bench = await Bench.start();
    const app = await bench.app('flow');
    bench.asterisk.phone('alice').manner = manner;
    await bench.rest('POST', '/channels?endpoint=PJSIP/alice&app=flow');
    await app.waitFor('Dial', (event) => event['dialstatus'] === status);
    expect(await app.waitFor('ChannelDestroyed')).toMatchObject({ cause, tech_cause });
    expect(bench.asterisk.channelIds).toEqual([]);
  });

  it('gives up when nobody answers in time', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('flow');
    await bench.rest('POST', '/channels?endpoint=Local/ring@default&app=flow&timeout=20&channelId=o');
    await app.waitFor('Dial', (event) => event['dialstatus'] === 'RINGING');
    bench.asterisk.advance(19_000);
    expect(bench.asterisk.channelIds).toContain('o');
    bench.asterisk.advance(1000);
    expect(await app.waitFor('ChannelDestroyed', (event) => event['channel'].id === 'o')).toMatchObject({
      cause: 19,
      cause_txt: 'User alerting, no answer',
    });
  });

  it('fails silently at an extension that does not exist', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('flow');
    const answer = await bench.rest('POST', '/channels?endpoint=Local/nosuch@default&app=flow&channelId=n');
    expect(answer.status).toBe(200);
    await app.waitFor('ChannelDestroyed', (event) => event['channel'].id === 'n');
    expect(app.types).toEqual(['ChannelDestroyed', 'ChannelDestroyed']);
  });
});
