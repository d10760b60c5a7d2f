/**
 * Plays something long, which the caller controls with digits.
 *
 *     StasisStart → answer → play demo-congrats
 *     ChannelDtmfReceived 5 pause   8 go on   4 back   6 forward   2 from the beginning
 *     ChannelDtmfReceived # → stop → PlaybackFinished
 *     PlaybackFinished → digits mean nothing any more → back to the dialplan → StasisEnd
 */
import type { AriClient, PlaybacksControlParams } from 'asterisk-ari';
import { example } from './support/example.js';

const operations: Readonly<Record<string, PlaybacksControlParams['operation']>> = {
  5: 'pause',
  8: 'unpause',
  4: 'reverse',
  6: 'forward',
  2: 'restart',
};

export function player(client: AriClient): void {
  client.channels.on('StasisStart', async (channel) => {
    await channel.answer();
    const playback = await channel.play({ media: 'sound:demo-congrats' });
    const digits = channel.on('ChannelDtmfReceived', async (_channel, { digit }) => {
      const operation = operations[digit];
      if (operation !== undefined) await playback.control({ operation });
      if (digit === '#') await playback.stop();
    });
    playback.once('PlaybackFinished', async () => {
      digits.close();
      await channel.continueInDialplan();
    });
  });
}

export default example(import.meta.url, {
  app: 'playback',
  start: player,
  async demo({ call }) {
    const ann = await call('ann');
    await ann.hears('sound:demo-congrats');
    for (const digit of ['5', '8', '6', '4', '2', '#']) await ann.press(digit);
    await ann.ended();
  },
});
