import { AriValidationError } from '../errors/validation-error.js';
import { mustBe } from '../support/describe.js';
import { checkTrace } from './check-trace.js';
import type { ObjectRef, Trace, TraceEntry } from './entries.js';
import { isRef, kindOf, objectsOf } from './objects.js';

/** One call of a trace. */
export interface TracedCall {
  /** Id of the channel that it began with. */
  readonly channelId: string;
  /** Its channels and bridges, its playbacks and recordings. */
  readonly objects: readonly ObjectRef[];
  readonly entries: Trace;
}

/**
 * The entries of one call: those that concern a channel, or what it met. It meets its playbacks and recordings, channels by
 * dial, snoop, pickup or transfer and those that these met likewise, bridges that they were in, and the channels in these.
 * Of other channels' further bridges it knows nothing. Interruptions of the event connection are in it.
 * @throws {AriValidationError} for what is no trace, and no id
 */
export function cutCall(trace: Trace, channelId: string): TraceEntry[] {
  checkTrace('cutCall', trace);
  if (typeof channelId !== 'string') {
    throw new AriValidationError(`cutCall: channelId ${mustBe('the id of a channel', channelId)}`, 'channelId');
  }
  return entriesOf(trace, new Meetings(trace).of(`channel:${channelId}`));
}

/**
 * The calls of a trace: each channel that no call before it has met begins one.
 * @throws {AriValidationError} for what is no trace
 */
export function callsOf(trace: Trace): TracedCall[] {
  checkTrace('callsOf', trace);
  const meetings = new Meetings(trace);
  const told = new Set<ObjectRef>();
  const calls: TracedCall[] = [];
  for (const ref of meetings.channels) {
    if (!told.has(ref)) {
      const objects = meetings.of(ref);
      objects.forEach((each) => told.add(each));
      calls.push({
        channelId: ref.slice('channel:'.length),
        objects: [...objects],
        entries: entriesOf(trace, objects),
      });
    }
  }
  return calls;
}

function entriesOf(trace: Trace, objects: ReadonlySet<ObjectRef>): TraceEntry[] {
  const isOfAll = ({ kind }: TraceEntry): boolean => kind === 'connection' || kind === 'gap' || kind === 'dropped';
  const isOf = (entry: TraceEntry): boolean => objectsOf(entry).some((ref) => objects.has(ref));
  const own = trace.flatMap((entry, index) => (isOf(entry) ? [index] : []));
  const [first = 0, last = -1] = [own[0], own.at(-1)];
  return trace.filter((entry, index) => isOf(entry) || (isOfAll(entry) && index >= first && index <= last));
}

/** What has to do with what, as a trace tells it. */
class Meetings {
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

  of(channel: ObjectRef): Set<ObjectRef> {
    const kin = this.#kin.reach([channel]);
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
