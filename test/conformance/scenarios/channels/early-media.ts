import { expect } from 'vitest';
import { createUndialled, endBridge } from '../../actors.js';
import { Ear } from '../../expectations.js';
import { patience, type Scenario } from '../../world.js';

export const earlyMedia: readonly Scenario[] = (['busy', 'congestion'] as const).map((extension): Scenario => {
  const [cause, tech_cause] = { busy: [17, 486], congestion: [34, 503] }[extension] as [number, number];
  return {
    area: 'channels',
    name: `a caller who is not answered, bridged with a channel that is dialled, is told of ${extension}, which ends him`,
    since: 22,
    async run(world) {
      const { client, app } = world;
      await using phone = await world.server.phone();
      const entered = client.waitFor('StasisStart', patience);
      phone.call(`stasis-${app}`).catch(() => undefined);
      const { channel: caller } = await entered;
      const channel = await createUndialled(world, extension);
      const bridge = await client.bridges.create({ type: 'mixing' });
      await bridge.addChannel({ channel: [caller, channel], inhibitConnectedLineUpdates: true });
      const ear = new Ear(client);
      await channel.dial({ timeout: 5 });
      const asked = await ear.until('ChannelHangupRequest', (event) => event.channel.id === caller.id);
      expect(asked).toMatchObject({ cause, tech_cause });
      await ear.until('StasisEnd', (event) => event.channel.id === caller.id);
      await endBridge(world, bridge, channel);
      await channel.hangup();
    },
  };
});
