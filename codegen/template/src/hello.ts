import type { AriClient } from 'asterisk-ari';
import { play } from 'asterisk-ari/flows';

/** Greets every caller and says the digits that are pressed; at `#` it says goodbye and hangs up. */
export function hello(client: AriClient): void {
  client.channels.on('StasisStart', async (channel) => {
    channel.on('ChannelDtmfReceived', async (channel, { digit }) => {
      if (digit === '#') {
        await play(channel, { media: 'sound:goodbye' });
        await channel.hangup();
      } else {
        await channel.play({ media: `sound:digits/${digit === '*' ? 'star' : digit}` });
      }
    });
    await channel.answer();
    await channel.play({ media: 'sound:hello-world' });
  });
}
