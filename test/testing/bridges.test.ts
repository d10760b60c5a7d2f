import { describe, expect, it } from 'vitest';
import { Bench, type WireApp } from './support.js';

async function withChannels(bench: Bench, ...ids: string[]): Promise<WireApp> {
  const app = await bench.app('a');
  for (const id of ids) await bench.inStasis(app, 'a', id);
  await bench.rest('POST', '/bridges/b?type=mixing&name=n');
  return app;
}

describe('a bridge', () => {
  it.each([
    ['', 'mixing', 'simple_bridge', 'talker'],
    ['mixing', 'mixing', 'simple_bridge', 'talker'],
    ['holding', 'holding', 'holding_bridge', 'talker'],
    ['mixing,dtmf_events,proxy_media', 'mixing', 'simple_bridge', 'talker'],
    ['mixing,video_sfu', 'mixing', 'softmix', 'sfu'],
  ])('of type %j', async (type, bridge_type, technology, video_mode) => {
    await using bench = await Bench.start();
    const answer = await bench.rest('POST', `/bridges?type=${type}`);
    expect(answer.body).toMatchObject({ bridge_type, technology, video_mode, bridge_class: 'stasis', channels: [] });
    expect((await bench.rest('GET', `/bridges/${answer.body.id}`)).body).toEqual(answer.body);
  });

  it('changes its technology with the number of its channels', async () => {
    await using bench = await Bench.start();
    const app = await withChannels(bench, 'c1', 'c2', 'c3');
    await bench.rest('POST', '/bridges/b/addChannel?channel=c1,c2');
    expect((await bench.rest('GET', '/bridges/b')).body).toMatchObject({ technology: 'simple_bridge' });
    await bench.rest('POST', '/bridges/b/addChannel', { channel: ['c3'] });
    expect((await bench.rest('GET', '/bridges/b')).body).toMatchObject({
      technology: 'softmix',
      channels: ['c1', 'c2', 'c3'],
    });
    await bench.rest('POST', '/bridges/b/removeChannel?channel=c2');
    expect((await bench.rest('GET', '/bridges/b')).body).toMatchObject({ technology: 'simple_bridge' });
    expect(app.types.filter((type) => type.endsWith('Bridge'))).toEqual([
      'ChannelEnteredBridge',
      'ChannelEnteredBridge',
      'ChannelEnteredBridge',
      'ChannelLeftBridge',
    ]);
  });

  it('takes a channel from another one', async () => {
    await using bench = await Bench.start();
    const app = await withChannels(bench, 'c1');
    await bench.rest('POST', '/bridges/other');
    await bench.rest('POST', '/bridges/b/addChannel?channel=c1');
    await bench.rest('POST', '/bridges/other/addChannel?channel=c1');
    const moves = app.events.filter(({ type }) => type.endsWith('Bridge'));
    expect(moves.map((event) => [event.type, event['bridge'].id])).toEqual([
      ['ChannelEnteredBridge', 'b'],
      ['ChannelLeftBridge', 'b'],
      ['ChannelEnteredBridge', 'other'],
    ]);
  });

  it('tells its channels who the others are', async () => {
    await using bench = await Bench.start();
    const app = await withChannels(bench, 'c1', 'c2');
    await bench.rest('POST', '/bridges/b/addChannel?channel=c1,c2');
    await app.waitFor('ChannelVarset', (event) => event['variable'] === 'BRIDGEPEER' && event['channel'].id === 'c2');
    const name = (await bench.rest('GET', '/channels/c1')).body.name;
    expect((await bench.rest('GET', '/channels/c2/variable?variable=BRIDGEPEER')).body).toEqual({ value: name });
  });

  it('passes digits on, unless it is told not to', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('a');
    const [alice, bob] = [bench.asterisk.phone('alice'), bench.asterisk.phone('bob')];
    alice.call('stasis-a');
    bob.call('stasis-a');
    await bench.rest('POST', '/bridges/b');
    await app.waitFor('StasisStart', (event) => event['channel'].id === bob.channelId);
    for (const phone of [alice, bob]) await bench.rest('POST', `/channels/${phone.channelId}/answer`);
    await bench.rest('POST', `/bridges/b/addChannel?channel=${alice.channelId}`);
    await bench.rest('POST', `/bridges/b/addChannel?channel=${bob.channelId}&absorbDTMF=true`);
    alice.press('12');
    bob.press('34');
    expect([alice.digits, bob.digits]).toEqual(['', '12']);
  });

  it('names the others in the order of Asterisk, and introduces two that are left alone', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('a');
    for (const id of ['1', '2', '3']) {
      const query = `endpoint=Local/wait@default&app=a&channelId=c${id}&callerId=N${id}<${id}>`;
      await bench.rest('POST', `/channels?${query}`);
      await app.waitFor('StasisStart', (event) => event['channel'].id === `c${id}`);
    }
    await bench.rest('POST', '/bridges/b');
    await bench.rest('POST', '/bridges/b/addChannel?channel=c1,c2,c3');
    const names = await Promise.all(
      ['c1', 'c2', 'c3'].map(async (id) => (await bench.rest('GET', `/channels/${id}`)).body.name as string),
    );
    const peers = async (id: string): Promise<string> =>
      (await bench.rest('GET', `/channels/${id}/variable?variable=BRIDGEPEER`)).body.value;
    expect(await peers('c3')).toBe(`${names[0]},${names[1]}`);
    expect(await peers('c1')).toBe(`${names[2]},${names[1]}`);
    expect((await bench.rest('GET', '/channels/c2')).body.connected).toEqual({ name: 'N1', number: '1' });
    await bench.rest('POST', '/bridges/b/removeChannel?channel=c1');
    expect((await bench.rest('GET', '/channels/c2')).body.connected).toEqual({ name: 'N3', number: '3' });
    expect((await bench.rest('GET', '/channels/c3')).body.connected).toEqual({ name: 'N2', number: '2' });
  });

  it('is left and entered anew by a channel that is added once more', async () => {
    await using bench = await Bench.start();
    const app = await withChannels(bench, 'c1');
    await bench.rest('POST', '/bridges/b/addChannel?channel=c1');
    await bench.rest('POST', '/bridges/b/addChannel?channel=c1');
    expect(app.types.filter((type) => type.endsWith('Bridge'))).toEqual([
      'ChannelEnteredBridge',
      'ChannelLeftBridge',
      'ChannelEnteredBridge',
    ]);
  });

  it('shows the video of one channel, until that one leaves', async () => {
    await using bench = await Bench.start();
    const app = await withChannels(bench, 'c1');
    await bench.rest('POST', '/bridges/b/addChannel?channel=c1');
    expect((await bench.rest('POST', '/bridges/b/videoSource/c1')).status).toBe(204);
    expect((await bench.rest('GET', '/bridges/b')).body).toMatchObject({ video_mode: 'single', video_source_id: 'c1' });
    await bench.rest('POST', '/bridges/b/removeChannel?channel=c1');
    await app.waitFor('ChannelLeftBridge');
    const changes = app.events.filter(({ type }) => type === 'BridgeVideoSourceChanged');
    expect(changes).toMatchObject([
      { bridge: { video_source_id: 'c1' } },
      { old_video_source_id: 'c1', bridge: { video_mode: 'talker' } },
    ]);
  });

  it.each(['foo', 'holding,mixing', 'dtmf_events'])('cannot be of type %s', async (type) => {
    await using bench = await Bench.start();
    expect(await bench.rest('POST', `/bridges?type=${type}`)).toMatchObject({
      status: 500,
      body: { message: "Unable to create bridge. Possible duplicate bridge id '(null)'" },
    });
  });

  it('is left by a channel that is hung up, and frees its channels when it is destroyed', async () => {
    await using bench = await Bench.start();
    const app = await withChannels(bench, 'c1', 'c2');
    await bench.rest('POST', '/bridges/b/addChannel?channel=c1,c2');
    await bench.rest('DELETE', '/channels/c1');
    await app.waitFor('ChannelLeftBridge', (event) => event['channel'].id === 'c1');
    await bench.rest('DELETE', '/bridges/b');
    await app.waitFor('ChannelLeftBridge', (event) => event['channel'].id === 'c2');
    expect((await bench.rest('GET', '/channels/c2')).body.state).toBe('Up');
    expect((await bench.rest('GET', '/bridges/b')).status).toBe(404);
  });

  it.each([
    ['POST', '/nosuch/addChannel?channel=c', 404, 'Bridge not found'],
    ['POST', '/b/addChannel', 400, 'Missing parameter channel'],
    ['POST', '/b/addChannel?channel=', 400, 'Missing parameter channel'],
    ['POST', '/b/addChannel?channel=nosuch', 400, 'Channel not found'],
    ['POST', '/b/addChannel?channel=c1-far', 422, 'Channel not in Stasis application'],
    ['POST', '/b/removeChannel?channel=c1', 422, 'Channel not in this bridge'],
    ['POST', '/b/videoSource/c1', 422, 'Channel not in this bridge'],
    ['DELETE', '/b/moh', 409, "Bridge isn't playing music"],
    ['POST', '/b/record?name=r&format=nosuch', 422, 'specified format is unknown on this system'],
    ['POST', '/b', 409, "Bridge with id 'b' already exists"],
    ['GET', '/b/variable?variable=nosuch', 404, 'Provided variable was not found'],
    ['POST', '/b/variables', 400, "The 'variables' field is required"],
  ])('answers %s %s with %i', async (method, path, status, message) => {
    await using bench = await Bench.start();
    await withChannels(bench, 'c1');
    expect(await bench.rest(method, `/bridges${path}`)).toMatchObject({ status, body: { message } });
  });

  it('is not joined by a channel that is being recorded', async () => {
    await using bench = await Bench.start();
    const app = await withChannels(bench, 'c1');
    await bench.rest('POST', '/channels/c1/record?name=r&format=wav');
    await app.waitFor('RecordingStarted');
    expect(await bench.rest('POST', '/bridges/b/addChannel?channel=c1')).toMatchObject({
      status: 409,
      body: { message: 'Channel c1 currently recording' },
    });
  });
});

describe('variables of a bridge', () => {
  it('are set, read and shown', async () => {
    await using bench = await Bench.start();
    const variables = { A: { value: '1', report_events: true }, B: '2' };
    const bridge = await bench.rest('POST', '/bridges/b', { name: 'n', variables });
    expect(bridge.body).toMatchObject({ name: 'n', bridgevars: { A: '1' } });
    await bench.rest('POST', '/bridges/b/variable?variable=C&value=3');
    expect((await bench.rest('GET', '/bridges/b/variables?variables=A,B,%20C')).body).toEqual({
      variables: { A: '1', B: '2', C: '3' },
    });
  });

  it('are all that the body of POST /bridges says, as in Asterisk', async () => {
    await using bench = await Bench.start();
    const bridge = await bench.rest('POST', '/bridges', { type: 'holding', name: 'x' });
    expect(bridge.body).toMatchObject({ bridge_type: 'holding', name: 'x' });
    expect((await bench.rest('GET', `/bridges/${bridge.body.id}/variable?variable=name`)).body).toEqual({ value: 'x' });
    const refused = await bench.rest('POST', '/bridges?bridgeId=left', { variables: { A: '1' } });
    expect(refused.status).toBe(400);
    expect((await bench.rest('GET', '/bridges/left')).status).toBe(200);
  });
});
