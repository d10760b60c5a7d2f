import { AriClient } from '@ipcom/asterisk-ari';

const client = new AriClient({ host: 'localhost', port: 8088, username: 'hey', password: 'peekaboo', secure: false });
await client.connectWebSocket(['hello']);
client.on('StasisStart', async ({ instanceChannel: channel }) => {
  channel?.on('ChannelDtmfReceived', async (event) => {
    if (event.digit === '#') {
      await channel.play({ media: 'sound:goodbye' });
      await channel.continueDialplan();
    } else {
      await channel.play({ media: `sound:digits/${event.digit}` });
    }
  });
  await channel?.answer();
  await channel?.play({ media: 'sound:hello-world' });
});
