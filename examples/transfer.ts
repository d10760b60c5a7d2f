import { connect as connectClient, type AriClient, type Channel, type StasisStart } from 'asterisk-ari';
import { attendedTransfer, blindTransfer, connect, dial, onTransferRequested } from 'asterisk-ari/flows';

/** The transfers of their phones are left to the application. */
const variables = { 'PJSIP_TRANSFER_HANDLING()': 'ari-only' };

/**
 * Callers are connected with an agent, who transfers them as his phone can: blind, to another extension, or, after a
 * consultation, to the party of his second call. With `*` an agent has the application consult reception for him.
 */
export function serveTransfers(client: AriClient, app: string, agent: string, reception: string): void {
  client.channels.on('StasisStart', async (caller: Channel, { args }: StasisStart) => {
    if (args[0] !== 'dialed') {
      await serve(caller);
    }
  });

  onTransferRequested(client, async (request) => {
    const { transferrer, transferee, second, destination, bridge, signal } = request;
    if (transferee === undefined) {
      await request.unavailable();
    } else if (second?.party !== undefined) {
      void connect(client, { channels: [transferee, second.party] });
      await request.accept();
      await Promise.all([transferrer, second.channel].map((each) => each.hangup().catch(() => undefined)));
    } else {
      await request.progress();
      const call = { transferee, transferrer, bridge, release: 'never' } as const;
      const { channel } = await blindTransfer(client, { ...call, targets: `PJSIP/${destination}`, app, signal });
      await (channel === undefined ? request.unavailable() : request.accept());
      await (channel && transferrer.hangup().catch(() => undefined));
      await connect(client, { channels: [transferee, channel ?? transferrer] });
    }
  });

  async function serve(caller: Channel): Promise<void> {
    const target = { endpoint: agent, variables };
    const { channel } = await dial(client, { targets: target, app, caller });
    if (channel === undefined) {
      await caller.hangup().catch(() => undefined);
      return;
    }
    const consult = new AbortController();
    channel.on('ChannelDtmfReceived', (_agent, { digit }) => digit === '*' && consult.abort());
    const { reason } = await connect(client, { channels: [caller, channel], signal: consult.signal });
    if (reason === 'aborted') {
      const call = { transferee: caller, transferrer: channel };
      const { channel: other } = await attendedTransfer(client, { ...call, targets: reception, app });
      await connect(client, { channels: [caller, other ?? channel] });
    }
  }
}

const { ARI_URL, ARI_USERNAME = '', ARI_PASSWORD = '' } = process.env;
if (ARI_URL !== undefined && import.meta.filename === process.argv[1]) {
  const client = await connectClient(ARI_URL, ARI_USERNAME, ARI_PASSWORD);
  serveTransfers(client, 'transfer', 'PJSIP/alice', 'PJSIP/bob');
  await client.run('transfer');
}
