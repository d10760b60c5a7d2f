import { expect } from 'vitest';
import { createUndialled, enterPair, enterStasis } from '../../actors.js';
import { Ear, expectRaw, expectRefusal } from '../../expectations.js';
import { patience, type Scenario } from '../../world.js';

export const commands: readonly Scenario[] = [
  {
    area: 'channels',
    name: 'answer, ring, hold, mute, music and silence are accepted for a channel in the application',
    async run(world) {
      const channel = await enterStasis(world);
      await channel.answer();
      await channel.ring();
      await channel.ringStop();
      await channel.hold();
      await channel.unhold();
      await channel.mute({ direction: 'both' });
      await channel.unmute({ direction: 'both' });
      await channel.startMoh();
      await channel.stopMoh();
      await channel.startSilence();
      await channel.stopSilence();
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'a far end that rings and answers changes the state of the channel',
    async run(world) {
      const channel = await createUndialled(world, `stasis-${world.app}`);
      const ear = new Ear(world.client);
      await channel.dial({ timeout: 10 });
      const { channel: far } = await ear.until('StasisStart', (event) => event.channel.id !== channel.id);
      await far.ring();
      await ear.until('Dial', ({ dialstatus }) => dialstatus === 'RINGING');
      await far.answer();
      await ear.until('Dial', ({ dialstatus }) => dialstatus === 'ANSWER');
      const states = ear.of('ChannelStateChange').filter((event) => event.channel.id === channel.id);
      expect(states.map((event) => event.channel.state)).toEqual(['Ringing', 'Up']);
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'progress is told to the one who dials',
    since: 22,
    async run(world) {
      const channel = await createUndialled(world, `stasis-${world.app}`);
      const ear = new Ear(world.client);
      await channel.dial({ timeout: 10 });
      const { channel: far } = await ear.until('StasisStart', (event) => event.channel.id !== channel.id);
      await far.progress();
      expect((await ear.until('Dial', ({ dialstatus }) => dialstatus === 'PROGRESS')).peer.id).toBe(channel.id);
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'mute wants a direction that there is',
    async run(world) {
      const { id } = await enterStasis(world);
      await expectRaw(world.raw('POST', `/channels/${id}/mute`), 400, 'Direction is required');
      const sideways = world.raw('POST', `/channels/${id}/mute?direction=sideways`);
      await expectRaw(sideways, 400, 'Invalid direction specified');
      await expectRaw(world.raw('DELETE', `/channels/${id}/mute?direction=in`), 204);
      await world.client.channels.hangup({ channelId: id });
    },
  },
  {
    area: 'channels',
    name: 'digits sent from the far end arrive one by one',
    async run(world) {
      const channel = world.client.channels.handle();
      const digits: string[] = [];
      const last = channel.waitFor('ChannelDtmfReceived', {
        ...patience,
        where: ({ digit }) => {
          digits.push(digit);
          return digit === '#';
        },
      });
      await channel.originateWithId({ endpoint: 'Local/dtmf@default', app: world.app });
      expect((await last).duration_ms).toBeGreaterThan(0);
      expect(digits.join('')).toBe('1234#');
      await channel.hangup();
    },
  },
  {
    area: 'channels',
    name: 'digits sent by one end are received by the other, with their duration',
    async run(world) {
      const { near, far } = await enterPair(world);
      const ear = new Ear(world.client);
      await near.sendDTMF({ dtmf: '1*#A', between: 50, duration: 150 });
      await ear.until('ChannelDtmfReceived', ({ digit }) => digit === 'A');
      await far.sendDTMF({ dtmf: '9', before: 20, after: 20 });
      await ear.until('ChannelDtmfReceived', ({ digit }) => digit === '9');
      const received = ear.of('ChannelDtmfReceived').map((event) => [event.channel.id, event.digit]);
      expect(received).toEqual([...['1', '*', '#', 'A'].map((digit) => [far.id, digit]), [near.id, '9']]);
      expect(ear.of('ChannelDtmfReceived')[0]?.duration_ms).toBeGreaterThanOrEqual(150);
      await near.hangup();
    },
  },
  {
    area: 'channels',
    name: 'a muted channel sends and receives digits nevertheless',
    async run(world) {
      const { near, far } = await enterPair(world);
      const ear = new Ear(world.client);
      await near.mute({ direction: 'both' });
      await far.sendDTMF({ dtmf: '1' });
      await ear.until('ChannelDtmfReceived', ({ channel }) => channel.id === near.id);
      await near.sendDTMF({ dtmf: '2' });
      await ear.until('ChannelDtmfReceived', ({ channel }) => channel.id === far.id);
      await near.hangup();
    },
  },
  {
    area: 'channels',
    name: 'sending no digits is refused',
    async run(world) {
      const channel = await enterStasis(world);
      await expectRaw(world.raw('POST', `/channels/${channel.id}/dtmf`), 400, 'DTMF is required');
      const nobody = world.client.channels.sendDTMF({ channelId: 'no-such-channel', dtmf: '1' });
      await expectRefusal(nobody, 404, 'Channel not found');
      await channel.hangup();
    },
  },
];
