import type { Application } from './applications/application.js';
import type { Bridge, Membership } from './bridges/bridge.js';
import type { CallerId } from './caller-id.js';
import type { Channel, ChannelInit, DialplanPosition, Stay } from './channels/channel.js';
import type { ChannelState } from './channels/snapshot.js';
import type { Clock, Timer, TimerKind } from './clock.js';
import type { ParsedStep } from './dialplan/data.js';
import type { EventBody, Source } from './events.js';
import type { Ids } from './ids.js';
import type { Signal } from './channels/far-end.js';
import type { AudioFrame } from './media/audio-frame.js';
import type { MediaConnection, Outgoing } from './media/media-connection.js';
import type { DynamicConfig } from './places/dynamic-config.js';
import type { Sounds } from './places/sounds.js';
import type { Variables } from './variables.js';
import type { OpenForCall } from './stasis/outbound.js';
import type { StoredRecordings } from './recordings/stored-recordings.js';

/**
 * What the parts of the engine ask of each other. A part knows this and the plain state of channels and bridges, and
 * none of its neighbours; the engine puts them together.
 */
export interface Engine {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly asteriskId: string;
  /** Global variables of the dialplan. */
  readonly globals: Variables;
  readonly applications: ApplicationsPart;
  readonly channels: ChannelsPart;
  readonly bridges: BridgesPart;
  readonly dialplan: DialplanPart;
  readonly stasis: StasisPart;
  readonly broadcasts: BroadcastsPart;
  readonly outbound: OutboundPart;
  readonly deviceStates: DeviceStatesPart;
  readonly endpoints: EndpointsPart;
  /** Channels that a program may connect to for their media, by the id of the connection. */
  readonly mediaConnections: Map<string, MediaConnection>;
  readonly outgoing: Outgoing;
  readonly dynamicConfig: Pick<DynamicConfig, 'find'>;
  readonly sounds: Pick<Sounds, 'durationOf'>;
  readonly storedRecordings: Pick<StoredRecordings, 'delete' | 'durationOf' | 'find' | 'store'>;
  /** Puts work off until the work at hand is over. */
  soon(work: () => void): void;
  /** Begins something in a thread of its own, a moment from now. */
  begin(work: () => void): void;
  /** Does something when Asterisk's clock has moved on. */
  after(ms: number, kind: TimerKind, work: () => void): Timer;
  /** Tells an event to the applications that one of its sources concerns. */
  publish(event: EventBody, sources: readonly Source[]): void;
  publishOnEach(event: EventBody, sources: readonly Source[]): void;
}

/** Who is subscribed to what. */
interface ApplicationsPart {
  find(name: string): Application | undefined;
  findConnected(name: string): Application | undefined;
  list(): Application[];
  subscribe(name: string, source: Source): void;
  unsubscribe(name: string, source: Source): void;
  /** The source is no more. */
  forget(source: Source): void;
  isWanted(source: Source): boolean;
}

/** Channels come, change and go; what others hear of it is told here. */
interface ChannelsPart {
  add(init: ChannelInit): Channel;
  /** Adds one that is not shown. */
  addInternal(init: ChannelInit): Channel;
  has(id: string): boolean;
  list(): Channel[];
  destroy(channel: Channel): void;
  onDestroyed(channel: Channel, action: () => void): void;
  setState(channel: Channel, state: ChannelState): void;
  setPosition(channel: Channel, change: Partial<DialplanPosition>): void;
  /** With `look`, what is to be seen of the channel is looked at anew before anybody is told. */
  setVariable(channel: Channel, name: string, value: string, look?: boolean): void;
  unsetVariable(channel: Channel, name: string): void;
  setCaller(channel: Channel, caller: CallerId): void;
  setConnected(channel: Channel, connected: CallerId): void;
  setParties(channel: Channel, caller: CallerId, connected: CallerId): void;
  /** Tells what has changed since one last looked. */
  update(channel: Channel): void;
  publish(channel: Channel, type: string, fields?: Record<string, unknown>): void;
}

interface BridgesPart {
  find(id: string): Bridge | undefined;
  join(bridge: Bridge, channel: Channel, membership: Membership): void;
  /** A channel goes from the bridge that it is in, if any, because it goes from its application. */
  leave(channel: Channel): void;
  /** A digit that a channel received goes on to the others of its bridge. */
  passDigit(from: Channel, digit: string, durationMs: number): void;
  /** How the dialling of a channel gets on is told to the others of its bridge. */
  passSignal(from: Channel, signal: Signal): void;
  /** Audio that a channel received goes on to the others of its bridge. */
  passAudio(from: Channel, frame: AudioFrame): void;
}

/** Where a run stands, as far as finding its step goes. */
export interface Place {
  readonly context: string;
  readonly exten: string;
}

interface DialplanPart {
  exists(place: Place): boolean;
  step(place: Place & { readonly priority: number }): ParsedStep | undefined;
  /** The priority of a label; `undefined` where there is no such label. */
  labelled(place: Place, label: string): number | undefined;
  /** Sends a channel through the dialplan from where it stands; `ended` is called before it is hung up in the end. */
  run(channel: Channel, ended?: () => void): void;
}

/** How a channel leaves an application other than by being hung up. */
export type Leaving =
  | { readonly kind: 'continue'; readonly context: string; readonly exten: string; readonly priority: number }
  | { readonly kind: 'end' };

export interface StayOptions {
  /** Whether it came from the dialplan, and goes back to it. */
  readonly inDialplan: boolean;
  /** It leaves other than by being hung up. */
  readonly leave: (how: Leaving) => void;
}

/** The way into applications. */
interface StasisPart {
  /** Nothing comes of it if the application is not connected. */
  enter(channel: Channel, application: string, args: readonly string[], options: StayOptions): Stay | undefined;
}

export interface BroadcastRequest {
  readonly timeoutMs: number;
  /** A regular expression for the names of the applications that are asked; empty for all. */
  readonly filter: string;
  readonly notifyClaimed: boolean;
  claimed(application: string): void;
  expired(): void;
}

interface BroadcastsPart {
  /** Offers a channel. Until `end`, whoever claims it after the first is told that it has been claimed. */
  start(channel: Channel, request: BroadcastRequest): { end(): void };
}

/** The applications for whose calls a connection each is opened. */
interface OutboundPart {
  opener(application: string): OpenForCall | undefined;
}

interface DeviceStatesPart {
  /** A channel's device is in use as long as it is there. */
  use(channel: Channel): void;
  channelChanged(channel: Channel): void;
  changed(name: string, state: string): void;
}

interface EndpointsPart {
  /** A channel of an endpoint came, changed or went. */
  channelsChanged(name: string | undefined, others: boolean): void;
  /** Makes a channel to an endpoint; nothing comes of it if nobody is there. */
  request(technology: string, resource: string, id: string): Channel | undefined;
  /** The device state of an endpoint by its name. */
  deviceState(name: string): string | undefined;
}
