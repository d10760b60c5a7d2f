import { textOf } from './text-of.js';

/** One kind of thing that keys of ari-proxy name. */
interface Thing {
  /** Parameters of ARI that its id is; several are parts of it, with slashes between them. */
  readonly params: readonly string[];
  /** Fields of its data that its id is. */
  readonly fields: readonly string[];
  /** Where an answer has its data. */
  readonly member: string;
  /** The request for its data; none has a request of its own. */
  readonly data?: string;
}

/** Things by the `kind` of their keys. */
const things = {
  application: thing(['applicationName'], ['name'], 'application', 'ApplicationData'),
  bridge: thing(['bridgeId'], ['id'], 'bridge', 'BridgeData'),
  channel: thing(['channelId'], ['id'], 'channel', 'ChannelData'),
  config: thing(['configClass', 'objectType', 'id'], ['Class', 'Type', 'Name'], 'config', 'AsteriskConfigData'),
  devicestate: thing(['deviceName'], ['name'], 'device_state', 'DeviceStateData'),
  endpoint: thing(['tech', 'resource'], ['technology', 'resource'], 'endpoint', 'EndpointData'),
  liverecording: thing(['recordingName'], ['name'], 'live_recording', 'RecordingLiveData'),
  logging: thing(['logChannelName'], ['channel'], 'log', 'AsteriskLoggingData'),
  mailbox: thing(['mailboxName'], ['name'], 'mailbox', 'MailboxData'),
  module: thing(['moduleName'], ['name'], 'module', 'AsteriskModuleData'),
  playback: thing(['playbackId'], ['id'], 'playback', 'PlaybackData'),
  sound: thing(['soundId'], ['id'], 'sound', 'SoundData'),
  storedrecording: thing(['recordingName'], ['name'], 'stored_recording', 'RecordingStoredData'),
  variable: thing(['variable'], [], 'variable'),
} as const satisfies Readonly<Record<string, Thing>>;

/** What a key names. */
export type PxThing = keyof typeof things;

export function thingOf(name: PxThing): Thing {
  return things[name];
}

/** A thing's id, out of its data. */
export function idIn(name: PxThing, data: object): string {
  return thingOf(name)
    .fields.map((field) => textOf((data as Record<string, unknown>)[field]))
    .join('/');
}

/** The parts of a thing's id; undefined if there are too few. The last one may have slashes itself. */
export function partsOf(name: PxThing, id: string): string[] | undefined {
  const count = thingOf(name).params.length;
  const parts = id.split('/');
  const all = [...parts.slice(0, count - 1), parts.slice(count - 1).join('/')];
  return all.length === count && all.every((part) => part !== '') ? all : undefined;
}

function thing(params: readonly string[], fields: readonly string[], member: string, data?: string): Thing {
  return { params, fields, member, ...(data !== undefined && { data }) };
}
