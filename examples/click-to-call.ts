/**
 * Calls two people and connects them: an agent first, who confirms with 1, then the customer.
 *
 *     originate (agent) → StasisStart → play vm-press, digits:1 → ChannelDtmfReceived 1
 *     originate (customer) → ringing to the agent → StasisStart → POST bridge, add both
 *     ChannelHangupRequest of one, or an hour → DELETE bridge → hang up
 */
import type { AriClient } from 'asterisk-ari';
import { connect, dial, gather } from 'asterisk-ari/flows';
import { example } from './support/example.js';

interface Call {
  readonly agent: string;
  readonly customer: string;
  /** What the customer sees: the number that calls. */
  readonly callerId: string;
}

/** Resolves when the call is over, with how it ended. */
export async function clickToCall(client: AriClient, app: string, call: Call, signal?: AbortSignal): Promise<string> {
  const { agent, customer, callerId } = call;
  const first = await dial(client, {
    targets: agent,
    app,
    callerId: `"Call to ${customer}" <${callerId}>`,
    ringSeconds: 20,
    confirm: async ({ channel, signal: over }) => {
      const prompt = ['sound:vm-press', 'digits:1'];
      const { digits } = await gather(channel, { prompt, length: 1, tries: 2, signal: over });
      return digits === '1';
    },
    signal,
  });
  if (first.channel === undefined) {
    return `the agent: ${first.reason}`;
  }
  const second = await dial(client, { targets: customer, app, caller: first.channel, callerId, signal });
  if (second.channel === undefined) {
    await first.channel.hangup().catch(() => undefined);
    return `the customer: ${second.targets[0]?.status ?? second.reason}`;
  }
  const { reason, by, durationMs } = await connect(client, {
    channels: [first.channel, second.channel],
    limitMs: 60 * 60_000,
    warnings: [{ beforeMs: 60_000, media: 'sound:vm-goodbye', to: 'first' }],
    signal,
  });
  return `${reason} by ${by === 'first' ? 'the agent' : 'the customer'} after ${durationMs} ms`;
}

export default example(import.meta.url, {
  app: 'click-to-call',
  start: () => undefined,
  // In earnest, a web server would do that whenever somebody clicks.
  async connected(client, endpoint, say) {
    const call = { agent: endpoint('alice'), customer: endpoint('bob'), callerId: '100' };
    say(await clickToCall(client, 'click-to-call', call));
  },
  async demo({ phone }) {
    const [alice, bob] = [phone('alice'), phone('bob')];
    await alice.answers();
    await alice.hears('digits:1');
    await alice.press('1');
    await bob.answers();
    await alice.isWith('bob');
    await bob.hangup();
    await alice.ended();
  },
});
