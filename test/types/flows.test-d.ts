import type { AriClient, Bridge, BridgeHandle, Channel, ChannelHandle } from 'asterisk-ari';
import type * as v20 from 'asterisk-ari/v20';
import type * as v23 from 'asterisk-ari/v23';
import {
  attendedTransfer,
  blindTransfer,
  connect,
  dial,
  gather,
  hold,
  menu,
  onTransferRequested,
  Queue,
  recordMessage,
  type CallingChannel,
  type ConnectClient,
  type Consultation,
  type DialClient,
  type DialedChannel,
  type FlowBridge,
  type FlowChannel,
  type GatherOptions,
  type HoldableChannel,
  type RecordableChannel,
  type ReleasableChannel,
  type TransferableChannel,
  type TransferClient,
  type TransferringChannel,
} from 'asterisk-ari/flows';

/** Fails to compile unless every one of the types fits. */
export type Fits<Need, Given extends Need> = Given;

export type Channels = Fits<
  FlowChannel,
  Channel | ChannelHandle | v20.Channel | v20.ChannelHandle | v23.Channel | v23.ChannelHandle
>;

export type Recordable = Fits<
  RecordableChannel,
  Channel | ChannelHandle | v20.Channel | v20.ChannelHandle | v23.Channel | v23.ChannelHandle
>;

export type Clients = Fits<DialClient & ConnectClient & TransferClient, AriClient | v20.AriClient | v23.AriClient>;

export type Calls = Fits<
  CallingChannel & DialedChannel & HoldableChannel & ReleasableChannel & TransferableChannel,
  Channel | ChannelHandle | v20.Channel | v20.ChannelHandle | v23.Channel | v23.ChannelHandle
>;

export type Transferring = Fits<TransferringChannel, Channel | v20.Channel | v23.Channel>;

export type Bridges = Fits<FlowBridge, Bridge | BridgeHandle | v20.Bridge | v20.BridgeHandle | v23.Bridge>;

/** A user's own bindings, of an Asterisk that knows no number for why a channel is hung up. */
export type Words = Fits<
  Pick<ReleasableChannel, 'hangup'>,
  { hangup(params?: { reason?: 'normal' | 'busy' | undefined }): Promise<void> }
>;

/** What a flow hands out as it needs it can be used as well. */
export async function released(channel: ReleasableChannel, { transferrer }: Consultation<Channel>): Promise<void> {
  await channel.play({ media: 'sound:beep' });
  await transferrer.play({ media: ['sound:beep'], lang: 'en' });
  await transferrer.startMoh({ mohClass: 'jazz' });
  await channel.hangup({ reason_code: 17 });
  await channel.hangup({ reason: 'busy' }, { signal: AbortSignal.timeout(1) });
  // @ts-expect-error not a cause
  await channel.hangup({ reason: 'bored' });
  await transferrer.hangup();
}

/** What is handed out is of the bindings that the client is of. */
export async function calls(client: AriClient, older: v20.AriClient, newer: v23.AriClient): Promise<unknown[]> {
  const app = 'calls';
  const targets = [['PJSIP/a', { endpoint: 'PJSIP/b', ringSeconds: 5 }], 'PJSIP/c'];
  const one = await dial(client, { targets, app, confirm: ({ channel }) => typeof channel.ring === 'function' });
  const two = await dial(older, { targets, app });
  const three = await dial(newer, { targets, app });
  type Maybe<T> = T | undefined;
  const channels: [Maybe<ChannelHandle>, Maybe<v20.ChannelHandle>, Maybe<v23.ChannelHandle>] = [
    one.channel,
    two.channel,
    three.channel,
  ];
  const bridges: [Maybe<BridgeHandle>, Maybe<v20.BridgeHandle>] = [one.bridge, two.bridge];
  if (one.channel && two.channel) {
    const [transferee, transferrer] = [one.channel, client.channels.handle()];
    await connect(client, { channels: [transferee, transferrer], bridge: one.bridge });
    await connect(older, { channels: [two.channel, two.channel], bridge: two.bridge });
    const moved = await attendedTransfer(client, { transferee, transferrer, targets, app });
    const target: ChannelHandle | undefined = moved.channel;
    onTransferRequested(client, async (request) => {
      const who: Channel = request.transferrer;
      await blindTransfer(client, { transferrer: who, transferee, bridge: request.bridge, targets, app });
    });
    onTransferRequested(older, (request) => {
      const who: v20.Channel = request.transferrer;
      return who.hangup();
    });
    return [target];
  }
  return [...channels, ...bridges];
}

/** Of what excludes each other, either will do, and so will what is undefined. */
export async function either(channel: Channel, client: AriClient, length: number | undefined): Promise<void> {
  const options: GatherOptions = { minDigits: 1, maxDigits: 8 };
  await gather(channel, options);
  await gather(channel, { length });
  await gather(channel, { length, maxDigits: undefined });
  await recordMessage(channel, { name: 'message', bridge: client.bridges.handle(), snoop: undefined });
  await recordMessage(channel, { name: 'message', snoop: { app: 'flow' } });
  // @ts-expect-error how many is said by one or the other
  await gather(channel, { length: 4, maxDigits: 8 });
  // @ts-expect-error one of them is recorded
  await recordMessage(channel, { name: 'message', bridge: client.bridges.handle(), snoop: { app: 'flow' } });
}

/** The value of a menu is of any of its functions. */
export async function choices(channel: Channel): Promise<unknown> {
  const of = { 1: () => 0, 2: async () => 'voicemail', 3: () => undefined };
  const { value } = await menu(channel, { choices: of, otherwise: async () => true });
  const either: number | string | boolean | undefined = value;
  // @ts-expect-error there are other choices
  const one: number = value;
  const { value: chosen } = await menu(channel, { choices: { 1: () => 'sales' } });
  const maybe: string | undefined = chosen;
  return [either, one, maybe];
}

/** Whoever has waited can be transferred, recorded, held and supervised. */
export function conversations(client: AriClient, caller: Channel): Queue<AriClient> {
  const queue = new Queue(client, {
    app: 'queue',
    onConnected: async ({ caller: one, channel: other, bridge }) => {
      await hold(one);
      await recordMessage(one, { name: 'call', bridge, client });
      await attendedTransfer(client, { transferee: one, transferrer: other, bridge, targets: 'PJSIP/a', app: 'queue' });
    },
  });
  void queue.enter(caller);
  return queue;
}

/** What is there follows from how it ended. */
export async function narrowed(client: AriClient, caller: Channel, agent: Channel): Promise<readonly [string, number]> {
  const dialed = await dial(client, { targets: 'PJSIP/alice', app: 'calls', caller });
  if (dialed.reason === 'answered') {
    await connect(client, { channels: [caller, dialed.channel] });
  }
  // @ts-expect-error there may be nobody
  await connect(client, { channels: [caller, dialed.channel] });
  const moved = await attendedTransfer(client, {
    transferee: caller,
    transferrer: agent,
    targets: 'PJSIP/bob',
    app: 'calls',
  });
  if (moved.outcome === 'transferred') {
    await moved.channel.hangup();
  }
  // @ts-expect-error only who has transferred is hung up
  const needless = moved.outcome === 'returned' && moved.hangupError.message;
  const queue: Queue = new Queue(client, { app: 'calls' });
  const waited = await queue.enter(caller);
  return waited.reason === 'answered' ? [waited.agent, waited.talkedMs] : [String(needless), waited.waitedMs];
}

/** A choice is one of those that were offered. */
export async function chosen(channel: Channel): Promise<'1' | '99' | undefined> {
  const { choice } = await menu(channel, { choices: { 1: () => 'sales', 99: () => 'operator' } });
  // @ts-expect-error nobody can choose that
  const wrong = choice === '2';
  return wrong ? undefined : choice;
}
