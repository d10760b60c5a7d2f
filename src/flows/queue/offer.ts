import { dial } from '../dial/dial.js';
import { callerIdOf } from '../dial/options.js';
import type { ChannelOf } from '../dial/parties.js';
import { Watch } from '../watch.js';
import type { Agent } from './agents.js';
import type { Line } from './line.js';
import type { QueueChannel, QueueClient } from './parties.js';

/** An agent who has answered. */
export interface Answer<C> {
  readonly agent: Agent;
  readonly channel: C;
  /** Whether he hangs up before they are connected. */
  readonly watch: Watch;
  /** Why another agent's phone could not be hung up. */
  readonly leftover: unknown;
}

/** Has the agents' phones ring for a caller until one has answered; undefined if none has. Those who have not are free again. */
export async function offer<Client extends QueueClient>(
  line: Pick<Line<Client>, 'client' | 'rules' | 'agents'>,
  caller: QueueChannel,
  offered: readonly Agent[],
  signal: AbortSignal,
): Promise<Answer<ChannelOf<Client>> | undefined> {
  const { client, rules, agents } = line;
  let winner: Agent | undefined;
  try {
    const result = await dial(client, {
      targets: [offered.map(({ target }) => target)],
      app: rules.app,
      appArgs: rules.appArgs,
      callerId: callerIdOf(caller),
      ringSeconds: rules.ringSeconds,
      confirm: rules.confirm,
      signal,
    });
    const won = result.targets.findIndex(({ status }) => status === 'ANSWER');
    winner = result.channel === undefined ? undefined : offered[won];
    for (const [index, target] of result.targets.entries()) {
      const agent = offered[index] as Agent;
      agent.last = target;
      if (agent !== winner) {
        agents.release(agent, target.status !== 'CANCEL');
      }
    }
    const channel = result.channel as ChannelOf<Client>;
    const leftover = result.targets.find(({ hangupError }) => hangupError !== undefined)?.hangupError;
    return winner && { agent: winner, channel, watch: new Watch(channel, undefined), leftover };
  } catch (error) {
    for (const agent of offered) {
      agents.release(agent, true);
    }
    throw error;
  }
}
