import { connect, type AriClient, type Channel } from 'asterisk-ari';
import { play, Queue, recordMessage } from 'asterisk-ari/flows';

/** A queue whose agents take turns; who waits for too long leaves a message. */
export function makeQueue(client: AriClient, app: string, agents: readonly string[]): Queue<AriClient> {
  const queue = new Queue(client, { app, strategy: 'longestIdle', wrapUpMs: 10_000, maxWaitMs: 300_000 });
  for (const endpoint of agents) {
    queue.addAgent(endpoint);
  }
  return queue;
}

/** Somebody calls. */
export async function serve(queue: Queue<AriClient>, channel: Channel): Promise<void> {
  await channel.answer();
  const { reason } = await queue.enter(channel, { priority: channel.caller.number === '100' ? 1 : 0 });
  if (reason === 'timeout') {
    await play(channel, { media: 'sound:vm-intro' });
    await recordMessage(channel, { name: `callbacks/${channel.id}` });
  }
  await channel.hangup().catch(() => undefined);
}

const { ARI_URL, ARI_USERNAME = '', ARI_PASSWORD = '' } = process.env;
if (ARI_URL !== undefined && import.meta.filename === process.argv[1]) {
  const client = await connect(ARI_URL, ARI_USERNAME, ARI_PASSWORD);
  const queue = makeQueue(client, 'support', ['PJSIP/alice', 'PJSIP/bob']);
  // The agents' channels come into the application as well; `dialed` tells them from callers.
  client.channels.on('StasisStart', (channel, { args }) => (args[0] === 'dialed' ? undefined : serve(queue, channel)));
  await client.run('support');
}
