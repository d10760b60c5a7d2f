import type { Data, ObjectsNow } from '../../shared/objects.js';

/** A column of a table: its title, and what it says of an object. */
export type Column = readonly [title: string, text: (object: Data) => string];

/** A table of objects of one kind. */
export interface Table {
  readonly list: Exclude<keyof ObjectsNow, 'refused'>;
  readonly title: string;
  readonly columns: readonly Column[];
  /** Of an object: `channel:ID`, where the ladder can be shown of it. */
  readonly objectOf?: (object: Data) => string;
  /** An operation to try, and the parameters that an object fills in. */
  readonly operation: string;
  readonly params: (object: Data) => Readonly<Record<string, string>>;
}

const field =
  (...path: string[]) =>
  (object: Data): string =>
    show(path.reduce<unknown>((value, name) => (value as Data | undefined)?.[name], object));

const id = field('id');
const name = field('name');

export const tables: readonly Table[] = [
  {
    list: 'channels',
    title: 'Channels',
    columns: [
      ['Name', name],
      ['State', field('state')],
      ['Caller', (channel) => party(channel['caller'])],
      ['Connected', (channel) => party(channel['connected'])],
      ['Where', (channel) => place(channel['dialplan'])],
      ['Since', (channel) => time(channel['creationtime'])],
      ['Id', id],
    ],
    objectOf: (channel) => `channel:${id(channel)}`,
    operation: 'channels.get',
    params: (channel) => ({ channelId: id(channel) }),
  },
  {
    list: 'bridges',
    title: 'Bridges',
    columns: [
      ['Name', name],
      ['Type', field('bridge_type')],
      ['Technology', field('technology')],
      ['Members', (bridge) => show(bridge['channels'])],
      ['Since', (bridge) => time(bridge['creationtime'])],
      ['Id', id],
    ],
    objectOf: (bridge) => `bridge:${id(bridge)}`,
    operation: 'bridges.get',
    params: (bridge) => ({ bridgeId: id(bridge) }),
  },
  {
    list: 'playbacks',
    title: 'Playbacks',
    columns: [
      ['Media', field('media_uri')],
      ['State', field('state')],
      ['To', field('target_uri')],
      ['Id', id],
    ],
    objectOf: (playback) => `playback:${id(playback)}`,
    operation: 'playbacks.get',
    params: (playback) => ({ playbackId: id(playback) }),
  },
  {
    list: 'liveRecordings',
    title: 'Recordings under way',
    columns: [
      ['Name', name],
      ['State', field('state')],
      ['Format', field('format')],
      ['Of', field('target_uri')],
    ],
    objectOf: (recording) => `recording:${name(recording)}`,
    operation: 'recordings.getLive',
    params: (recording) => ({ recordingName: name(recording) }),
  },
  {
    list: 'storedRecordings',
    title: 'Stored recordings',
    columns: [
      ['Name', name],
      ['Format', field('format')],
    ],
    operation: 'recordings.getStored',
    params: (recording) => ({ recordingName: name(recording) }),
  },
  {
    list: 'applications',
    title: 'Applications',
    columns: [
      ['Name', name],
      ['Channels', field('channel_ids')],
      ['Bridges', field('bridge_ids')],
      ['Endpoints', field('endpoint_ids')],
      ['Device states', field('device_names')],
      ['Events allowed', field('events_allowed')],
      ['Events disallowed', field('events_disallowed')],
    ],
    operation: 'applications.get',
    params: (application) => ({ applicationName: name(application) }),
  },
  {
    list: 'endpoints',
    title: 'Endpoints',
    columns: [
      ['Technology', field('technology')],
      ['Resource', field('resource')],
      ['State', field('state')],
      ['Channels', field('channel_ids')],
    ],
    operation: 'endpoints.get',
    params: (endpoint) => ({ tech: field('technology')(endpoint), resource: field('resource')(endpoint) }),
  },
];

function show(value: unknown): string {
  if (Array.isArray(value)) return value.map(show).join(', ');
  // Asterisk's names for what is subscribed to everything of a kind.
  if (typeof value === 'string') return /^__AST_\w+_ALL_TOPIC$/.test(value) ? 'all' : value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

function party(value: unknown): string {
  const { name, number } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return [show(name), number ? `<${show(number)}>` : ''].filter((part) => part !== '').join(' ');
}

function place(value: unknown): string {
  const { context, exten, priority, app_name } = (value ?? {}) as Readonly<Record<string, unknown>>;
  const where = [context, exten, priority]
    .map(show)
    .filter((part) => part !== '')
    .join(',');
  return [where, show(app_name)].filter((part) => part !== '').join(' ');
}

/** `10:15:00` of Asterisk's `2026-11-23T10:15:00.000+0000`. */
function time(value: unknown): string {
  return /T(\d\d:\d\d:\d\d)/.exec(show(value))?.[1] ?? '';
}
