/**
 * A queue whose agents take turns; who waits for too long leaves a message.
 *
 *     StasisStart → answer → POST holding bridge (the first), add → announcements, music
 *                 → an agent is free → originate → busy, no answer → the next agent
 *                                    → StasisStart (dialed) → both into a mixing bridge → one hangs up, so is the other
 *                 → 5 minutes → record → hang up
 */
import type { AriClient, Channel } from 'asterisk-ari';
import { play, Queue, recordMessage } from 'asterisk-ari/flows';
import { example } from './support/example.js';

export function serveQueue(client: AriClient, app: string, agents: readonly string[]): Queue<AriClient> {
  const queue = new Queue(client, { app, strategy: 'longestIdle', wrapUpMs: 10_000, maxWaitMs: 300_000 });
  for (const endpoint of agents) {
    queue.addAgent(endpoint);
  }
  // The agents' channels come into the application as well; `dialed` tells them from callers.
  client.channels.on('StasisStart', (channel, { args }) => (args[0] === 'dialed' ? undefined : wait(queue, channel)));
  return queue;
}

async function wait(queue: Queue<AriClient>, channel: Channel): Promise<void> {
  await channel.answer();
  const { reason } = await queue.enter(channel, { priority: channel.caller.number === '100' ? 1 : 0 });
  if (reason === 'timeout') {
    await play(channel, { media: 'sound:vm-intro' });
    await recordMessage(channel, { name: `callbacks/${channel.id}` });
  }
  await channel.hangup().catch(() => undefined);
}

export default example(import.meta.url, {
  app: 'queue',
  start: (client, endpoint) => void serveQueue(client, 'queue', [endpoint('alice'), endpoint('bob')]),
  async demo({ call, phone }) {
    const ann = await call('ann');
    await ann.hears('sound:queue-youarenext');
    const [alice, bob] = [phone('alice'), phone('bob')];
    await alice.declines();
    await bob.answers();
    await ann.isWith('bob');
    await bob.hangup();
    await ann.ended();
  },
});
