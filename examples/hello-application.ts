import type { AriClient } from 'asterisk-ari';

/** Greets every caller, says the digits that are pressed, and says goodbye at `#`. */
export function hello(client: AriClient): void {
  client.channels.on('StasisStart', async (channel) => {
    channel.on('ChannelDtmfReceived', async (channel, event) => {
      if (event.digit === '#') {
        await channel.play({ media: 'sound:goodbye' });
        await channel.continueInDialplan();
      } else {
        await channel.play({ media: event.digit === '*' ? 'sound:asterisk-friend' : `sound:digits/${event.digit}` });
      }
    });
    await channel.answer();
    await channel.play({ media: 'sound:hello-world' });
  });
}
