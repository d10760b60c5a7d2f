/** The steps of a call as awaitable functions, over the objects of any bindings. */
export { DigitBuffer } from './digits.js';
export { gather, type GatherResult } from './gather.js';
export type { GatherOptions } from './gather-options.js';
export type { Match, Matcher, Wanted } from './match.js';
export { menu, type MenuAction, type MenuOptions, type MenuResult } from './menu.js';
export type { ChannelEnd, FlowChannel, FlowPlayback, FlowRecording, RecordableChannel } from './parties.js';
export { play, type PlayOptions, type PlayResult } from './play.js';
export type { Media } from './playing.js';
export { say, type SayAs } from './say.js';
export { recordMessage, type RecordMessageOptions, type RecordMessageResult } from './record-message.js';
export type { BridgeMaker, BridgeMemberEvent, BridgeOf, FlowBridge } from './bridge.js';
export { dial, type DialResult } from './dial/dial.js';
export type { TargetResult } from './dial/leg.js';
export type { Confirmation, DialOptions, DialTarget, Ringback, Target } from './dial/options.js';
export type { CallingChannel, ChannelOf, DialClient, DialedChannel } from './dial/parties.js';
export type { TargetStatus } from './dial/status.js';
export { connect, type ConnectResult } from './connect/connect.js';
export type { ConnectClient, ConnectOptions, Side, Warning } from './connect/options.js';
export type { ReleasableChannel } from './lines.js';
export {
  hold,
  unhold,
  type HoldableChannel,
  type HoldOptions,
  type HoldResult,
  type UnholdOptions,
  type UnholdResult,
} from './hold.js';
export {
  attendedTransfer,
  type AttendedTransferOptions,
  type AttendedTransferResult,
  type Consultation,
} from './transfer/attended.js';
export { blindTransfer, type BlindTransferOptions } from './transfer/blind.js';
export type { TransferOptions } from './transfer/options.js';
export type {
  TargetChannel,
  TransferableChannel,
  TransferClient,
  TransferEvent,
  TransferringChannel,
  TransferSource,
} from './transfer/parties.js';
export { onTransferRequested, type TransferRequest, type TransferRequestOptions } from './transfer/requested.js';
