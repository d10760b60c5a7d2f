import type { RoutedKind } from '../subjects.js';

/** An object that an event is about. */
export interface Carried {
  readonly kind: RoutedKind;
  readonly id: string;
}

type Fields = Record<string, unknown>;

/** Nested fields are looked at so deep: `refer_to.destination_channel`. */
const maxDepth = 2;

/**
 * The objects in an event, told by how they look, so that events that came after this code are routed as well. Of a
 * playback or recording, what it plays to or records is among them.
 */
export function carriedIn(event: object): Carried[] {
  const found = new Map<string, Carried>();
  look(event as Fields, maxDepth, (kind, id) => {
    if (typeof id === 'string' && id !== '') {
      found.set(`${kind} ${id}`, { kind, id });
    }
  });
  return [...found.values()];
}

function look(fields: Fields, depth: number, tell: (kind: RoutedKind, id: unknown) => void): void {
  for (const value of Object.values(fields)) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      continue;
    }
    const object = value as Fields;
    if ('bridge_type' in object) {
      tell('bridge', object['id']);
    } else if ('target_uri' in object) {
      tellOfMedia(object, tell);
    } else if ('caller' in object && 'connected' in object) {
      tell('channel', object['id']);
    } else if (depth > 1) {
      look(object, depth - 1, tell);
    }
  }
}

/** A playback has an id, a recording a name; both say what they are of: `channel:1700000000.1`. */
function tellOfMedia(media: Fields, tell: (kind: RoutedKind, id: unknown) => void): void {
  if ('id' in media) {
    tell('playback', media['id']);
  } else {
    tell('recording', media['name']);
  }
  const target = media['target_uri'];
  const [, kind, id] = typeof target === 'string' ? (/^(channel|bridge):(.+)$/s.exec(target) ?? []) : [];
  if (kind !== undefined) {
    tell(kind as RoutedKind, id);
  }
}
