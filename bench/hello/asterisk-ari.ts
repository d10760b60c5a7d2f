import { connect } from 'asterisk-ari';

const client = await connect('http://localhost:8088/', 'hey', 'peekaboo');
client.channels.on('StasisStart', async (channel) => {
  channel.on('ChannelDtmfReceived', async (channel, event) => {
    if (event.digit === '#') {
      await channel.play({ media: 'sound:goodbye' });
      await channel.continueInDialplan();
    } else {
      await channel.play({ media: `sound:digits/${event.digit}` });
    }
  });
  await channel.answer();
  await channel.play({ media: 'sound:hello-world' });
});
await client.run('hello');
