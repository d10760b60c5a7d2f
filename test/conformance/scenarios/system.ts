import {
  AriConnectionError,
  BadRequestError,
  ConflictError,
  ForbiddenError,
  NotFoundError,
  UnauthorizedError,
  UnprocessableEntityError,
  UnsupportedOperationError,
} from 'asterisk-ari';
import { expect } from 'vitest';
import { enterStasis, patience, type Scenario } from '../world.js';

export const system: readonly Scenario[] = [
  {
    area: 'connect',
    name: 'a wrong password is said to be wrong, and is not repeated',
    async run({ connect, server }) {
      const error = await connect({ password: 'not-the-password' }).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(UnauthorizedError);
      expect(String(error)).toContain(server.username);
      expect(JSON.stringify(error) + String(error)).not.toContain('not-the-password');
    },
  },
  {
    area: 'connect',
    name: 'a server that is not there is said to be missing',
    async run({ connect }) {
      const error = await connect({ url: 'http://127.0.0.1:9/' }).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(AriConnectionError);
      expect(error).toMatchObject({ delivery: 'notSent' });
      expect(String(error)).toContain('http://127.0.0.1:9/');
    },
  },
  {
    area: 'connect',
    name: 'a server without ARI at the URL is told from one that refuses',
    async run({ connect, server }) {
      await expect(connect({ url: `${server.url}elsewhere/` })).rejects.toThrow(/has no ARI/);
    },
  },
  {
    area: 'connect',
    name: 'a user that may only read may not write',
    async run({ connect, server }) {
      const reader = await connect(server.readOnly);
      await reader.channels.list();
      await expect(reader.bridges.create({ type: 'mixing' })).rejects.toThrow(ForbiddenError);
    },
  },
  {
    area: 'asterisk',
    name: 'info, ping, modules and log channels are read',
    async run({ client, server }) {
      const info = await client.asterisk.getInfo();
      expect(info.system?.version).toMatch(new RegExp(`^${server.major}\\.`));
      expect((await client.asterisk.ping()).ping).toBe('pong');
      const modules = await client.asterisk.listModules();
      expect(modules.map(({ name }) => name)).toContain('res_stasis.so');
      expect((await client.asterisk.getModule({ moduleName: 'res_stasis.so' })).name).toBe('res_stasis.so');
      await expect(client.asterisk.getModule({ moduleName: 'res_none.so' })).rejects.toThrow(NotFoundError);
      expect(Array.isArray(await client.asterisk.listLogChannels())).toBe(true);
    },
  },
  {
    area: 'asterisk',
    name: 'a module is unloaded and loaded again',
    async run({ client }) {
      const module = client.asterisk.moduleHandle('app_echo.so');
      await module.loadModule().catch((error: unknown) => expect(error).toBeInstanceOf(ConflictError));
      await module.unloadModule();
      await expect(module.getModule()).rejects.toThrow(NotFoundError);
      await module.loadModule();
      expect((await module.getModule()).name).toBe('app_echo.so');
      await module.reloadModule().catch((error: unknown) => expect(error).toBeInstanceOf(ConflictError));
    },
  },
  {
    area: 'asterisk',
    name: 'global variables are set and read; a missing one is empty',
    async run({ client, app }) {
      const variable = `TEST_${app.replaceAll('-', '_')}`;
      expect(await client.asterisk.getGlobalVar({ variable })).toEqual({ value: '' });
      await client.asterisk.setGlobalVar({ variable, value: 'one & two' });
      expect(await client.asterisk.getGlobalVar({ variable })).toEqual({ value: 'one & two' });
    },
  },
  {
    area: 'asterisk',
    name: 'a log channel is added and deleted',
    async run({ client, app }) {
      const log = client.asterisk.logChannelHandle(`log-${app}`);
      await log.addLog({ configuration: 'notice,warning' });
      await expect(log.addLog({ configuration: 'notice' })).rejects.toThrow(ConflictError);
      await log.deleteLog();
      await expect(log.deleteLog()).rejects.toThrow(NotFoundError);
    },
  },
  {
    area: 'asterisk',
    name: 'rotating the logs drops those that were added by hand',
    async run({ client, app }) {
      const log = client.asterisk.logChannelHandle(`log-${app}`);
      await log.addLog({ configuration: 'notice' });
      await log.rotateLog();
      await expect(log.deleteLog()).rejects.toThrow(NotFoundError);
    },
  },
  {
    area: 'asterisk',
    name: 'a configuration object is created, read and deleted',
    async run({ client, app }) {
      const id = { configClass: 'res_pjsip', objectType: 'aor', id: `aor-${app}` };
      await client.asterisk.updateObject({ ...id, fields: [{ attribute: 'max_contacts', value: '3' }] });
      const tuples = await client.asterisk.getObject(id);
      expect(tuples).toContainEqual({ attribute: 'max_contacts', value: '3' });
      await client.asterisk.deleteObject(id);
      await expect(client.asterisk.getObject(id)).rejects.toThrow(NotFoundError);
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
      await expect(application.subscribe({ eventSource: 'nonsense' })).rejects.toThrow(BadRequestError);
      const unknown = application.subscribe({ eventSource: 'channel:no-such-channel' });
      await expect(unknown).rejects.toThrow(UnprocessableEntityError);
      await expect(client.applications.get({ applicationName: 'no-such-app' })).rejects.toThrow(NotFoundError);
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
      await client.applications.filter({ applicationName: app, filter: {} });
    },
  },
  {
    area: 'endpoints',
    name: 'endpoints are listed, by technology and one by one',
    async run({ client }) {
      const all = await client.endpoints.list();
      expect(all.map(({ technology, resource }) => `${technology}/${resource}`)).toContain('PJSIP/alice');
      const pjsip = await client.endpoints.listByTech({ tech: 'PJSIP' });
      expect(pjsip.map(({ resource }) => resource)).toContain('bob');
      const alice = await client.endpoints.get({ tech: 'PJSIP', resource: 'alice' });
      expect(alice.toJSON()).toMatchObject({ technology: 'PJSIP', resource: 'alice', channel_ids: [] });
      expect((await alice.get()).resource).toBe('alice');
      await expect(client.endpoints.listByTech({ tech: 'NoTech' })).rejects.toThrow(NotFoundError);
    },
  },
  {
    area: 'deviceStates',
    name: 'a device state of ours changes, is heard of, and is deleted',
    async run({ client, app }) {
      const device = client.deviceStates.handle(`Stasis:${app}`);
      await client.applications.subscribe({ applicationName: app, eventSource: device });
      const changed = device.waitFor('DeviceStateChanged', patience);
      await device.update({ deviceState: 'BUSY' });
      expect((await changed).device_state.state).toBe('BUSY');
      expect((await device.get()).state).toBe('BUSY');
      expect((await client.deviceStates.list()).map(({ name }) => name)).toContain(`Stasis:${app}`);
      await device.delete();
      const foreign = client.deviceStates.update({ deviceName: 'PJSIP/alice', deviceState: 'BUSY' });
      await expect(foreign).rejects.toThrow(ConflictError);
    },
  },
  {
    area: 'mailboxes',
    name: 'a mailbox is written, read, listed and deleted; without the module, the error names it',
    async run({ client, app }) {
      const modules = await client.asterisk.listModules();
      if (!modules.some(({ name }) => name === 'res_stasis_mailbox.so')) {
        const error = await client.mailboxes.list().catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(UnsupportedOperationError);
        expect(String(error)).toContain('res_stasis_mailbox');
        return;
      }
      const mailbox = client.mailboxes.handle(`${app}@test`);
      await mailbox.update({ oldMessages: 1, newMessages: 2 });
      expect((await mailbox.get()).toJSON()).toEqual({ name: `${app}@test`, old_messages: 1, new_messages: 2 });
      expect((await client.mailboxes.list()).map(({ name }) => name)).toContain(`${app}@test`);
      await mailbox.delete();
      await expect(mailbox.get()).rejects.toThrow(NotFoundError);
    },
  },
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
      expect(event.userevent).toMatchObject({ menu: 'soup', price: 3 });
      await channel.hangup();
      const nobody = client.events.userEvent({ eventName: 'lunch', application: 'no-such-app' });
      await expect(nobody).rejects.toThrow(NotFoundError);
    },
  },
  {
    area: 'events',
    name: 'a broadcast call is claimed by the first application that asks for it',
    since: 22,
    async run({ client, app }) {
      const caller = client.channels.handle();
      const offered = client.waitFor('CallBroadcast', patience);
      await caller.originateWithId({ endpoint: 'Local/broadcast@default', context: 'default', extension: 'wait' });
      const { channel } = await offered;
      const entered = channel.waitFor('StasisStart', patience);
      await client.events.claimChannel({ channelId: channel, application: app });
      expect((await entered).channel.id).toBe(channel.id);
      await expect(client.events.claimChannel({ channelId: channel, application: app })).rejects.toMatchObject({
        status: expect.toSatisfy((status: number) => status === 409 || status === 404) as number,
      });
      await caller.hangup();
    },
  },
  {
    area: 'events',
    name: 'a second connection for the application replaces the first',
    async run({ client, app, connect }) {
      const replaced = client.waitFor('ApplicationReplaced', patience);
      const deregistered = new Promise((resolve) => client.onApplicationDeregistered(app, resolve));
      const second = await connect();
      await second.start(app);
      expect((await replaced).application).toBe(app);
      expect(await deregistered).toBe(app);
    },
  },
];
