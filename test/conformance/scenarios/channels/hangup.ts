import type { Channel } from 'asterisk-ari';
import { expect } from 'vitest';
import { enterPair, enterStasis } from '../../actors.js';
import { Ear, expectRaw } from '../../expectations.js';
import type { Scenario } from '../../world.js';

const causes = {
  normal: 16,
  busy: 17,
  congestion: 34,
  no_answer: 19,
} as const;

/** Causes that later branches know too. */
const laterCauses = {
  timeout: 18,
  rejected: 21,
  unallocated: 1,
  normal_unspecified: 31,
  number_incomplete: 28,
  codec_mismatch: 58,
  interworking: 127,
  failure: 38,
  answered_elsewhere: 26,
} as const;

export const hangups: readonly Scenario[] = [
  {
    area: 'channels',
    name: 'the reason of a hangup is the cause that is told',
    async run(world) {
      const ear = new Ear(world.client);
      const reasons = world.server.major >= 22 ? { ...causes, ...laterCauses } : causes;
      for (const [reason, cause] of Object.entries(reasons)) {
        const channel = await enterStasis(world);
        await channel.hangup({ reason: reason as keyof typeof reasons });
        const { cause: told } = await ear.until('ChannelDestroyed', (event) => event.channel.id === channel.id);
        expect({ reason, cause: told }).toEqual({ reason, cause });
      }
    },
  },
  {
    area: 'channels',
    name: 'the cause of a hangup is a number, or its text; Asterisk takes what begins like one',
    since: 22,
    async run(world) {
      const ear = new Ear(world.client);
      const hungUp = async (hangUp: (channel: Channel) => Promise<unknown>) => {
        const channel = await enterStasis(world);
        await hangUp(channel);
        return (await ear.until('ChannelDestroyed', (event) => event.channel.id === channel.id)).cause;
      };
      expect(await hungUp((channel) => channel.hangup({ reason_code: 17 }))).toBe(17);
      expect(await hungUp((channel) => channel.hangup({ reason_code: '21' }))).toBe(21);
      for (const [text, cause] of Object.entries({ '0': 0, '200': 200, '17x': 17, '-1': -1 })) {
        const told = await hungUp(({ id }) => world.raw('DELETE', `/channels/${id}?reason_code=${text}`));
        expect({ text, cause: told }).toEqual({ text, cause });
      }
    },
  },
  {
    area: 'channels',
    name: 'a hangup for two reasons, or for one that there is not, is refused',
    since: 22,
    async run(world) {
      const { id } = await enterStasis(world);
      const both = "The reason and reason_code can't both be specified";
      await expectRaw(world.raw('DELETE', `/channels/${id}?reason=busy&reason_code=17`), 400, both);
      const reason = 'Invalid reason for hangup reason provided';
      await expectRaw(world.raw('DELETE', `/channels/${id}?reason=nonsense`), 400, reason);
      const code = 'Invalid reason for hangup reason code provided';
      await expectRaw(world.raw('DELETE', `/channels/${id}?reason_code=nonsense`), 400, code);
      await expectRaw(world.raw('DELETE', `/channels/${id}`), 204);
    },
  },
  {
    area: 'channels',
    name: 'of a hangup one hears the request, the end in the application and the end, in this order',
    async run(world) {
      const { near, far } = await enterPair(world);
      const ear = new Ear(world.client);
      await near.hangup();
      await ear.until('ChannelDestroyed', ({ channel }) => channel.id === near.id);
      await ear.until('ChannelDestroyed', ({ channel }) => channel.id === far.id);
      const types = ['ChannelHangupRequest', 'StasisEnd', 'ChannelDestroyed'] as const;
      expect(ear.types(near, ...types)).toEqual(types);
      // The far end is asked once more by its dialplan, which ends.
      const [request, end, destroyed] = types;
      expect(ear.types(far, ...types)).toEqual([request, end, request, destroyed]);
      expect(ear.of(request).map(({ soft }) => soft === true)).toEqual([true, false, true]);
    },
  },
  {
    area: 'channels',
    name: 'when the far end hangs up, the application is told and loses the channel',
    async run(world) {
      const channel = await enterStasis(world, 'hello');
      const ear = new Ear(world.client);
      const { cause } = await ear.until('ChannelDestroyed', (event) => event.channel.id === channel.id);
      expect(cause).toBe(16);
      const types = ear.types(channel, 'ChannelHangupRequest', 'StasisEnd', 'ChannelDestroyed');
      expect(types).toEqual(['ChannelHangupRequest', 'StasisEnd', 'ChannelDestroyed']);
    },
  },
];
