import type { AriClient, Channel, MediaUri } from 'asterisk-ari';

/** How long the agent's telephone rings, in seconds. */
const ringSeconds = 20;

/**
 * A menu for callers: 1 connects them with the sales agent, 2 says goodbye. It is told which telephone is the agent's,
 * `PJSIP/sales`, so that a test can be that telephone.
 */
export function menu(client: AriClient, agent: string): void {
  client.channels.on('StasisStart', async (caller, { args }) => {
    // The agent's channel is ours as well; whoever called it waits for it.
    if (args[0] === 'agent') return;
    caller.on('ChannelDtmfReceived', async (_caller, { digit }) => {
      if (digit === '1') await connectAgent(client, caller, agent);
      if (digit === '2') await leave(client, caller, 'sound:goodbye');
    });
    await caller.answer();
    await caller.play({ media: 'sound:menu/welcome' });
  });
}

async function connectAgent(client: AriClient, caller: Channel, endpoint: string): Promise<void> {
  await caller.play({ media: 'sound:one-moment-please' });
  const agent = client.channels.handle();
  const over = new AbortController();
  const answered = agent.waitFor('StasisStart', { timeoutMs: (ringSeconds + 5) * 1000, signal: over.signal });
  agent.once('ChannelDestroyed', () => over.abort());
  await agent.originateWithId({ endpoint, app: 'menu', appArgs: 'agent', timeout: ringSeconds });
  if (!(await answered.catch(() => undefined))) return leave(client, caller, 'sound:im-sorry');

  const bridge = await client.bridges.create({ type: 'mixing' });
  await bridge.addChannel({ channel: [caller, agent] });
  // Whoever hangs up first ends the call for both.
  agent.once('StasisEnd', () => hangUp(caller));
  caller.once('StasisEnd', () => Promise.all([hangUp(agent), bridge.destroy()]));
}

/** Says something to its end, then hangs up. */
async function leave(client: AriClient, caller: Channel, media: MediaUri): Promise<void> {
  const playback = client.playbacks.handle();
  const finished = playback.waitFor('PlaybackFinished', { timeoutMs: 60_000 });
  await caller.playWithId({ playbackId: playback.id, media });
  await finished;
  await caller.hangup();
}

/** A channel that has gone already is as good as one that is hung up. */
async function hangUp(channel: Pick<Channel, 'hangup'>): Promise<void> {
  await channel.hangup().catch(() => undefined);
}
