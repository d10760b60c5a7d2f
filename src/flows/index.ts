/** The steps of a call as awaitable functions, over the objects of any bindings. */
export type { AnnounceOptions, AnnounceResult, ConferenceRecording } from './conference/audio.js';
export type { ConferenceChange, Participant } from './conference/changes.js';
export { Conference, type StayResult } from './conference/conference.js';
export type { ConferenceOptions, JoinOptions } from './conference/options.js';
export type { ConferenceBridge, ConferenceChannel, ConferenceClient } from './conference/parties.js';
export { detectTalking, type DetectTalkingOptions } from './detect-talking.js';
export { DigitBuffer } from './digits.js';
export { gather, type GatherResult } from './gather.js';
export type { GatherOptions, GatherSettings } from './gather-options.js';
export type { Match, Matcher, Wanted } from './match.js';
export {
  menu,
  type MenuAction,
  type MenuChoice,
  type MenuChoices,
  type MenuOptions,
  type MenuResult,
  type MenuValue,
} from './menu.js';
export type {
  ChannelEnd,
  FlowChannel,
  FlowPlayback,
  FlowRecording,
  PlayedMedia,
  RecordableChannel,
} from './parties.js';
export { recorded, tone } from './media-uris.js';
export { play, type PlayOptions, type PlayResult } from './play.js';
export type { Media } from './playing.js';
export type { SnoopableChannel, SnoopChannel } from './snoop.js';
export { supervise, type Supervision } from './supervise/supervise.js';
export type { SuperviseResult } from './supervise/result.js';
export type { BargeOptions, SuperviseMode, SuperviseOptions } from './supervise/options.js';
export type { SuperviseClient } from './supervise/parties.js';
export { say, type SayAs } from './say.js';
export { Queue, type QueueStats } from './queue/queue.js';
export type { QueueAgent } from './queue/agents.js';
export {
  positionMedia,
  type AgentOptions,
  type EnterOptions,
  type QueueConversation,
  type QueueOptions,
  type QueuePlace,
} from './queue/options.js';
export type { QueueChannel, QueueClient } from './queue/parties.js';
export type { QueueAnswered, QueueResult, QueueUnanswered } from './queue/waiting.js';
export { RecordingControl } from './record/control.js';
export type { RecordingOptions, RecordMessageOptions, RecordMessageSettings, SnoopOptions } from './record/options.js';
export type { Recordable, RecordableBridge, RecordClient, RecordingStore } from './record/parties.js';
export { recordMessage } from './record/record-message.js';
export type { RecordedFacts, RecordMessageResult } from './record/result.js';
export type { ReviewOptions } from './record/review.js';
export type { RecordingOrName } from './record/recording-name.js';
export { discardRecording, saveRecording, type SaveRecordingOptions } from './record/stored.js';
export type { BridgeMaker, BridgeMemberEvent, BridgeOf, FlowBridge } from './bridge.js';
export { dial, type DialAnswered, type DialResult, type DialUnanswered } from './dial/dial.js';
export type { TargetResult } from './dial/leg.js';
export type { Confirmation, DialOptions, DialTarget, Ringback, Target } from './dial/options.js';
export type { CallingChannel, ChannelOf, DialClient, DialedChannel } from './dial/parties.js';
export type { TargetStatus } from './dial/status.js';
export { connect, type ConnectResult } from './connect/connect.js';
export type { ConnectClient, ConnectOptions, Side, Warning } from './connect/options.js';
export type { HangupCause, ReleasableChannel } from './lines.js';
export type { Talk, TalkingChannel, TalkSettings } from './talking.js';
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
  type NotTransferred,
  type Transferred,
  type Consultation,
} from './transfer/attended.js';
export { blindTransfer, type BlindTransferOptions, type BlindTransferResult } from './transfer/blind.js';
export type { TransferOptions } from './transfer/options.js';
export type {
  TargetChannel,
  TransferableChannel,
  TransferClient,
  TransferEvent,
  TransferringChannel,
  TransferSource,
} from './transfer/parties.js';
export type { TransferRequest } from './transfer/request.js';
export { onTransferRequested, type TransferRequestOptions } from './transfer/requested.js';
