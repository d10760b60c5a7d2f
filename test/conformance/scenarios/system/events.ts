import { expect } from 'vitest';
import { enterStasis } from '../../actors.js';
import { Ear, expectRaw, expectRefusal } from '../../expectations.js';
import { patience, type Scenario } from '../../world.js';

export const events: readonly Scenario[] = [
  {
    area: 'events',
    name: 'a user event reaches the application with its variables and its channel',
    async run(world) {
      const { client, app } = world;
      const channel = await enterStasis(world);
      const heard = channel.waitFor('ChannelUserevent', patience);
      await client.events.userEvent({
        eventName: 'lunch',
        application: app,
        source: channel,
        variables: { menu: 'soup', price: 3 },
      });
      const event = await heard;
      expect(event.eventname).toBe('lunch');
      expect(event.userevent).toEqual({ eventname: 'lunch', menu: 'soup', price: 3 });
      await channel.hangup();
    },
  },
  {
    area: 'events',
    name: 'a user event may concern nothing, a bridge, or an endpoint',
    async run({ client, app }) {
      const ear = new Ear(client);
      const bridge = await client.bridges.create({ type: 'mixing' });
      const send = (eventName: string, source?: string | string[]) =>
        client.events.userEvent({ eventName, application: app, source });
      await send('bare');
      await send('bridged', `bridge:${bridge.id}`);
      await send('both', [`bridge:${bridge.id}`, 'endpoint:PJSIP/alice']);
      await ear.until('ChannelUserevent', ({ eventname }) => eventname === 'both');
      const told = ear.of('ChannelUserevent').map((event) => ({
        name: event.eventname,
        channel: event.channel?.id,
        bridge: event.bridge?.id,
        endpoint: event.endpoint?.resource,
      }));
      expect(told).toEqual([
        { name: 'bare', channel: undefined, bridge: undefined, endpoint: undefined },
        { name: 'bridged', channel: undefined, bridge: bridge.id, endpoint: undefined },
        { name: 'both', channel: undefined, bridge: bridge.id, endpoint: 'alice' },
      ]);
      await bridge.destroy();
    },
  },
  {
    area: 'events',
    name: 'a user event without an application, or of nothing that there is, is refused',
    async run({ app, raw }) {
      const send = (query: string, body?: object) => raw('POST', `/events/user/lunch${query}`, { body });
      await expectRaw(send(''), 400, 'Missing parameter application');
      await expectRaw(send('?application=no-such-app'), 404, 'Application not found');
      await expectRaw(send(`?application=${app}&source=nonsense`), 400, 'Invalid event source URI scheme');
      await expectRaw(send(`?application=${app}&source=deviceState:Stasis:x`), 400, 'Invalid event source URI scheme');
      for (const source of ['channel:none', 'bridge:none', 'endpoint:PJSIP/none']) {
        await expectRaw(send(`?application=${app}&source=${source}`), 422, 'Event source was not found');
      }
      await expectRaw(send(`?application=${app}`, { variables: 'text' }), 500, 'Error processing request');
    },
  },
  {
    area: 'events',
    name: 'a broadcast call is claimed by the first application that asks for it',
    since: 22,
    async run({ client, app }) {
      const caller = client.channels.handle();
      const ear = new Ear(client);
      await caller.originateWithId({ endpoint: 'Local/broadcast@default', context: 'default', extension: 'wait' });
      const { channel, called } = await ear.until('CallBroadcast');
      expect(called).toBe('broadcast');
      await client.events.claimChannel({ channelId: channel, application: app });
      const { args } = await ear.until('StasisStart', (event) => event.channel.id === channel.id);
      expect(args).toEqual(['a', 'b']);
      expect((await ear.until('CallClaimed')).winner_app).toBe(app);
      await expect(client.events.claimChannel({ channelId: channel, application: app })).rejects.toMatchObject({
        status: expect.toSatisfy((status: number) => status === 409 || status === 404) as number,
      });
      await caller.hangup();
    },
  },
  {
    area: 'events',
    name: 'a broadcast call that nobody claims goes on in the dialplan',
    since: 22,
    async run({ client, app }) {
      const ear = new Ear(client);
      const caller = client.channels.handle();
      await caller.originateWithId({ endpoint: 'Local/broadcast@default/n', context: 'default', extension: 'wait' });
      const { channel } = await ear.until('CallBroadcast');
      await client.applications.subscribe({ applicationName: app, eventSource: channel });
      const status = await ear.until(
        'ChannelVarset',
        ({ variable, value }) => variable === 'STASISSTATUS' && value !== '',
      );
      expect(status.value).toBe('TIMEOUT');
      const late = client.events.claimChannel({ channelId: channel, application: app });
      await expectRefusal(late, 404, 'Channel not found or not in broadcast state');
      await ear.until('ChannelDestroyed', (event) => event.channel.id === channel.id);
    },
  },
  {
    area: 'events',
    name: 'a broadcast call that is given up by who made it ends without a cause, claimed by nobody',
    since: 22,
    async run({ client, app }) {
      const ear = new Ear(client);
      const call = client.channels.handle();
      await call.originateWithId({ endpoint: 'Local/broadcast@default/n', app });
      const { channel } = await ear.until('CallBroadcast', (event) => event.channel.name.endsWith(';2'));
      await call.hangup({ reason: 'busy' });
      const { cause } = await ear.until('ChannelDestroyed', (event) => event.channel.id === channel.id);
      expect(cause).toBe(0);
      const status = ear.of('ChannelVarset').filter(({ variable }) => variable === 'STASISSTATUS');
      expect(status.map(({ value }) => value)).toEqual(['', 'TIMEOUT']);
    },
  },
  {
    area: 'events',
    name: 'a claim without what it takes, or of a call that is not offered, is refused',
    since: 22,
    async run(world) {
      const { client, app, raw } = world;
      await expectRaw(raw('POST', '/events/claim'), 400, 'channelId parameter is required');
      await expectRaw(raw('POST', '/events/claim?channelId=any'), 400, 'application parameter is required');
      const none = client.events.claimChannel({ channelId: 'no-such-channel', application: app });
      await expectRefusal(none, 404, 'Channel not found or not in broadcast state');
      const channel = await enterStasis(world);
      const entered = client.events.claimChannel({ channelId: channel, application: app });
      await expectRefusal(entered, 404, 'Channel not found or not in broadcast state');
      await channel.hangup();
    },
  },
];
