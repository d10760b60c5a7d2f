/** What belongs together: channels that met in a dial or a bridge, and what was played and recorded to them. */
export interface Call {
  /** The object that was first. */
  readonly key: string;
  readonly objects: Set<string>;
  /** What channels and bridges are called, as far as events told. */
  readonly names: Map<string, string>;
  /** Channels of it that are still there, as far as was heard. */
  readonly alive: Set<string>;
  /** Those that may have ended in a gap: nothing was heard of them since. */
  readonly unheard: Set<string>;
  /** When its first and its last entry came, in milliseconds since 1970. */
  startedAt: number;
  lastAt: number;
  lastSeq: number;
  count: number;
  /** Who called whom: `Ann <201> → 500`. */
  title: string;
  /** Whether that says more than the channel's name. */
  isTitled: boolean;
  /** Grows whenever objects come to it. */
  version: number;
}

export function newCall(key: string, at: number): Call {
  return {
    key,
    objects: new Set(),
    names: new Map(),
    alive: new Set(),
    unheard: new Set(),
    startedAt: at,
    lastAt: at,
    lastSeq: 0,
    count: 0,
    title: '',
    isTitled: false,
    version: 0,
  };
}

/** Whether a channel of it is still there. */
export function isAlive({ alive }: Call): boolean {
  return alive.size > 0;
}

/** Makes two calls one: the one that is given first. */
export function absorb(call: Call, other: Call): void {
  for (const object of other.objects) call.objects.add(object);
  for (const [object, name] of other.names) call.names.set(object, name);
  for (const channel of other.alive) call.alive.add(channel);
  for (const channel of other.unheard) call.unheard.add(channel);
  if (other.startedAt < call.startedAt && other.isTitled) call.title = other.title;
  call.startedAt = Math.min(call.startedAt, other.startedAt);
  call.lastAt = Math.max(call.lastAt, other.lastAt);
  call.lastSeq = Math.max(call.lastSeq, other.lastSeq);
  call.count += other.count;
  call.title ||= other.title;
  call.isTitled ||= other.isTitled;
  call.version += 1;
}
