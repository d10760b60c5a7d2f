import type { Channel } from 'asterisk-ari';
import { expect } from 'vitest';
import { endBridge, enterStasis } from '../../actors.js';
import { Ear, eventually } from '../../expectations.js';
import { patience, type CallingPhone, type PhoneLine, type Scenario, type World } from '../../world.js';

/** A telephone calls the application, which has its transfers left to itself. */
async function enterFromPhone({ client, app }: World, phone: CallingPhone): Promise<[Channel, PhoneLine]> {
  const entered = client.waitFor('StasisStart', patience);
  const calling = phone.call(`stasis-${app}`);
  const { channel } = await entered;
  await channel.setChannelVar({ variable: 'PJSIP_TRANSFER_HANDLING()', value: 'ari-only' });
  await channel.answer();
  return [channel, await calling];
}

/** Nobody is told whom he talks to. */
const asTheyAre = { inhibitConnectedLineUpdates: true } as const;

export const transfers: readonly Scenario[] = [
  {
    area: 'channels',
    name: 'a phone asks for a blind transfer, and is told what the application reports of it',
    since: 22,
    async run(world) {
      const { client } = world;
      await using phone = await world.server.phone();
      const [source, line] = await enterFromPhone(world, phone);
      const party = await enterStasis(world);
      const bridge = await client.bridges.create({ type: 'mixing' });
      await bridge.addChannel({ channel: [source, party], ...asTheyAre });
      const ear = new Ear(client);
      const endings = [
        ['channel_answered', '200 OK, terminated'],
        ['channel_declined', '603 Decline, terminated'],
        ['channel_unavailable', '503 Service Unavailable, terminated'],
      ] as const;
      const notices: string[] = [];
      for (const [index, [state, notice]] of endings.entries()) {
        await line.refer('600');
        await eventually(() => ear.of('ChannelTransfer').filter((event) => event.state === undefined)).toHaveLength(
          index + 1,
        );
        await source.transferProgress({ states: 'channel_progress' });
        await eventually(() => ear.of('ChannelTransfer')).toHaveLength(3 * index + 2);
        await source.transferProgress({ states: state });
        notices.push('100 Trying', notice);
        await eventually(() => line.notified).toEqual(notices);
        await eventually(() => ear.of('ChannelTransfer')).toHaveLength(3 * index + 3);
      }
      const [first] = ear.of('ChannelTransfer');
      expect(first?.refer_to.requested_destination).toEqual({ destination: '600' });
      expect(first?.refer_to.bridge).toBeUndefined();
      const { source_channel, connected_channel, bridge: around } = first?.referred_by ?? {};
      expect([source_channel?.id, connected_channel?.id, around?.id]).toEqual([source.id, party.id, bridge.id]);
      // What is unavailable is told as if it had been declined.
      const told = ear.of('ChannelTransfer').map(({ state }) => state);
      const each = (last: string) => [undefined, 'channel_progress', last];
      expect(told).toEqual([...each('channel_answered'), ...each('channel_declined'), ...each('channel_declined')]);
      // Nobody waits any more: nobody is told.
      await source.transferProgress({ states: 'channel_declined' });
      await endBridge(world, bridge, party, source);
      expect(line.notified).toEqual(notices);
      await party.hangup();
      await source.hangup();
    },
  },
  {
    area: 'channels',
    name: 'a phone asks for an attended transfer, to the party of its other call',
    since: 22,
    async run(world) {
      const { client } = world;
      await using phone = await world.server.phone();
      const [source, line] = await enterFromPhone(world, phone);
      const [second, other] = await enterFromPhone(world, phone);
      const [party, target] = [await enterStasis(world), await enterStasis(world)];
      const [near, far] = [
        await client.bridges.create({ type: 'mixing' }),
        await client.bridges.create({ type: 'mixing' }),
      ];
      await near.addChannel({ channel: [source, party], ...asTheyAre });
      await far.addChannel({ channel: [second, target], ...asTheyAre });
      const asked = source.waitFor('ChannelTransfer', patience);
      await line.refer(other);
      const { refer_to, referred_by } = await asked;
      expect(referred_by.connected_channel?.id).toBe(party.id);
      expect(refer_to.requested_destination.protocol_id).toBe(second.protocol_id);
      const params = refer_to.requested_destination.additional_protocol_params ?? [];
      expect(params.map(({ parameter_name }) => parameter_name)).toEqual(['from', 'to']);
      expect(refer_to.destination_channel?.id).toBe(second.id);
      expect(refer_to.connected_channel?.id).toBe(target.id);
      expect(refer_to.bridge?.id).toBe(far.id);
      await source.transferProgress({ states: 'channel_answered' });
      await eventually(() => line.notified).toEqual(['100 Trying', '200 OK, terminated']);
      await endBridge(world, near, party, source);
      await endBridge(world, far, target, second);
      for (const channel of [party, target, source, second]) {
        await channel.hangup();
      }
    },
  },
];
