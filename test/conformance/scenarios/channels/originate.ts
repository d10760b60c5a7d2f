import { ConflictError, ObjectGoneError } from 'asterisk-ari';
import { expect } from 'vitest';
import { enterStasis } from '../../actors.js';
import { Ear, eventually, expectRaw, expectRefusal } from '../../expectations.js';
import { patience, type Scenario } from '../../world.js';

const endpoint = 'Local/wait@default/n';

export const originate: readonly Scenario[] = [
  {
    area: 'channels',
    name: 'a call to an endpoint that is missing, malformed or of no technology is refused',
    async run({ client, app, raw }) {
      await expectRaw(raw('POST', '/channels', { body: { app } }), 400, 'Endpoint must be specified');
      await expectRefusal(client.channels.originate({ endpoint: 'nonsense', app }), 400, 'Invalid endpoint specified');
      await expectRefusal(client.channels.originate({ endpoint: 'NoTech/1', app }), 500, 'Allocation failed');
      await expectRefusal(client.channels.originate({ endpoint: 'PJSIP/nobody', app }), 500, 'Allocation failed');
      // Known, but not registered.
      await expectRefusal(client.channels.originate({ endpoint: 'PJSIP/alice', app }), 500, 'Allocation failed');
    },
  },
  {
    area: 'channels',
    name: 'a call into the dialplan is heard of to its end by who listens to it, though no application gets it',
    async run({ client, app }) {
      const toDialplan = { context: 'default', extension: 'wait', priority: 1 };
      const busy = client.channels.handle();
      const over = busy.waitFor('ChannelDestroyed', patience);
      await busy.originateWithId({ endpoint: 'Local/busy@default/n', ...toDialplan });
      // It may be over before Asterisk could be asked to tell of it.
      const outcome: unknown = await over.catch((error: unknown) => error);
      expect(outcome instanceof ObjectGoneError || (outcome as { type?: unknown }).type === 'ChannelDestroyed').toBe(
        true,
      );
      const ringing = await client.channels.originate({ endpoint: 'Local/ring@default/n', ...toDialplan });
      const ended = ringing.waitFor('ChannelDestroyed', patience);
      const watched = async () => (await client.applications.get({ applicationName: app })).channel_ids;
      await eventually(watched).toContain(ringing.id);
      await ringing.hangup();
      expect((await ended).channel.id).toBe(ringing.id);
    },
  },
  {
    area: 'channels',
    name: 'a call that is to go nowhere, or to a label that there is not, is refused',
    async run({ client, raw }) {
      await expectRaw(
        raw('POST', '/channels', { body: { endpoint } }),
        400,
        'Application or extension must be specified',
      );
      const unlabelled = { endpoint, context: 'default', extension: 'continue', label: 'no-such-label' };
      await expectRefusal(client.channels.originate(unlabelled), 404, 'Requested label can not be found');
    },
  },
  {
    area: 'channels',
    name: 'a call may begin at a label of the dialplan',
    async run({ client }) {
      const place = { context: 'default', extension: 'continue', label: 'label' };
      const channel = await client.channels.originate({ endpoint, ...place });
      await eventually(async () => (await channel.get()).dialplan).toMatchObject({ priority: 2, app_name: 'Wait' });
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'an id in use, one that is too long, and the same for both halves are refused',
    async run(world) {
      const { client, app } = world;
      const channel = await enterStasis(world);
      const twin = client.channels.originateWithId({ channelId: channel, endpoint, app });
      await expect(twin).rejects.toThrow(ConflictError);
      const taken = 'Channel with given unique ID already exists';
      const same = client.channels.originate({
        endpoint,
        app,
        channelId: `same-${app}`,
        otherChannelId: `same-${app}`,
      });
      await expectRefusal(same, 409, taken);
      const long = `channels?endpoint=${endpoint}&app=${app}&channelId=${'x'.repeat(150)}`;
      await expectRaw(world.raw('POST', `/${long}`), 400, 'Uniqueid length exceeds maximum of 149');
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'an originator and formats exclude each other, and both must exist',
    async run(world) {
      const { client, app, raw } = world;
      const originator = await enterStasis(world);
      const both = raw('POST', '/channels', { body: { endpoint, app, originator: originator.id, formats: 'ulaw' } });
      await expectRaw(both, 400, "Originator and formats can't both be specified");
      const nobody = client.channels.originate({ endpoint, app, originator: 'nobody' });
      await expectRefusal(nobody, 400, 'Provided originator channel was not found');
      const format = client.channels.originate({ endpoint, app, formats: 'no-format' });
      await expectRefusal(format, 400, 'Provided format (no-format) was not found');
      await originator.hangup();
    },
  },
  {
    area: 'channels',
    name: 'variables of a new channel must be strings',
    async run({ app, raw, server }) {
      const answer = raw('POST', '/channels', { body: { endpoint, app, variables: { A: 1 } } });
      const message =
        server.major >= 22
          ? "Each value in 'variables' must be a string or an object with 'value' and optional 'report_events'"
          : "Only string values in the 'variables' object allowed";
      await expectRaw(answer, 400, message);
    },
  },
  {
    area: 'channels',
    name: 'calls that fail are dialled, and end with a cause',
    async run({ client, app, server }) {
      const ear = new Ear(client);
      const outcomes: Record<string, unknown> = {};
      for (const extension of ['busy', 'congestion', 'no-such-extension', 'ring']) {
        const channel = client.channels.handle();
        await channel.originateWithId({ endpoint: `Local/${extension}@default/n`, app, timeout: 2 });
        const { cause } = await ear.until('ChannelDestroyed', (event) => event.channel.id === channel.id);
        const dials = ear.of('Dial').filter(({ peer }) => peer.id === channel.id);
        outcomes[extension] = { cause, dialstatus: dials.map(({ dialstatus }) => dialstatus).sort() };
      }
      expect(outcomes).toEqual({
        busy: { cause: 0, dialstatus: ['', 'BUSY'] },
        congestion: { cause: 0, dialstatus: ['', 'CONGESTION'] },
        'no-such-extension': { cause: 0, dialstatus: [] },
        ring: { cause: server.major >= 22 ? 19 : 0, dialstatus: ['', 'RINGING'] },
      });
      expect(ear.of('StasisStart')).toEqual([]);
    },
  },
  {
    area: 'channels',
    name: 'a call shows the caller id that it was given',
    async run({ client, app }) {
      const ear = new Ear(client);
      const channel = client.channels.handle();
      await channel.originateWithId({ endpoint, app, callerId: 'Ann <100>' });
      const entered = await ear.until('StasisStart');
      expect(entered.channel.toJSON()).toMatchObject({
        caller: { name: 'Ann', number: '100' },
        connected: { name: 'Ann', number: '100' },
      });
      await channel.hangup();
    },
  },
];
