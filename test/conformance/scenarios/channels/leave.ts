import { ConflictError, ObjectGoneError } from 'asterisk-ari';
import { expect } from 'vitest';
import { enterStasis } from '../../actors.js';
import { Ear, eventually, expectRaw, expectRefusal } from '../../expectations.js';
import { patience, type Scenario } from '../../world.js';

export const leaving: readonly Scenario[] = [
  {
    area: 'channels',
    name: 'continueInDialplan lets the channel go on in an extension',
    async run(world) {
      const channel = await enterStasis(world);
      const left = channel.waitFor('StasisEnd', patience);
      await channel.continueInDialplan({ context: 'default', extension: 'wait', priority: 1 });
      expect((await left).channel.id).toBe(channel.id);
      await expect(channel.play({ media: 'sound:hello-world' })).rejects.toThrow(ConflictError);
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'continueInDialplan goes on at a label, and refuses one that there is not',
    async run(world) {
      const channel = await enterStasis(world);
      const place = { context: 'default', extension: 'continue' };
      const unlabelled = channel.continueInDialplan({ ...place, label: 'no-such-label' });
      await expectRefusal(unlabelled, 404, 'Requested label can not be found');
      const left = channel.waitFor('StasisEnd', patience);
      await channel.continueInDialplan({ ...place, label: 'label' });
      await left;
      await eventually(async () => (await channel.get()).dialplan).toMatchObject({
        context: 'default',
        exten: 'continue',
        priority: 2,
        app_name: 'Wait',
      });
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'who has no event connection and is fed by dispatch() learns that a channel has left for good',
    async run({ client, app, connect }) {
      const fed = await connect();
      client.on('*', (event) => fed.dispatch(JSON.parse(JSON.stringify(event)) as object));
      const entered = fed.waitFor('StasisStart', patience);
      // Its far end comes to the application through the dialplan.
      const endpoint = `Local/stasis-${app}@default/n`;
      const caller = await client.channels.originate({ endpoint, context: 'default', extension: 'wait', priority: 1 });
      const { channel } = await entered;
      const listener = channel.on('ChannelDtmfReceived', () => undefined);
      const wait = channel.waitFor('ChannelDestroyed', patience);
      await caller.hangup();
      await expect(wait).rejects.toThrow(ObjectGoneError);
      expect(listener.closed).toBe(true);
    },
  },
  {
    area: 'channels',
    name: 'a channel that continues where nothing is ends',
    async run(world) {
      const channel = await enterStasis(world);
      const ear = new Ear(world.client);
      await channel.continueInDialplan({ context: 'default', extension: 'no-such-extension', priority: 1 });
      await ear.until('ChannelDestroyed', (event) => event.channel.id === channel.id);
      expect(ear.types(channel, 'StasisEnd', 'ChannelDestroyed')).toEqual(['StasisEnd', 'ChannelDestroyed']);
    },
  },
  {
    area: 'channels',
    name: 'a channel of the dialplan goes on behind Stasis() when the application lets it go',
    async run(world) {
      const { client, app } = world;
      const ear = new Ear(client);
      const outside = client.channels.handle();
      const place = { context: 'default', extension: 'wait', priority: 1 };
      await outside.originateWithId({ endpoint: `Local/stasis-${app}@default/n`, ...place });
      const { channel } = await ear.until('StasisStart');
      await client.applications.subscribe({ applicationName: app, eventSource: channel });
      await channel.continueInDialplan();
      // What follows in that extension is the end.
      await ear.until('ChannelDestroyed', (event) => event.channel.id === channel.id);
      expect(ear.types(channel, 'StasisStart', 'StasisEnd', 'ChannelDestroyed')).toEqual([
        'StasisStart',
        'StasisEnd',
        'ChannelDestroyed',
      ]);
    },
  },
  {
    area: 'channels',
    name: 'move hands the channel to another application',
    async run(world) {
      const { app, connect } = world;
      const other = await connect();
      await other.start(`${app}-other`);
      const channel = await enterStasis(world);
      const [arrived, left] = [other.waitFor('StasisStart', patience), channel.waitFor('StasisEnd', patience)];
      await channel.move({ app: `${app}-other`, appArgs: 'moved' });
      const event = await arrived;
      expect(event.channel.id).toBe(channel.id);
      expect(event.args).toEqual(['moved']);
      expect((await left).application).toBe(app);
      await event.channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'move to an application that is not there fails, and the channel stays',
    async run(world) {
      const channel = await enterStasis(world);
      const failed = channel.waitFor('ApplicationMoveFailed', patience);
      await channel.move({ app: 'no-such-app', appArgs: 'a,b' });
      expect(await failed).toMatchObject({ destination: 'no-such-app', args: ['a', 'b'] });
      expect((await channel.get()).dialplan.app_name).toBe('Stasis');
      await channel.answer();
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'redirect refuses what it cannot reach',
    async run(world) {
      const { client, raw } = world;
      const channel = await enterStasis(world);
      const missing = "Required parameter 'endpoint' not provided.";
      await expectRaw(raw('POST', `/channels/${channel.id}/redirect`, { body: {} }), 400, missing);
      const nonsense = "Endpoint parameter 'nonsense' does not contain tech/resource";
      await expectRefusal(channel.redirect({ endpoint: 'nonsense' }), 422, nonsense);
      const technology = "Endpoint technology 'PJSIP' does not match channel technology 'Local'";
      await expectRefusal(channel.redirect({ endpoint: 'PJSIP/alice' }), 422, technology);
      const nobody = client.channels.redirect({ channelId: 'no-such-channel', endpoint: 'PJSIP/alice' });
      await expectRefusal(nobody, 404, 'Channel not found');
      await channel.hangup();
    },
  },
];
