import type { ObjectRef, Trace } from './entries.js';
import { isRef, kindOf, objectsOf } from './objects.js';

/** What has to do with what, as a trace tells it. */
export class Meetings {
  /** In the order of their appearance. */
  readonly channels = new Set<ObjectRef>();
  /** Channels of one and the same call, and what is theirs alone. */
  readonly #kin = new Links();
  /** Channels and the bridges that they were in. */
  readonly #bridges = new Links();

  constructor(trace: Trace) {
    for (const entry of trace) {
      this.#learn(objectsOf(entry), entry.kind === 'event' ? bridgeMembers(entry.event) : []);
    }
  }

  /** What a channel meets, itself included; of a bridge, the channels in it and what these meet without a bridge. */
  of(ref: ObjectRef): Set<ObjectRef> {
    const kin = this.#kin.reach([ref]);
    const bridges = this.#bridges.next(kin);
    const members = this.#bridges.next(bridges);
    return this.#kin.reach([...kin, ...bridges, ...members]);
  }

  #learn(objects: readonly ObjectRef[], members: readonly (readonly [bridge: ObjectRef, channel: ObjectRef])[]): void {
    const channels = objects.filter((ref) => kindOf(ref) === 'channel');
    const bridges = objects.filter((ref) => kindOf(ref) === 'bridge');
    channels.forEach((ref) => this.channels.add(ref));
    for (const bridge of bridges) {
      channels.forEach((channel) => this.#bridges.join(bridge, channel));
    }
    members.forEach(([bridge, channel]) => this.#bridges.join(bridge, channel));
    const [owner] = [...channels, ...bridges];
    for (const ref of objects) {
      const isTheirs = kindOf(ref) === 'playback' || kindOf(ref) === 'recording';
      if (owner !== undefined && (isTheirs || (bridges.length === 0 && kindOf(ref) === 'channel'))) {
        this.#kin.join(owner, ref);
      }
    }
  }
}

/** Things that are joined, two by two. */
class Links {
  readonly #links = new Map<ObjectRef, Set<ObjectRef>>();

  join(one: ObjectRef, other: ObjectRef): void {
    if (one !== other) {
      this.#of(one).add(other);
      this.#of(other).add(one);
    }
  }

  /** What is joined with any of these. */
  next(refs: Iterable<ObjectRef>): Set<ObjectRef> {
    return new Set([...refs].flatMap((ref) => [...(this.#links.get(ref) ?? [])]));
  }

  /** These, what is joined with them, and so on. */
  reach(refs: readonly ObjectRef[]): Set<ObjectRef> {
    const reached = new Set(refs);
    // A set that grows while it is gone through is gone through to its end.
    for (const ref of reached) {
      this.#links.get(ref)?.forEach((each) => reached.add(each));
    }
    return reached;
  }

  #of(ref: ObjectRef): Set<ObjectRef> {
    const links = this.#links.get(ref) ?? new Set();
    this.#links.set(ref, links);
    return links;
  }
}

/** Who is in a bridge, as an event of the bridge says. */
function bridgeMembers(event: Readonly<Record<string, unknown>>): (readonly [ObjectRef, ObjectRef])[] {
  return Object.values(event).flatMap((each) => {
    const { id, channels } = (each ?? {}) as { id?: unknown; channels?: unknown };
    const bridge = `bridge:${String(id)}`;
    if (!Array.isArray(channels) || !isRef(bridge)) {
      return [];
    }
    return channels.map((channel) => [bridge, `channel:${String(channel)}`] as const);
  });
}
