/**
 * Ends without hanging up on anybody: from SIGTERM on it takes no new calls, waits for the running ones, not longer than
 * half a minute, and closes. A second signal ends it at once.
 *
 *     StasisStart → answer → play hello-world → the caller hangs up → StasisEnd
 *     SIGTERM     → StasisStart → continue: the dialplan knows where calls go that this process does not take
 *                 → StasisEnd of the last call, or 30 s → hang up → close
 */
import { setTimeout } from 'node:timers/promises';
import { NotFoundError, type AriClient, type Channel } from 'asterisk-ari';
import { example } from './support/example.js';

const longestCallMs = 30_000;

/** @returns what drains it */
export function greet(client: AriClient): () => Promise<void> {
  const calls = new Map<Channel, Promise<void>>();
  let isDraining = false;

  client.channels.on('StasisStart', async (channel) => {
    if (isDraining) {
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

  return async () => {
    isDraining = true;
    await Promise.race([Promise.all(calls.values()), setTimeout(longestCallMs, undefined, { ref: false })]);
    await Promise.all([...calls.keys()].map(hangUp));
  };
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

export default example(import.meta.url, {
  app: 'graceful-drain',
  start: greet,
  async demo({ call }, { stop }) {
    const ann = await call('ann');
    await ann.hears('sound:hello-world');
    const drained = stop();
    const bob = await call('bob', '200');
    // He is not served any more.
    await bob.ended();
    await ann.hangup();
    await drained;
  },
});
