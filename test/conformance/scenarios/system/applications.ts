import { expect, vi } from 'vitest';
import { dialplanChannel, enterStasis } from '../../actors.js';
import { Ear, expectRaw, expectRefusal } from '../../expectations.js';
import { patience, type Scenario } from '../../world.js';

export const applications: readonly Scenario[] = [
  {
    area: 'applications',
    name: 'what a client has left in an application is told to the next one that is started for it',
    async run(world) {
      const { app, connect } = world;
      const [left, name] = [await connect(), `${app}-left`];
      await left.start(name);
      const channel = await enterStasis({ ...world, client: left, app: name });
      const bridge = await left.bridges.create({ type: 'mixing' });
      await bridge.addChannel({ channel });
      await left.close();
      const next = await connect();
      const told = next.waitFor('present', patience);
      await next.start(name);
      const notice = await told;
      expect(notice).toMatchObject({ apps: [name], bridges: [bridge.id] });
      // The other half of the Local channel is watched since it was originated.
      expect([...notice.channels].sort()).toEqual([channel.id, `${channel.id};2`]);
      const gone = next.channels.handle(channel.id).waitFor('StasisEnd', patience);
      await next.channels.hangup({ channelId: channel.id });
      await gone;
      await next.bridges.destroy({ bridgeId: bridge.id });
    },
  },
  {
    area: 'applications',
    name: 'with two applications that get everything, each happening can be heard once, or for one of them',
    async run(world) {
      const { app, connect } = world;
      const values = ['one', 'two', 'one'];
      const client = await connect();
      const [a, b] = [`${app}-a`, `${app}-b`];
      await client.start([a, b], { subscribeAll: true });
      const channel = await enterStasis({ ...world, client, app: a });
      const heard = { all: [] as string[], once: [] as string[], forB: [] as string[] };
      channel.on('ChannelVarset', (_channel, { value }) => heard.all.push(value));
      channel.on('ChannelVarset', (_channel, { value }) => heard.once.push(value), { distinct: true });
      channel.on('ChannelVarset', (_channel, { value }) => heard.forB.push(value), { application: b });
      for (const value of values) {
        await channel.setChannelVar({ variable: 'X', value });
      }
      await vi.waitFor(() => expect(heard.all).toHaveLength(6), patience.timeoutMs);
      expect(heard).toMatchObject({ once: values, forB: values });
      await client.channels.hangup({ channelId: channel.id });
    },
  },
  {
    area: 'applications',
    name: 'the application is listed; subscribing adds an event source, unsubscribing takes it away',
    async run({ client, app }) {
      expect((await client.applications.list()).map(({ name }) => name)).toContain(app);
      const application = await client.applications.get({ applicationName: app });
      const subscribed = await application.subscribe({ eventSource: ['endpoint:PJSIP/alice', 'deviceState:Stasis:x'] });
      expect(subscribed.endpoint_ids).toContain('PJSIP/alice');
      expect(subscribed.device_names).toContain('Stasis:x');
      const rest = await application.unsubscribe({ eventSource: 'deviceState:Stasis:x' });
      expect(rest.device_names).not.toContain('Stasis:x');
    },
  },
  {
    area: 'applications',
    name: 'what cannot be subscribed to is refused',
    async run({ client, app, raw }) {
      const application = client.applications.handle(app);
      const scheme = 'Invalid event source URI scheme';
      await expectRefusal(application.subscribe({ eventSource: 'nonsense' }), 400, scheme);
      for (const eventSource of ['channel:none', 'bridge:none', 'endpoint:PJSIP/none', 'endpoint:NoTech']) {
        await expectRefusal(application.subscribe({ eventSource }), 422, 'Event source does not exist');
        await expectRefusal(application.unsubscribe({ eventSource }), 422, 'Event source was not subscribed to');
      }
      const path = `/applications/${app}/subscription`;
      await expectRaw(raw('POST', path), 400, 'Missing parameter eventSource');
      await expectRaw(raw('DELETE', path), 400, 'Missing parameter eventSource');
      const nobody = client.applications.handle('no-such-app');
      await expectRefusal(nobody.get(), 404, 'Application not found');
      await expectRefusal(nobody.subscribe({ eventSource: 'channel:' }), 404, 'Application not found');
      await expectRefusal(nobody.unsubscribe({ eventSource: 'channel:' }), 404, 'Application not found');
      await expectRefusal(nobody.filter({ filter: {} }), 404, 'Application not found');
    },
  },
  {
    area: 'applications',
    name: 'of several sources those before the one that does not exist are subscribed to',
    async run(world) {
      const { client, app } = world;
      const channel = await dialplanChannel(world);
      const both = client.applications.subscribe({ applicationName: app, eventSource: [channel, 'channel:none'] });
      await expectRefusal(both, 422, 'Event source does not exist');
      const { channel_ids } = await client.applications.get({ applicationName: app });
      expect(channel_ids).toEqual([channel.id]);
      await channel.hangup();
    },
  },
  {
    area: 'applications',
    name: 'a domain object may be the event source',
    async run(world) {
      const { client, app } = world;
      const channel = await enterStasis(world);
      const other = await client.applications.subscribe({ applicationName: app, eventSource: channel });
      expect(other.channel_ids).toContain(channel.id);
      await channel.hangup();
    },
  },
  {
    area: 'applications',
    name: 'subscribed twice is unsubscribed by two: until then events come once each',
    async run(world) {
      const { client, app } = world;
      const channel = await dialplanChannel(world);
      const application = client.applications.handle(app);
      await application.subscribe({ eventSource: channel });
      await application.subscribe({ eventSource: channel });
      const once = await application.unsubscribe({ eventSource: channel });
      expect(once.channel_ids).toContain(channel.id);
      const ear = new Ear(client);
      await channel.hangup();
      await ear.until('ChannelDestroyed');
      expect(ear.of('ChannelDestroyed').length).toBe(1);
    },
  },
  {
    area: 'applications',
    name: 'who gets everything gives up one kind after the other, and is forgotten when nobody is connected',
    // Asterisk 16 keeps one that is subscribed to all of a kind.
    since: 22,
    async run({ app, connect }) {
      const [all, name] = [await connect(), `${app}-all`];
      await all.start(name, { subscribeAll: true });
      const application = all.applications.handle(name);
      const { channel_ids } = await application.unsubscribe({ eventSource: 'channel:__AST_CHANNEL_ALL_TOPIC' });
      const { bridge_ids, endpoint_ids } = await application.unsubscribe({
        eventSource: ['bridge:__AST_BRIDGE_ALL_TOPIC', 'endpoint:__AST_ENDPOINT_ALL_TOPIC'],
      });
      const { device_names } = await application.unsubscribe({
        eventSource: 'deviceState:__AST_DEVICE_STATE_ALL_TOPIC',
      });
      expect({ channel_ids, bridge_ids, endpoint_ids, device_names }).toEqual({
        channel_ids: [],
        bridge_ids: [],
        endpoint_ids: [],
        device_names: [],
      });
      await application.subscribe({ eventSource: ['channel:', 'deviceState:'] });
      await all.close();
      const next = await connect();
      await expect.poll(async () => (await next.applications.list()).map((one) => one.name)).not.toContain(name);
    },
  },
  {
    area: 'applications',
    name: 'a channel in a bridge subscribes its application to it twice; hung up there, it leaves one of the two',
    async run(world) {
      const { client, app } = world;
      const application = client.applications.handle(app);
      const bridge = await client.bridges.create({ type: 'mixing' });
      const [stays, goes] = [await enterStasis(world), await enterStasis(world)];
      await bridge.addChannel({ channel: [stays, goes] });
      const ended = goes.waitFor('StasisEnd', patience);
      await goes.hangup();
      await ended;
      for (let left = 2; left >= 0; left -= 1) {
        const { bridge_ids } = await application.unsubscribe({ eventSource: bridge });
        expect(bridge_ids).toEqual(left === 0 ? [] : [bridge.id]);
      }
      await expectRefusal(application.unsubscribe({ eventSource: bridge }), 422, 'Event source was not subscribed to');
      await bridge.removeChannel({ channel: stays });
      await stays.hangup();
      await bridge.destroy();
    },
  },
  {
    area: 'applications',
    name: 'a channel outside the application is heard of when it is subscribed to, until it is no longer',
    async run(world) {
      const { client, app } = world;
      const application = client.applications.handle(app);
      const channel = await dialplanChannel(world);
      const ear = new Ear(client);
      await application.subscribe({ eventSource: channel });
      await application.unsubscribe({ eventSource: channel });
      const other = await dialplanChannel(world);
      await application.subscribe({ eventSource: other });
      await channel.hangup();
      await other.hangup();
      await ear.until('ChannelDestroyed', (event) => event.channel.id === other.id);
      expect(ear.of('ChannelDestroyed').map((event) => event.channel.id)).toEqual([other.id]);
      expect(ear.of('StasisStart')).toEqual([]);
    },
  },
  {
    area: 'applications',
    name: 'an empty id subscribes to everything of a kind',
    async run({ client, app, raw }) {
      const application = client.applications.handle(app);
      const sources = ['channel:', 'bridge:', 'endpoint:', 'deviceState:'];
      const all = await application.subscribe({ eventSource: sources });
      expect(all.toJSON()).toMatchObject({
        channel_ids: ['__AST_CHANNEL_ALL_TOPIC'],
        bridge_ids: ['__AST_BRIDGE_ALL_TOPIC'],
        endpoint_ids: ['__AST_ENDPOINT_ALL_TOPIC'],
        device_names: ['__AST_DEVICE_STATE_ALL_TOPIC'],
      });
      // There is no way back.
      for (const source of sources.slice(0, 3)) {
        const answer = raw('DELETE', `/applications/${app}/subscription?eventSource=${source}`);
        await expectRaw(answer, 501, 'Method not implemented');
      }
    },
  },
  {
    area: 'applications',
    name: 'who subscribes to all channels and bridges hears of what others do',
    async run(world) {
      const { client, app, connect } = world;
      await client.applications.subscribe({ applicationName: app, eventSource: ['channel:', 'bridge:'] });
      const ear = new Ear(client);
      const other = await connect();
      const bridge = await other.bridges.create({ type: 'mixing' });
      await bridge.destroy();
      await ear.until('BridgeDestroyed', (event) => event.bridge.id === bridge.id);
      expect(ear.types(bridge, 'BridgeCreated', 'BridgeDestroyed')).toEqual(['BridgeCreated', 'BridgeDestroyed']);
      const channel = await dialplanChannel({ ...world, client: other });
      await ear.until('ChannelCreated', (event) => event.channel.id === channel.id);
      await channel.hangup();
      await ear.until('ChannelDestroyed', (event) => event.channel.id === channel.id);
    },
  },
  {
    area: 'applications',
    name: 'an application that subscribes to all hears of calls that are not its own',
    async run(world) {
      const { app, connect } = world;
      const observer = await connect();
      const ear = new Ear(observer);
      await observer.start(`${app}-observer`, { subscribeAll: true });
      const channel = await enterStasis(world);
      await channel.hangup();
      await ear.until('ChannelDestroyed', (event) => event.channel.id === channel.id);
      const types = ear.types(channel, 'ChannelCreated', 'StasisStart', 'ChannelDestroyed');
      // Entering concerns the application that it enters alone.
      expect(types).toEqual(['ChannelCreated', 'ChannelDestroyed']);
    },
  },
  {
    area: 'applications',
    name: 'an event filter keeps events away, and is taken away by an empty one',
    async run(world) {
      const { client, app } = world;
      const filtered = await client.applications.filter({
        applicationName: app,
        filter: { disallowed: [{ type: 'ChannelVarset' }] },
      });
      expect(filtered.events_disallowed).toEqual([{ type: 'ChannelVarset' }]);
      const seen: string[] = [];
      client.on('*', ({ type }) => seen.push(type));
      const channel = await enterStasis(world);
      const ended = channel.waitFor('StasisEnd', patience);
      await channel.setChannelVar({ variable: 'UNSEEN', value: '1' });
      await channel.hangup();
      await ended;
      expect(seen).not.toContain('ChannelVarset');
      const open = await client.applications.filter({ applicationName: app, filter: {} });
      expect(open.events_disallowed).toEqual([]);
    },
  },
  {
    area: 'applications',
    name: 'a filter of allowed events lets nothing else through, and what is disallowed is that in any case',
    async run(world) {
      const { client, app } = world;
      const ear = new Ear(client);
      const application = client.applications.handle(app);
      const allowed = [{ type: 'StasisStart' }, { type: 'StasisEnd' }, { type: 'ChannelDestroyed' }];
      await application.filter({ filter: { allowed } });
      const both = await application.filter({ filter: { disallowed: [{ type: 'StasisEnd' }] } });
      expect(both.toJSON()).toMatchObject({ events_disallowed: [{ type: 'StasisEnd' }] });
      expect(both.events_allowed).toEqual(expect.arrayContaining(allowed));
      const channel = await enterStasis(world);
      await channel.setChannelVar({ variable: 'UNSEEN', value: '1' });
      await channel.hangup();
      await ear.until('ChannelDestroyed', (event) => event.channel.id === channel.id);
      expect(ear.types(channel, ...new Set(ear.events.map(({ type }) => type)))).toEqual([
        'StasisStart',
        'ChannelDestroyed',
      ]);
    },
  },
  {
    area: 'applications',
    name: 'a filter of the wrong shape is refused',
    async run({ app, raw }) {
      const path = `/applications/${app}/eventFilter`;
      const put = (body: unknown) => raw('PUT', path, { body });
      const message = 'Invalid format definition';
      for (const body of [{ allowed: 'text' }, { allowed: [{}] }, { disallowed: [{ type: 1 }] }]) {
        await expectRaw(put(body), 400, message);
      }
      const json = { 'Content-Type': 'application/json' };
      await expectRaw(raw('PUT', path, { body: 'null', headers: json }), 400, 'Error parsing request body');
      await expectRaw(put({ nonsense: [] }), 200);
      const list = await put([{ type: 'StasisStart' }]);
      expect(list.json).toMatchObject({
        events_allowed: [{ type: 'StasisStart' }],
        events_disallowed: [{ type: 'StasisStart' }],
      });
    },
  },
  {
    area: 'applications',
    name: "with eventFilter: 'auto' what is listened to is sent, nothing else, and all of it again after stop()",
    async run({ client, connect }) {
      const app = `filtered-${client.channels.handle().id}`;
      const own = await connect({ eventFilter: 'auto', validation: 'envelope' });
      const allowed = async (): Promise<string[]> => {
        const { events_allowed: list } = await client.applications.get({ applicationName: app });
        return (list as { type: string }[]).map(({ type }) => type);
      };
      const told = own.stream('ChannelDialplan');
      await own.start(app);
      const channel = own.channels.handle();
      const started = channel.waitFor('StasisStart', patience);
      await channel.originateWithId({ endpoint: 'Local/wait@default', app });
      await started;
      await vi.waitFor(async () => expect(await allowed()).toContain('ChannelDialplan'), patience.timeoutMs);
      expect(await allowed()).toContain('RESTResponse');
      expect(await allowed()).not.toContain('ChannelVarset');
      // Sent only once it is heard: the request waits until Asterisk lets the event through.
      const set = channel.waitFor('ChannelVarset', { ...patience, where: ({ variable }) => variable === 'COLOR' });
      await channel.setChannelVar({ variable: 'COLOR', value: 'red' });
      expect((await set).value).toBe('red');
      const destroyed = channel.waitFor('ChannelDestroyed', patience);
      await channel.hangup();
      await destroyed;
      await told.return();
      // The application stays for as long as it is subscribed to something.
      await client.applications.subscribe({ applicationName: app, eventSource: 'endpoint:PJSIP/alice' });
      await own.stop();
      expect(await allowed()).toEqual([]);
      await client.applications.unsubscribe({ applicationName: app, eventSource: 'endpoint:PJSIP/alice' });
    },
  },
];
