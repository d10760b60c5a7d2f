import { connect as connectClient, type AriClient } from 'asterisk-ari';
import { connect, dial, gather } from 'asterisk-ari/flows';

/** An agent's phone rings; once he has picked up, and pressed 1, the customer's. Resolves when their call is over. */
export async function clickToCall(
  client: AriClient,
  app: string,
  { agent, customer, callerId }: { agent: string; customer: string; callerId: string },
  signal?: AbortSignal,
): Promise<string> {
  const first = await dial(client, {
    targets: agent,
    app,
    callerId: `"Call to ${customer}" <${callerId}>`,
    ringSeconds: 20,
    confirm: async ({ channel, signal: over }) => {
      const { digits } = await gather(channel, {
        prompt: ['sound:vm-press', 'digits:1'],
        length: 1,
        tries: 2,
        signal: over,
      });
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

const { ARI_URL, ARI_USERNAME = '', ARI_PASSWORD = '' } = process.env;
if (ARI_URL !== undefined && import.meta.filename === process.argv[1]) {
  await using client = await connectClient(ARI_URL, ARI_USERNAME, ARI_PASSWORD);
  await client.start('click-to-call');
  const [, , agent = 'PJSIP/alice', customer = 'PJSIP/bob'] = process.argv;
  console.log(await clickToCall(client, 'click-to-call', { agent, customer, callerId: '100' }));
}
