/** Events as Asterisk 22 writes them: the same members in the same order, of the same length. */
const timestamp = '2026-11-23T03:21:06.646+0000';
const tail = (app: string): object => ({ asterisk_id: '02:fc:00:00:00:01', application: app });

function channel(id: string, state = 'Up'): object {
  return {
    id,
    name: `PJSIP/alice-0000${id.slice(-4).padStart(4, '0')}`,
    state,
    protocol_id: '3f1c7d0e-7c35-4f0d-a3a8-9d2f8f2b6c11',
    caller: { name: 'Alice', number: '6001' },
    connected: { name: '', number: '' },
    accountcode: '',
    dialplan: { context: 'default', exten: '100', priority: 3, app_name: 'Stasis', app_data: 'bench' },
    creationtime: timestamp,
    language: 'en',
  };
}

function playback(id: string, state: string): object {
  const target = `channel:${id}`;
  return { id: `p-${id}`, media_uri: 'sound:hello-world', target_uri: target, language: 'en', state };
}

function bridge(id: string): object {
  return {
    id: `b-${id}`,
    technology: 'simple_bridge',
    bridge_type: 'mixing',
    bridge_class: 'stasis',
    creator: 'Stasis',
    name: '',
    channels: [id],
    creationtime: timestamp,
    video_mode: 'none',
  };
}

/** One event of each of the eight types that a call consists of. */
export const eventTypes = {
  StasisStart: (id: string, app: string) => ({
    type: 'StasisStart',
    timestamp,
    args: [],
    channel: channel(id, 'Ring'),
    ...tail(app),
  }),
  ChannelVarset: (id: string, app: string) => ({
    variable: 'CHANNEL(language)',
    value: 'en',
    type: 'ChannelVarset',
    timestamp,
    channel: channel(id),
    ...tail(app),
  }),
  ChannelStateChange: (id: string, app: string) => ({
    type: 'ChannelStateChange',
    timestamp,
    channel: channel(id),
    ...tail(app),
  }),
  ChannelDialplan: (id: string, app: string) => ({
    type: 'ChannelDialplan',
    timestamp,
    dialplan_app: 'Stasis',
    dialplan_app_data: 'bench',
    channel: channel(id),
    ...tail(app),
  }),
  PlaybackStarted: (id: string, app: string) => ({
    type: 'PlaybackStarted',
    timestamp,
    playback: playback(id, 'playing'),
    ...tail(app),
  }),
  ChannelDtmfReceived: (id: string, app: string) => ({
    type: 'ChannelDtmfReceived',
    timestamp,
    digit: '5',
    duration_ms: 100,
    channel: channel(id),
    ...tail(app),
  }),
  PlaybackFinished: (id: string, app: string) => ({
    type: 'PlaybackFinished',
    timestamp,
    playback: playback(id, 'done'),
    ...tail(app),
  }),
  ChannelEnteredBridge: (id: string, app: string) => ({
    type: 'ChannelEnteredBridge',
    timestamp,
    bridge: bridge(id),
    channel: channel(id),
    ...tail(app),
  }),
} as const;

export type EventType = keyof typeof eventTypes;

/** The id of the n-th channel. */
export function channelId(index: number): string {
  return `1795404066.${index}`;
}

/** A message of a server as it travels: a text frame without a mask. */
export function frame(text: string): Buffer {
  const payload = Buffer.from(text);
  if (payload.length < 126) {
    return Buffer.concat([Buffer.from([0x81, payload.length]), payload]);
  }
  const header = Buffer.alloc(4);
  header.set([0x81, 126]);
  header.writeUInt16BE(payload.length, 2);
  return Buffer.concat([header, payload]);
}

/** What to send: which types, of how many channels in turn. */
export interface Mix {
  readonly types: readonly EventType[];
  readonly channels: number;
  /** Number of the first channel. @default 0 */
  readonly first?: number;
}

/** A round of frames to send over and over: each channel with each type, or with the next one. */
export function roundOf({ types, channels, first = 0 }: Mix, app: string): Buffer[] {
  const size = Math.max(channels, types.length * 64);
  return Array.from({ length: size }, (_, index) => {
    const type = types[index % types.length] as EventType;
    return frame(JSON.stringify(eventTypes[type](channelId(first + (index % channels)), app)));
  });
}
