/**
 * Ends without hanging up on anybody: on SIGTERM it takes no new calls, waits for the running ones, not longer than half
 * a minute, and closes. A second signal ends it at once. Signals are the application's business, not the library's.
 */
import { setTimeout } from 'node:timers/promises';
import { connect, NotFoundError, type Channel } from 'asterisk-ari';

const { ARI_URL = 'http://localhost:8088/', ARI_USERNAME = 'hey', ARI_PASSWORD = 'peekaboo' } = process.env;

const longestCallMs = 30_000;

const client = await connect(ARI_URL, ARI_USERNAME, ARI_PASSWORD, { logger: console });
const calls = new Map<Channel, Promise<void>>();
let isDraining = false;

client.channels.on('StasisStart', async (channel) => {
  if (isDraining) {
    // The dialplan knows where calls go that this process does not take.
    await channel.continueInDialplan();
    return;
  }
  calls.set(channel, ended(channel));
  await channel.answer();
  await channel.play({ media: 'sound:hello-world' });
});

async function ended(channel: Channel): Promise<void> {
  try {
    await channel.waitFor('StasisEnd');
  } catch {
    // It has ended while the connection was interrupted: no StasisEnd tells of that any more.
  } finally {
    calls.delete(channel);
  }
}

async function drain(): Promise<void> {
  isDraining = true;
  await Promise.race([Promise.all(calls.values()), setTimeout(longestCallMs, undefined, { ref: false })]);
  await Promise.all([...calls.keys()].map(hangUp));
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
