import type { ObjectRef, TraceEntry } from 'asterisk-ari/trace';

/** What a caller may call himself. */
export const evil = '<img src=x onerror="document.title=1">\u001b[2J\u202e';
const ids = { channels: [], bridges: [], playbacks: [], liveRecordings: [] };

export function channel(id: string, name: string, caller = '') {
  return { id, name, state: 'Up', caller: { name: caller, number: '' }, connected: {}, dialplan: {} };
}

let seq = 0;
function entry<Fields extends object>(fields: Fields): TraceEntry {
  seq += 1;
  return { seq, at: 1_795_829_258_000 + seq * 10, client: 'menu', ...fields } as unknown as TraceEntry;
}

export function event(type: string, objects: ObjectRef[], fields: object): TraceEntry {
  return entry({ kind: 'event', type, application: 'menu', event: { type, ...fields }, objects });
}

function request(id: number, operation: string, objects: ObjectRef[], params: object): TraceEntry {
  return entry({ kind: 'request', id, operation, method: 'POST', path: '/x', params, objects });
}

function answer(id: number, status: number, ms: number, objects: ObjectRef[] = []): TraceEntry {
  return entry({
    kind: 'answer',
    request: id,
    status,
    ms,
    attempts: 1,
    objects,
    ...(status >= 400 ? { error: 'no' } : {}),
  });
}

export const ann: ObjectRef = 'channel:1.1';
const hall: ObjectRef = 'bridge:hall';
/** A call with all kinds of entries. */
export const trace: TraceEntry[] = [
  entry({ kind: 'connection', state: 'open', previous: 'connecting', apps: ['menu'], server: 'pbx:8088' }),
  event('StasisStart', [ann], { channel: channel('1.1', 'PJSIP/100-1', evil), args: ['sales'] }),
  request(1, 'channels.play', [ann], { channelId: '1.1', media: 'sound:hello-world' }),
  event('PlaybackStarted', ['playback:p', ann], { playback: { id: 'p', media_uri: 'sound:hello-world' } }),
  answer(1, 201, 3.4, [ann, 'playback:p']),
  request(2, 'playbacks.stop', ['playback:p'], {}),
  answer(2, 404, 1, ['playback:p']),
  request(3, 'bridges.addChannel', [hall, ann], {}),
  answer(3, 204, 2, [hall, ann]),
  event('ChannelUserevent', [ann], { channel: channel('1.1', 'PJSIP/100-1'), eventname: evil }),
  request(4, 'asterisk.getInfo', [], {}),
  answer(4, 200, 2),
  entry({ kind: 'gap', durationMs: 1200, gone: { ...ids, channels: ['1.1'] }, left: ids }),
];
