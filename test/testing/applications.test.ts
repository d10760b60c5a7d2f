import { describe, expect, it } from 'vitest';
import { Bench } from './support.js';

const subscribe = (source: string): string => `/applications/a/subscription?eventSource=${encodeURIComponent(source)}`;

describe('subscriptions', () => {
  it.each([
    ['channel:', { channel_ids: ['__AST_CHANNEL_ALL_TOPIC'] }],
    ['bridge:', { bridge_ids: ['__AST_BRIDGE_ALL_TOPIC'] }],
    ['endpoint:', { endpoint_ids: ['__AST_ENDPOINT_ALL_TOPIC'] }],
    ['deviceState:', { device_names: ['__AST_DEVICE_STATE_ALL_TOPIC'] }],
    ['endpoint:PJSIP', { endpoint_ids: ['PJSIP'] }],
    ['endpoint:PJSIP/alice,deviceState:Stasis:x', { endpoint_ids: ['PJSIP/alice'], device_names: ['Stasis:x'] }],
  ])('to %s are shown', async (source, shown) => {
    await using bench = await Bench.start();
    await bench.app('a');
    expect(await bench.rest('POST', subscribe(source))).toMatchObject({ status: 200, body: { name: 'a', ...shown } });
  });

  it.each([
    ['foo:bar', 400, 'Invalid event source URI scheme'],
    ['plain', 400, 'Invalid event source URI scheme'],
    ['channel:nosuch', 422, 'Event source does not exist'],
    ['endpoint:PJSIP/nosuch', 422, 'Event source does not exist'],
    ['channel:nosuch,foo:1', 422, 'Event source does not exist'],
  ])('to %s are refused', async (source, status, message) => {
    await using bench = await Bench.start();
    await bench.app('a');
    expect(await bench.rest('POST', subscribe(source))).toMatchObject({ status, body: { message } });
  });

  it('must be of somebody, to something, and there to be ended', async () => {
    await using bench = await Bench.start();
    expect(await bench.rest('POST', subscribe('channel:'))).toMatchObject({ status: 404 });
    await bench.app('a');
    expect(await bench.rest('POST', '/applications/a/subscription')).toMatchObject({
      status: 400,
      body: { message: 'Missing parameter eventSource' },
    });
    expect(await bench.rest('DELETE', subscribe('endpoint:PJSIP'))).toMatchObject({
      status: 422,
      body: { message: 'Event source was not subscribed to' },
    });
    await bench.rest('POST', subscribe('endpoint:PJSIP'));
    expect(await bench.rest('DELETE', subscribe('endpoint:PJSIP'))).toMatchObject({ body: { endpoint_ids: [] } });
  });

  it('count, except those to devices', async () => {
    await using bench = await Bench.start();
    await bench.app('a');
    const twice = async (source: string) => {
      await bench.rest('POST', subscribe(source));
      await bench.rest('POST', subscribe(source));
      const ends = [];
      for (let at = 0; at < 3; at += 1) ends.push((await bench.rest('DELETE', subscribe(source))).status);
      return ends;
    };
    expect(await twice('endpoint:PJSIP/alice')).toEqual([200, 200, 422]);
    expect(await twice('deviceState:Stasis:x')).toEqual([200, 422, 422]);
  });

  it('to all of a kind are taken back by the name that stands for all, those to devices without it', async () => {
    await using bench = await Bench.start();
    await bench.app('a');
    await bench.rest('POST', subscribe('channel:,deviceState:'));
    expect(await bench.rest('DELETE', subscribe('channel:'))).toMatchObject({
      status: 501,
      body: { message: 'Method not implemented' },
    });
    const answer = await bench.rest('DELETE', subscribe('deviceState:'));
    expect(answer.body).toMatchObject({ channel_ids: ['__AST_CHANNEL_ALL_TOPIC'], device_names: [] });
    const rest = await bench.rest('DELETE', subscribe('channel:__AST_CHANNEL_ALL_TOPIC'));
    expect(rest.body).toMatchObject({ channel_ids: [] });
    expect(await bench.rest('DELETE', subscribe('channel:'))).toMatchObject({
      status: 422,
      body: { message: 'Event source was not subscribed to' },
    });
  });

  it('decide who hears of what', async () => {
    await using bench = await Bench.start();
    const none = await bench.app('none');
    const all = await bench.app('all', '&subscribeAll=true');
    const bridges = await bench.app('a');
    await bench.rest('POST', subscribe('bridge:'));
    await bench.rest('POST', '/bridges/b1');
    await bench.rest('DELETE', '/bridges/b1');
    await all.waitFor('BridgeDestroyed');
    await bridges.waitFor('BridgeDestroyed');
    expect(all.types).toEqual(['BridgeCreated', 'BridgeDestroyed']);
    expect(bridges.types).toEqual(['BridgeCreated', 'BridgeDestroyed']);
    expect(none.types).toEqual([]);
  });

  it('to an endpoint bring the events of its channels', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('a');
    await bench.rest('POST', subscribe('endpoint:PJSIP/alice'));
    bench.asterisk.phone('alice').call('hello');
    await app.waitFor('ChannelStateChange');
    expect(app.types).toContain('ChannelCreated');
    expect(app.events.every((event) => event['channel'] === undefined || /PJSIP/.test(event['channel'].name))).toBe(
      true,
    );
  });

  it('end with what they are to', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('a');
    await bench.rest('POST', '/bridges/b1');
    await bench.rest('POST', subscribe('bridge:b1'));
    await bench.inStasis(app, 'a', 'c');
    await bench.rest('DELETE', '/bridges/b1');
    await bench.rest('DELETE', '/channels/c');
    await app.waitFor('ChannelDestroyed', (event) => event['channel'].id === 'c-far');
    expect((await bench.rest('GET', '/applications/a')).body).toMatchObject({ bridge_ids: [], channel_ids: [] });
  });
});

describe('the event filter', () => {
  it.each([
    [{ allowed: [{ type: 'ChannelUserevent' }] }, ['ChannelUserevent']],
    [{ disallowed: [{ type: 'ChannelUserevent' }] }, ['BridgeCreated']],
    [{ allowed: [{ type: 'BridgeCreated' }], disallowed: [{ type: 'BridgeCreated' }] }, []],
    [{}, ['BridgeCreated', 'ChannelUserevent']],
    [[{ type: 'BridgeCreated' }], []],
  ])('%j lets pass %j', async (filter, passed) => {
    await using bench = await Bench.start();
    const app = await bench.app('a', '&subscribeAll=true');
    const last = await bench.app('last', '&subscribeAll=true');
    expect((await bench.rest('PUT', '/applications/a/eventFilter', filter)).status).toBe(200);
    await bench.rest('POST', '/bridges/b1');
    await bench.rest('POST', '/events/user/x?application=a');
    await bench.rest('POST', '/events/user/y?application=last');
    await last.waitFor('ChannelUserevent');
    expect(app.types).toEqual(passed);
  });

  it('keeps what a request does not speak of, and holds what was right before the wrong part', async () => {
    await using bench = await Bench.start();
    await bench.app('a');
    const put = async (body?: unknown) => bench.rest('PUT', '/applications/a/eventFilter', body);
    await put({ allowed: [{ type: 'X' }] });
    expect((await put({ disallowed: [{ type: 'Y' }] })).body).toMatchObject({
      events_allowed: [{ type: 'X' }],
      events_disallowed: [{ type: 'Y' }],
    });
    expect(await put({ disallowed: [{ type: 'Q' }], allowed: [3] })).toMatchObject({
      status: 400,
      body: { message: 'Invalid format definition' },
    });
    expect((await put({ other: 1 })).body).toMatchObject({ events_disallowed: [{ type: 'Q' }] });
    expect((await put({ allowed: null })).status).toBe(400);
    expect((await put()).body).toMatchObject({ events_allowed: [], events_disallowed: [] });
  });
});

describe('user events', () => {
  it('carry what they are about and what they say', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('a');
    const body = { application: 'a', source: ['endpoint:PJSIP/alice', 'endpoint:PJSIP/bob'], variables: { x: [1] } };
    expect((await bench.rest('POST', '/events/user/ev', body)).status).toBe(204);
    expect(await app.waitFor('ChannelUserevent')).toMatchObject({
      eventname: 'ev',
      userevent: { x: [1], eventname: 'ev' },
      endpoint: { resource: 'bob' },
    });
  });

  it.each([
    ['', 400, 'Missing parameter application'],
    ['?application=nosuch', 404, 'Application not found'],
    ['?application=a&source=deviceState:x', 400, 'Invalid event source URI scheme'],
    ['?application=a&source=channel:nosuch', 422, 'Event source was not found'],
  ])('with %s are refused', async (query, status, message) => {
    await using bench = await Bench.start();
    await bench.app('a');
    expect(await bench.rest('POST', `/events/user/ev${query}`)).toMatchObject({ status, body: { message } });
  });
});
