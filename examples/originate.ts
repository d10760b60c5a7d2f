/**
 * Whoever calls hears music while somebody is called for them; then the two talk.
 *
 *     StasisStart (the caller)  → answer → moh → originate (20 s)
 *     StasisStart (the called)  → POST bridge → add both             they talk
 *     StasisEnd of one          → hang up the other → DELETE bridge
 *     ChannelDestroyed (called, busy or not answered) → hang up the caller
 */
import { NotFoundError, ObjectGoneError, type AriClient, type Channel } from 'asterisk-ari';
import { example } from './support/example.js';

export function callFor(client: AriClient, app: string, endpoint: string): void {
  client.channels.on('StasisStart', async (caller, { args }) => {
    // The channel that is called comes into the application as well.
    if (args[0] === 'dialed') return;
    await caller.answer();
    await caller.startMoh();

    // The id is ours: whoever listens before anything is called misses nothing.
    const called = client.channels.handle();
    called.once('StasisStart', (channel) => talk(client, caller, channel));
    called.once('ChannelDestroyed', () => hangUp(caller));
    caller.once('StasisEnd', () => hangUp(called));
    await called.originateWithId({ endpoint, app, appArgs: 'dialed', timeout: 20, originator: caller });
  });
}

async function talk(client: AriClient, caller: Channel, called: Channel): Promise<void> {
  const over = called.waitFor('StasisEnd');
  const bridge = await client.bridges.create({ type: 'mixing' });
  try {
    await caller.stopMoh();
    await Promise.all([bridge.addChannel({ channel: [caller, called] }), over]);
  } finally {
    await bridge.destroy();
  }
}

/** A channel that has gone already is as good as one that is hung up. */
async function hangUp(channel: Pick<Channel, 'hangup'>): Promise<void> {
  try {
    await channel.hangup();
  } catch (error) {
    if (!(error instanceof ObjectGoneError || error instanceof NotFoundError)) throw error;
  }
}

export default example(import.meta.url, {
  app: 'originate',
  start: (client, endpoint) => callFor(client, 'originate', endpoint('bob')),
  async demo({ call, phone }) {
    const ann = await call('ann');
    const bob = phone('bob');
    await bob.answers();
    await ann.isWith('bob');
    await ann.hangup();
    await bob.ended();
    await call('ann');
    await bob.declines();
    await ann.ended();
  },
});
