import type { ObjectKind, ObjectRef, TraceEntry } from './entries.js';

/** Parameters that name an object, or several. */
const namedBy: Readonly<Record<string, ObjectKind>> = {
  channelId: 'channel',
  otherChannelId: 'channel',
  channel: 'channel',
  snoopId: 'channel',
  originator: 'channel',
  bridgeId: 'bridge',
  playbackId: 'playback',
  recordingName: 'recording',
};

/** What `id` is below a resource, and `name` where something is recorded. */
const byRoute: readonly (readonly [name: string, route: RegExp, kind: ObjectKind])[] = [
  ['name', /\/record$/, 'recording'],
  ['id', /^\/channels\//, 'channel'],
  ['id', /^\/bridges\//, 'bridge'],
  ['id', /^\/playbacks\//, 'playback'],
  ['id', /^\/recordings\//, 'recording'],
];

/** How deep an event may hide an object. */
const depth = 3;

const reference = /^(?:channel|bridge|playback|recording):./;

/** Whether a text names an object in the way of a target or an event source: `channel:1764291312.7`. */
export function isRef(text: unknown): text is ObjectRef {
  return typeof text === 'string' && reference.test(text);
}

export function kindOf(ref: ObjectRef): ObjectKind {
  return ref.slice(0, ref.indexOf(':')) as ObjectKind;
}

export function idOf(ref: ObjectRef): string {
  return ref.slice(ref.indexOf(':') + 1);
}

/** The objects that an entry concerns. */
export function objectsOf(entry: TraceEntry): readonly ObjectRef[] {
  return 'objects' in entry ? entry.objects : [];
}

/** The objects that a request names. @param route its path or that one's template, which tells what `name` is */
export function objectsOfParams(route: string, params: Readonly<Record<string, unknown>>): ObjectRef[] {
  const found = new Set<ObjectRef>();
  for (const [name, value] of Object.entries(params)) {
    const kind = Object.hasOwn(namedBy, name) ? namedBy[name] : kindByRoute(name, route);
    for (const text of listOf(value)) {
      if (kind !== undefined) {
        found.add(`${kind}:${text}`);
      } else if (name === 'eventSource' && isRef(text)) {
        found.add(text);
      }
    }
  }
  return [...found];
}

function kindByRoute(name: string, route: string): ObjectKind | undefined {
  return byRoute.find(([each, pattern]) => each === name && pattern.test(route))?.[2];
}

/** The objects that an event, or an answer, carries, and what its playbacks and recordings are for. */
export function objectsOfData(data: unknown): ObjectRef[] {
  const found = new Set<ObjectRef>();
  collect(data, depth, found);
  return [...found];
}

function collect(value: unknown, levels: number, found: Set<ObjectRef>): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return;
  }
  const data = value as Readonly<Record<string, unknown>>;
  const ref = refOf(data);
  if (ref !== undefined) {
    found.add(ref);
    if (isRef(data['target_uri'])) {
      found.add(data['target_uri']);
    }
  } else if (levels > 0) {
    for (const each of Object.values(data)) {
      collect(each, levels - 1, found);
    }
  }
}

/** What an object of ARI is, by the fields that only its kind has. */
function refOf(data: Readonly<Record<string, unknown>>): ObjectRef | undefined {
  const { id, name } = data;
  if (typeof id === 'string' && id !== '') {
    if ('bridge_type' in data) return `bridge:${id}`;
    if ('media_uri' in data) return `playback:${id}`;
    if ('dialplan' in data || 'caller' in data) return `channel:${id}`;
  }
  return typeof name === 'string' && 'format' in data && 'target_uri' in data ? `recording:${name}` : undefined;
}

/** One text, a list, or a list with commas. */
function listOf(value: unknown): string[] {
  const texts = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [];
  return texts.filter((text): text is string => typeof text === 'string' && text !== '');
}
