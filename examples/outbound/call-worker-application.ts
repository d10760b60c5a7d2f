import type { AriClient } from 'asterisk-ari';
import type { OutboundConnection } from 'asterisk-ari/outbound';

/** Takes the call of a connection that Asterisk has opened for it: greets, waits for a digit, and says goodbye. */
export async function answerCall(connection: OutboundConnection<AriClient>): Promise<void> {
  if (connection.kind !== 'perCall') {
    await connection.close();
    return;
  }
  const { channel, adopted } = await connection.call();
  // Whoever knows the greeting presses the digit while it plays.
  const pressed = channel.waitFor('ChannelDtmfReceived', { timeoutMs: 60_000 });
  // A worker before this one may have gone in the middle of the call; the caller need not hear the greeting again.
  if (!adopted) {
    await channel.answer();
    await channel.play({ media: 'sound:hello-world' });
  }
  await pressed;
  const playback = await channel.play({ media: 'sound:goodbye' });
  await playback.waitFor('PlaybackFinished', { timeoutMs: 20_000 });
  await channel.hangup();
}
