import { ConflictError, NotFoundError, type AriClient } from 'asterisk-ari';
import { claim } from 'asterisk-ari/outbound';

/** Claims what the dialplan offers with `StasisBroadcast()`, as all workers do; exactly one of them has each call. */
export function claimCalls(client: AriClient, onCall: (channelId: string) => void): void {
  client.on('CallBroadcast', async (offer) => {
    try {
      const { channel } = await claim(client, offer);
      onCall(channel.id);
      await channel.answer();
      const playback = await channel.play({ media: 'sound:hello-world' });
      await playback.waitFor('PlaybackFinished', { timeoutMs: 20_000 });
      await channel.hangup();
    } catch (error) {
      // Another worker has it, or the caller has hung up; an error of another kind is the application's to hear of.
      if (!(error instanceof ConflictError || error instanceof NotFoundError)) {
        throw error;
      }
    }
  });
}
