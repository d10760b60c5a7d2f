/**
 * Greets every caller, says the digits that they press, and says goodbye at `#`.
 *
 *     StasisStart → answer → play hello-world
 *     ChannelDtmfReceived 1 … 9, 0 → play digits/…
 *     ChannelDtmfReceived *        → play asterisk-friend
 *     ChannelDtmfReceived #        → play goodbye → back to the dialplan → StasisEnd
 */
import type { AriClient } from 'asterisk-ari';
import { example } from './support/example.js';

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

export default example(import.meta.url, {
  app: 'hello',
  start: hello,
  async demo({ call }) {
    const ann = await call('ann');
    await ann.hears('sound:hello-world');
    await ann.press('1');
    await ann.hears('sound:digits/1');
    await ann.press('*');
    await ann.hears('sound:asterisk-friend');
    await ann.press('#');
    await ann.hears('sound:goodbye');
    await ann.ended();
  },
});
