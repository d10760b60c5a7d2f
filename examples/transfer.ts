/**
 * Callers are connected with an agent, who transfers them: with # blind, with * after a consultation, or with the transfer
 * key of the phone, which the application carries out.
 *
 *     StasisStart → originate (agent) → POST bridge, add both
 *     ChannelDtmfReceived # → out of the bridge, the agent hung up → originate (reception) → POST bridge, add both
 *     ChannelDtmfReceived * → out of the bridge, music for the caller → originate → the agent talks to reception
 *                           → the agent hangs up → POST bridge, caller and reception
 *     ChannelTransfer (the phone's key) → the same, and the phone is told how it ended
 */
import type { AriClient, Bridge, Channel } from 'asterisk-ari';
import {
  attendedTransfer,
  blindTransfer,
  connect,
  dial,
  onTransferRequested,
  type TransferRequest,
} from 'asterisk-ari/flows';
import { example } from './support/example.js';

/** The transfers of their phones are left to the application. */
const variables = { 'PJSIP_TRANSFER_HANDLING()': 'ari-only' };

export function serveTransfers(client: AriClient, app: string, agent: string, reception: string): void {
  client.channels.on('StasisStart', async (caller, { args }) => {
    if (args[0] !== 'dialed') await serve(caller);
  });
  onTransferRequested(client, transferAsAsked);

  async function serve(caller: Channel): Promise<void> {
    const { channel } = await dial(client, { targets: { endpoint: agent, variables }, app, caller });
    if (channel === undefined) {
      await caller.hangup().catch(() => undefined);
      return;
    }
    const asked = new AbortController();
    channel.on('ChannelDtmfReceived', (_agent, { digit }) => '*#'.includes(digit) && asked.abort(digit));
    const { reason } = await connect(client, { channels: [caller, channel], signal: asked.signal });
    if (reason === 'aborted') {
      const call = { transferee: caller, transferrer: channel, targets: reception, app };
      const result = await (asked.signal.reason === '*' ? attendedTransfer : blindTransfer)(client, call);
      await connect(client, { channels: [caller, result.channel ?? channel] });
    }
  }

  async function transferAsAsked(request: TransferRequest<Channel, Bridge>): Promise<void> {
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
  }
}

export default example(import.meta.url, {
  app: 'transfer',
  start: (client, endpoint) => serveTransfers(client, 'transfer', endpoint('alice'), endpoint('bob')),
  async demo({ call, phone }) {
    const [alice, bob] = [phone('alice'), phone('bob')];
    for (const key of ['#', '*']) {
      const ann = await call('ann');
      await alice.answers();
      await ann.isWith('alice');
      await alice.press(key);
      await bob.answers();
      if (key === '*') {
        await alice.isWith('bob');
        await alice.hangup();
      }
      await ann.isWith('bob');
      await bob.hangup();
      await ann.ended();
    }
  },
});
