import type { AriClient, BridgeHandle, Channel, ChannelHandle } from 'asterisk-ari';
import type * as v20 from 'asterisk-ari/v20';
import type * as v23 from 'asterisk-ari/v23';
import type {
  ConferenceChannel,
  ConferenceClient,
  QueueChannel,
  QueueClient,
  RecordableBridge,
  RecordClient,
  RecordingStore,
  SnoopableChannel,
  SuperviseClient,
  TalkingChannel,
} from 'asterisk-ari/flows';
import { Queue, supervise } from 'asterisk-ari/flows';
import type { Fits } from './flows.test-d.js';

type AnyChannel = Channel | ChannelHandle | v20.Channel | v20.ChannelHandle | v23.Channel | v23.ChannelHandle;
type AnyClient = AriClient | v20.AriClient | v23.AriClient;

export type Channels = [
  Fits<TalkingChannel, AnyChannel>,
  Fits<ConferenceChannel, AnyChannel>,
  Fits<QueueChannel, AnyChannel>,
  Fits<SnoopableChannel, AnyChannel>,
];

export type Clients = [
  Fits<ConferenceClient, AnyClient>,
  Fits<QueueClient, AnyClient>,
  Fits<SuperviseClient, AnyClient>,
  Fits<RecordClient, AnyClient>,
  Fits<RecordingStore, AnyClient>,
];

export type Bridges = Fits<RecordableBridge, BridgeHandle | v20.BridgeHandle | v23.BridgeHandle>;

/** What a queue tells of a conversation is of the bindings that the client is of. */
export function queues(client: AriClient, older: v20.AriClient): unknown[] {
  return [
    new Queue(client, {
      app: 'calls',
      onConnected: async ({ channel, bridge }) => {
        const [agent, both]: [ChannelHandle, BridgeHandle] = [channel, bridge];
        await both.record({ name: agent.id, format: 'wav' });
      },
    }),
    new Queue(older, { app: 'calls', onConnected: ({ bridge }): v20.BridgeHandle => bridge }),
  ];
}

/** Who only takes part needs no application, and cannot do anything else. */
export async function supervises(client: AriClient, supervisor: Channel, channel: Channel): Promise<boolean> {
  const supervision = supervise(client, { supervisor, channel, mode: 'coach', app: 'calls' });
  const barge = supervise(client, { supervisor, channel, mode: 'barge' });
  // @ts-expect-error -- it has no application for the channel that would listen
  await barge.switchTo('listen');
  // @ts-expect-error -- to listen takes an application
  await supervise(client, { supervisor, channel });
  // @ts-expect-error -- without an application, nothing comes into it
  await supervise(client, { supervisor, channel, mode: 'barge', appArgs: 'x' });
  return supervision.switchTo('barge');
}
