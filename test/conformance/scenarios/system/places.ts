import { UnsupportedOperationError } from 'asterisk-ari';
import { expect } from 'vitest';
import { enterStasis } from '../../actors.js';
import { Ear, eventually, expectRaw, expectRefusal } from '../../expectations.js';
import { patience, type Scenario } from '../../world.js';

/** Endpoints, device states and mailboxes. */
export const places: readonly Scenario[] = [
  {
    area: 'endpoints',
    name: 'endpoints are listed, by technology and one by one',
    async run({ client }) {
      const all = await client.endpoints.list();
      expect(all.map(({ technology, resource }) => `${technology}/${resource}`)).toContain('PJSIP/alice');
      const pjsip = await client.endpoints.listByTech({ tech: 'PJSIP' });
      expect(pjsip.map(({ resource }) => resource)).toContain('bob');
      const alice = await client.endpoints.get({ tech: 'PJSIP', resource: 'alice' });
      expect(alice.toJSON()).toEqual({ technology: 'PJSIP', resource: 'alice', state: 'offline', channel_ids: [] });
      expect((await alice.get()).resource).toBe('alice');
    },
  },
  {
    area: 'endpoints',
    name: 'an endpoint or a technology that there is not is refused',
    async run({ client }) {
      const tech = client.endpoints.listByTech({ tech: 'NoTech' });
      await expectRefusal(tech, 404, 'No Endpoints found - invalid tech NoTech');
      await expectRefusal(client.endpoints.get({ tech: 'PJSIP', resource: 'nobody' }), 404, 'Endpoint not found');
      await expectRefusal(client.endpoints.get({ tech: 'NoTech', resource: 'x' }), 404, 'Endpoint not found');
    },
  },
  {
    area: 'endpoints',
    name: 'a message to nobody, without a receiver, or with variables that are no strings is refused',
    async run({ client, raw }) {
      await expectRaw(raw('PUT', '/endpoints/sendMessage', { body: {} }), 400, 'To must be specified');
      const message = { from: 'sip:100@localhost', body: 'hello' };
      await expectRefusal(client.endpoints.sendMessage({ to: 'nonsense', ...message }), 404, 'Endpoint not found');
      const nobody = client.endpoints.sendMessageToEndpoint({ tech: 'PJSIP', resource: 'nobody', ...message });
      await expectRefusal(nobody, 404, 'Endpoint not found');
      const body = { ...message, variables: { A: 1 } };
      const wrong = raw('PUT', '/endpoints/PJSIP/alice/sendMessage', { body });
      await expectRaw(wrong, 400, "Only string values in the 'variables' object allowed");
    },
  },
  {
    area: 'endpoints',
    name: 'a referral to nobody, or without a receiver, is refused',
    since: 22,
    async run({ client, raw }) {
      await expectRaw(raw('POST', '/endpoints/refer', { body: {} }), 400, 'To must be specified');
      const referral = { from: 'sip:100@localhost', refer_to: 'sip:200@localhost' };
      await expectRefusal(client.endpoints.refer({ to: 'nonsense', ...referral }), 404, 'Endpoint not found');
      const nobody = client.endpoints.referToEndpoint({ tech: 'PJSIP', resource: 'nobody', ...referral });
      await expectRefusal(nobody, 404, 'Endpoint not found');
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
      expect((await device.get()).state).toBe('UNKNOWN');
      await device.delete();
      expect((await client.deviceStates.list()).map(({ name }) => name)).not.toContain(`Stasis:${app}`);
    },
  },
  {
    area: 'deviceStates',
    name: 'a device that is not ours, has no name, or a state that there is not, is refused',
    async run({ client, app, raw }) {
      const alice = client.deviceStates.handle('PJSIP/alice');
      await expectRefusal(alice.update({ deviceState: 'BUSY' }), 409, 'Uncontrolled device specified');
      await expectRefusal(alice.delete(), 409, 'Uncontrolled device specified');
      const nameless = client.deviceStates.update({ deviceName: 'Stasis:', deviceState: 'BUSY' });
      await expectRefusal(nameless, 404, 'Device name is missing');
      const state = raw('PUT', `/deviceStates/Stasis%3A${app}`, { body: { deviceState: 'nonsense' } });
      await expectRaw(state, 500, 'Unknown device');
      const states: Record<string, string> = {};
      for (const deviceName of ['PJSIP/alice', 'PJSIP/nobody', 'nonsense', `Stasis:none-${app}`]) {
        states[deviceName.replace(app, '')] = (await client.deviceStates.get({ deviceName })).state;
      }
      expect(states).toEqual({
        'PJSIP/alice': 'UNAVAILABLE',
        'PJSIP/nobody': 'INVALID',
        nonsense: 'INVALID',
        'Stasis:none-': 'UNKNOWN',
      });
    },
  },
  {
    area: 'deviceStates',
    name: 'a place in the dialplan is in use while a Local channel calls it',
    async run(world) {
      const { deviceStates } = world.client;
      const stateOf = async (deviceName: string) => (await deviceStates.get({ deviceName })).state;
      expect(await stateOf('Local/echo@default')).toBe('NOT_INUSE');
      expect(await stateOf('Local/no-such-extension@default')).toBe('INVALID');
      expect(await stateOf('Local/echo')).toBe('INVALID');
      const channel = await enterStasis(world, 'echo');
      expect(await stateOf('Local/echo@default')).toBe('INUSE');
      expect(await stateOf('Local/echo@default/n')).toBe('INUSE');
      await channel.hangup();
      await eventually(() => stateOf('Local/echo@default')).toBe('NOT_INUSE');
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
      await expectRefusal(mailbox.get(), 404, 'Mailbox is does not exist');
      await expectRefusal(mailbox.delete(), 404, 'Mailbox does not exist');
    },
  },
  {
    area: 'endpoints',
    name: 'subscribed to a technology, one hears of user events and is listed with it',
    async run(world) {
      const { client, app } = world;
      const application = client.applications.handle(app);
      const { endpoint_ids } = await application.subscribe({ eventSource: ['endpoint:PJSIP', 'endpoint:PJSIP/bob'] });
      expect([...endpoint_ids].sort()).toEqual(['PJSIP', 'PJSIP/bob']);
      const ear = new Ear(client);
      const source = client.endpoints.handle('PJSIP', 'bob');
      await client.events.userEvent({ eventName: 'ring', application: app, source });
      expect((await ear.until('ChannelUserevent')).endpoint?.resource).toBe('bob');
      const rest = await application.unsubscribe({ eventSource: 'endpoint:PJSIP' });
      expect(rest.endpoint_ids).toEqual(['PJSIP/bob']);
      await enterStasis(world).then((channel) => channel.hangup());
    },
  },
];
