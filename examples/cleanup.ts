/**
 * Leaves nothing behind: not what an earlier process left, no listener, and no call when it ends.
 *
 *     start → present (channels and bridges of an earlier process) → DELETE each
 *     StasisStart → answer → play hello-world
 *     ChannelDtmfReceived # → its listener is closed → play goodbye → PlaybackFinished → hang up
 *     end → hang up whoever is still there
 */
import { NotFoundError, ObjectGoneError, type AriClient } from 'asterisk-ari';
import { example } from './support/example.js';

/** @returns what ends it */
export function tidy(client: AriClient): () => Promise<void> {
  const calls = new Set<string>();

  // No StasisStart comes for these: this process knows nothing of them.
  client.on('present', async ({ channels, bridges }) => {
    await Promise.all(channels.map(hangUp));
    await Promise.all(bridges.map((bridgeId) => client.bridges.destroy({ bridgeId }).catch(ignoreGone)));
  });

  client.channels.on('StasisStart', async (channel) => {
    calls.add(channel.id);
    channel.once('StasisEnd', () => void calls.delete(channel.id));
    const digits = channel.on('ChannelDtmfReceived', async (channel, { digit }) => {
      if (digit !== '#') return;
      digits.close();
      const goodbye = await channel.play({ media: 'sound:goodbye' });
      goodbye.once('PlaybackFinished', () => hangUp(channel.id));
    });
    await channel.answer();
    await channel.play({ media: 'sound:hello-world' });
  });

  const hangUp = (channelId: string): Promise<void> => client.channels.hangup({ channelId }).catch(ignoreGone);
  return async () => void (await Promise.all([...calls].map(hangUp)));
}

function ignoreGone(error: unknown): void {
  if (!(error instanceof NotFoundError || error instanceof ObjectGoneError)) throw error;
}

export default example(import.meta.url, {
  app: 'cleanup',
  start: tidy,
  async demo({ call }, { client, stop }) {
    const ann = await call('ann');
    await ann.hears('sound:hello-world');
    // As another process would find her, after this one's end.
    await client.stop();
    await client.start('cleanup');
    await ann.ended();
    const bob = await call('bob', '200');
    await bob.press('#');
    await bob.ended();
    const eve = await call('eve', '300');
    await eve.answered();
    await stop();
    await eve.ended();
  },
});
