import { connect, type Channel } from 'asterisk-ari';
import { gather, menu, play, recordMessage, say } from 'asterisk-ari/flows';

/** A caller hears the number of an order that they type, or leaves a message. */
export async function serve(channel: Channel): Promise<void> {
  await channel.answer();
  const { reason } = await menu(channel, {
    prompt: ['sound:hello-world', 'sound:vm-press'],
    choices: { 1: () => tellOrder(channel), 2: () => takeMessage(channel) },
    otherwise: () => takeMessage(channel),
  });
  if (reason !== 'hangup') {
    await play(channel, { media: 'sound:vm-goodbye' });
    await channel.hangup().catch(() => undefined);
  }
}

async function tellOrder(channel: Channel): Promise<void> {
  const { digits, reason } = await gather(channel, { prompt: 'sound:vm-enter-num-to-call', length: 4, tries: 3 });
  if (reason === 'length') {
    await play(channel, { media: say(digits, 'digits') });
  }
}

async function takeMessage(channel: Channel): Promise<void> {
  await recordMessage(channel, { name: `messages/${channel.id}`, maxDurationSeconds: 60 });
}

const { ARI_URL, ARI_USERNAME = '', ARI_PASSWORD = '' } = process.env;
if (ARI_URL !== undefined && import.meta.filename === process.argv[1]) {
  const client = await connect(ARI_URL, ARI_USERNAME, ARI_PASSWORD);
  client.channels.on('StasisStart', serve);
  await client.run('ivr');
}
