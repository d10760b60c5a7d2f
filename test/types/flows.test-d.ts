import type { Channel, ChannelHandle } from 'asterisk-ari';
import type * as v20 from 'asterisk-ari/v20';
import type * as v23 from 'asterisk-ari/v23';
import type { FlowChannel, RecordableChannel } from 'asterisk-ari/flows';

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
