/**
 * Ends without hanging up on anybody: on SIGTERM it takes no new calls, waits for the running ones, not longer than half
 * a minute, and closes. A second signal ends it at once. Signals are the application's business, not the library's.
 */
import { connect, NotFoundError, type Channel } from 'asterisk-ari';

const { ARI_URL = 'http://localhost:8088/', ARI_USERNAME = 'hey', ARI_PASSWORD = 'peekaboo' } = process.env;

const longestCallMs = 30_000;

const client = await connect(ARI_URL, ARI_USERNAME, ARI_PASSWORD, { logger: console });
const calls = new Map<string, Channel>();
let isDraining = false;

client.channels.on('StasisStart', async (channel) => {
  if (isDraining) {
    // The dialplan knows where calls go that this process does not take.
    await channel.continueInDialplan();
    return;
  }
  calls.set(channel.id, channel);
  await channel.answer();
  await channel.play({ media: 'sound:hello-world' });
});
client.channels.on('StasisEnd', (channel) => calls.delete(channel.id));
// Calls that ended while the connection was interrupted send no StasisEnd any more.
client.on('gap', ({ gone }) => gone.channels.forEach((id) => calls.delete(id)));

async function drain(): Promise<void> {
  isDraining = true;
  const deadline = AbortSignal.timeout(longestCallMs);
  while (calls.size > 0 && !deadline.aborted) {
    await client.channels.waitFor('StasisEnd', { signal: deadline }).catch(() => undefined);
  }
  await Promise.all([...calls.values()].map(hangUp));
  await client.close();
}

async function hangUp(channel: Channel): Promise<void> {
  try {
    await channel.hangup({ reason: 'normal' });
  } catch (error) {
    if (!(error instanceof NotFoundError)) {
      throw error;
    }
  }
}

process.once('SIGTERM', () => {
  process.once('SIGTERM', () => process.exit(1));
  void drain();
});

await client.run('hello');
// Nothing of the client is left: the process ends by itself.
