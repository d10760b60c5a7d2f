// A worker in a process of its own, which can be stopped still: it answers calls, and says what it hears.
import { AriClient } from 'asterisk-ari';
import { connectFleet } from 'asterisk-ari/nats';

const say = (line) => process.stderr.write(`${line}\n`);

const fleet = await connectFleet({ client: AriClient, apps: 'ivr', servers: process.argv[2] });
fleet.on('gap', ({ since, durationMs }) => say(`gap ${since.getTime()} ${durationMs}`));
fleet.on('StasisStart', async ({ channel }) => {
  say(`start ${channel.id}`);
  channel.on('ChannelDtmfReceived', (_channel, { digit }) => say(`listener ${digit}`));
  channel.waitFor('ChannelDestroyed').catch(({ message }) => say(`given up: ${message}`));
  await channel.answer();
  // What was just handed out is of interest for a while.
  await channel.get();
  say('answered');
});
fleet.on('StasisEnd', ({ channel }) => say(`end ${channel.id}`));
fleet.on('ChannelDtmfReceived', ({ digit }) => say(`digit ${digit}`));
say(`worker ${fleet.id}`);
