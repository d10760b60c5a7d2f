/**
 * Callers are connected with an agent; who calls from 900 supervises: hears both (1), speaks to the agent alone (2), or to
 * both (3).
 *
 *     StasisStart → originate (agent) → POST bridge, add both
 *     StasisStart (from 900) → answer → POST snoop of the agent's channel → StasisStart (snoop) → both into a bridge
 *     ChannelDtmfReceived 1, 2 → snoop anew   3 → into the bridge of the call
 *     ChannelLeftBridge (the call is over) → DELETE bridge → hang up the supervisor
 */
import type { AriClient, Channel, ChannelHandle } from 'asterisk-ari';
import { connect, dial, supervise, type SuperviseMode } from 'asterisk-ari/flows';
import { example } from './support/example.js';

const modes: Readonly<Record<string, SuperviseMode>> = { 1: 'listen', 2: 'coach', 3: 'barge' };

export function superviseCalls(client: AriClient, app: string, agent: string): void {
  /** The agent's channel, while there is a call. */
  let talking: ChannelHandle | undefined;

  client.channels.on('StasisStart', async (channel, { args }) => {
    if (args[0] === 'dialed' || args[0] === 'snoop') return;
    await (channel.caller.number === '900' ? watch(channel) : talk(channel));
    await channel.hangup().catch(() => undefined);
  });

  async function talk(caller: Channel): Promise<void> {
    const { channel } = await dial(client, { targets: agent, app, caller });
    if (channel === undefined) return;
    talking = channel;
    await connect(client, { channels: [caller, channel] });
    talking = undefined;
  }

  async function watch(supervisor: Channel): Promise<void> {
    await supervisor.answer();
    if (talking === undefined) return;
    const supervision = supervise(client, { supervisor, channel: talking, app });
    const keys = supervisor.on('ChannelDtmfReceived', async (_supervisor, { digit }) => {
      const mode = modes[digit];
      if (mode !== undefined) await supervision.switchTo(mode);
    });
    await supervision;
    keys.close();
  }
}

export default example(import.meta.url, {
  app: 'supervise',
  start: (client, endpoint) => superviseCalls(client, 'supervise', endpoint('alice')),
  async demo({ call, phone }, { client }) {
    const ann = await call('ann');
    const alice = phone('alice');
    await alice.answers();
    await ann.isWith('alice');
    const listens = (): Promise<unknown> =>
      client.bridges.waitFor('ChannelEnteredBridge', {
        where: ({ channel }) => channel.name.startsWith('Snoop/'),
        timeoutMs: 20_000,
      });
    const first = listens();
    const boss = await call('boss', '900');
    await first;
    const second = listens();
    await boss.press('2');
    await second;
    await boss.press('3');
    await boss.isWith('ann');
    await ann.hangup();
    await alice.ended();
    await boss.ended();
  },
});
