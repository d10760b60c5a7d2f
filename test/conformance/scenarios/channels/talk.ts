import { expect } from 'vitest';
import { enterPair } from '../../actors.js';
import { Ear, expectRefusal } from '../../expectations.js';
import { patience, type Scenario } from '../../world.js';

export const talk: readonly Scenario[] = [
  {
    area: 'channels',
    name: 'who talks on a channel is told while that is detected: the end after enough silence, if any is sent',
    async run(world) {
      const { near, far } = await enterPair(world);
      const ear = new Ear(world.client);
      // Not yet detected, and what was never set can be removed.
      await near.setChannelVar({ variable: 'TALK_DETECT(remove)', value: '' });
      await playOnce(far);
      await near.setChannelVar({ variable: 'TALK_DETECT(set)', value: '400,256' });
      await expectRefusal(
        near.getChannelVar({ variable: 'TALK_DETECT(set)' }),
        500,
        'Unable to read provided function',
      );
      await far.play({ media: ['sound:digits/1', 'sound:digits/2'] });
      await ear.until('ChannelTalkingStarted', ({ channel }) => channel.id === near.id);
      await ear.until('PlaybackFinished', ({ playback }) => playback.media_uri === 'sound:digits/2');
      expect(ear.of('ChannelTalkingFinished')).toEqual([]);
      await far.startSilence();
      const finished = await ear.until('ChannelTalkingFinished', ({ channel }) => channel.id === near.id);
      expect(finished.duration).toBeGreaterThan(500);
      await far.stopSilence();
      // What is removed while somebody talks tells of no end.
      await far.play({ media: 'sound:tt-monkeys' });
      await ear.until('ChannelTalkingStarted', (event) => event !== ear.of('ChannelTalkingStarted')[0]);
      await near.setChannelVar({ variable: 'TALK_DETECT(remove)', value: '' });
      await far.startSilence();
      expect(ear.of('ChannelTalkingFinished')).toHaveLength(1);
      await near.hangup();
    },
  },
];

async function playOnce(far: Awaited<ReturnType<typeof enterPair>>['far']): Promise<void> {
  const playback = await far.play({ media: 'sound:digits/1' });
  await playback.waitFor('PlaybackFinished', patience);
}
