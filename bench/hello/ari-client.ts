import * as ari from 'ari-client';

const client = await ari.connect('http://localhost:8088/', 'hey', 'peekaboo');
client.on('StasisStart', async (_event, channel) => {
  channel.on('ChannelDtmfReceived', async (event, channel) => {
    if (event.digit === '#') {
      await channel.play({ media: 'sound:goodbye' }, client.Playback());
      await channel.continueInDialplan();
    } else {
      await channel.play({ media: `sound:digits/${event.digit}` }, client.Playback());
    }
  });
  await channel.answer();
  await channel.play({ media: 'sound:hello-world' }, client.Playback());
});
await client.start('hello');
