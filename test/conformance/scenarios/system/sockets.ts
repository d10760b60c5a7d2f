import { expect } from 'vitest';
import { dialplanChannel, enterStasis } from '../../actors.js';
import { Ear, eventually } from '../../expectations.js';
import { patience, type Scenario } from '../../world.js';

/** Applications and the connections that carry their events. */
export const sockets: readonly Scenario[] = [
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
  {
    area: 'events',
    name: 'the replaced connection stays open for its other application; events of the one go to the new',
    async run(world) {
      const { app, connect } = world;
      const [first, second] = [await connect(), await connect()];
      await first.start([`${app}-one`, `${app}-two`]);
      const [old, fresh] = [new Ear(first), new Ear(second)];
      await second.start(`${app}-one`);
      await old.until('ApplicationReplaced');
      const moved = await enterStasis({ ...world, client: second, app: `${app}-one` });
      const kept = await enterStasis({ ...world, client: first, app: `${app}-two` });
      await moved.hangup();
      await kept.hangup();
      await old.until('StasisEnd');
      await fresh.until('StasisEnd');
      expect(old.of('StasisStart').map((event) => event.channel.id)).toEqual([kept.id]);
      expect(fresh.of('StasisStart').map((event) => event.channel.id)).toEqual([moved.id]);
    },
  },
  {
    area: 'events',
    name: 'two applications on one connection hear their own channels, and a common one twice',
    async run(world) {
      const { app, connect } = world;
      const client = await connect();
      await client.start([`${app}-one`, `${app}-two`]);
      const ear = new Ear(client);
      const channel = await enterStasis({ ...world, client, app: `${app}-one` });
      await client.applications.subscribe({ applicationName: `${app}-two`, eventSource: channel });
      await channel.hangup();
      const told = () => ear.of('ChannelDestroyed').filter((event) => event.channel.id === channel.id);
      await eventually(() => told().length).toBe(2);
      expect(
        told()
          .map(({ application }) => application)
          .sort(),
      ).toEqual([`${app}-one`, `${app}-two`]);
      expect(ear.of('StasisStart').map(({ application }) => application)).toEqual([`${app}-one`]);
    },
  },
  {
    area: 'events',
    name: 'subscriptions outlive the connection as long as there is one',
    async run(world) {
      const { app, connect } = world;
      const name = `${app}-again`;
      const first = await connect();
      await first.start(name);
      const channel = await dialplanChannel(world);
      await first.applications.subscribe({ applicationName: name, eventSource: channel });
      await first.stop();
      const second = await connect();
      await second.start(name);
      const { channel_ids } = await second.applications.get({ applicationName: name });
      expect(channel_ids).toEqual([channel.id]);
      const ear = new Ear(second);
      await channel.hangup();
      await ear.until('ChannelDestroyed', (event) => event.channel.id === channel.id);
    },
  },
  {
    area: 'events',
    name: 'an application without a connection takes no channel: the dialplan goes on',
    async run(world) {
      const { client, app, connect } = world;
      const other = await connect();
      await other.start(`${app}-gone`);
      await other.stop();
      const ear = new Ear(client);
      const channel = client.channels.handle();
      await channel.originateWithId({ endpoint: `Local/stasis-${app}-gone@default/n`, app });
      const status = await ear.until(
        'ChannelVarset',
        ({ variable, value }) => variable === 'STASISSTATUS' && value !== '',
      );
      expect(status.value).toBe('FAILED');
      await ear.until('ChannelDestroyed', (event) => event.channel.id === channel.id);
      expect(ear.of('StasisStart')).toEqual([]);
    },
  },
];
