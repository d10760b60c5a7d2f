import type { Entry } from '../../shared/entry.js';
import { objectsOf, exchangeOf } from '../../shared/selection.js';
import { shownText } from '../ui/shown.js';
import { absorb, newCall, type Call } from './call.js';

/** A call of more objects is none: an application that has everybody in one bridge. */
const MOST_OBJECTS = 300;

interface ChannelLike {
  readonly id?: string;
  readonly name?: string;
  readonly caller?: { readonly name?: string; readonly number?: string };
  readonly dialplan?: { readonly exten?: string };
}

interface BridgeLike {
  readonly id?: string;
  readonly name?: string;
  readonly bridge_type?: string;
}

/** The calls that entries are about. */
export class Calls {
  readonly #byObject = new Map<string, Call>();
  readonly #byRequest = new Map<string, Call>();

  /** Every call that still has entries, the latest first. */
  list(): Call[] {
    return [...new Set(this.#byObject.values())]
      .filter(({ names }) => names.size > 0)
      .toSorted((a, b) => b.startedAt - a.startedAt);
  }

  /** The call of an object (`channel:ID`). */
  of(object: string): Call | undefined {
    return this.#byObject.get(object);
  }

  /** Takes an entry in, and returns the call that it is part of. */
  add(entry: Entry): Call | undefined {
    if (entry.kind === 'gap') this.#miss();
    const call = this.#callOf(entry);
    if (call === undefined) return undefined;
    call.count += 1;
    call.lastAt = entry.at;
    call.lastSeq = entry.seq;
    if (entry.kind === 'request') this.#byRequest.set(exchangeOf(entry), call);
    if (entry.kind === 'event') learn(call, entry.type, entry.event);
    return call;
  }

  /** Forgets calls whose entries are all older than that one. */
  forgetBefore(seq: number): void {
    for (const [object, call] of this.#byObject) if (call.lastSeq < seq) this.#byObject.delete(object);
    for (const [key, call] of this.#byRequest) if (call.lastSeq < seq) this.#byRequest.delete(key);
  }

  /** What ended in a gap was not heard; what is told of a channel later says that it did not. */
  #miss(): void {
    for (const call of this.#byObject.values()) {
      for (const channel of call.alive) call.unheard.add(channel);
      call.alive.clear();
    }
  }

  #callOf(entry: Entry): Call | undefined {
    const objects = joined(entry);
    const asked = entry.kind === 'answer' ? this.#answered(exchangeOf(entry)) : undefined;
    const [first] = objects;
    if (first === undefined) return asked;
    let call = asked ?? this.#byObject.get(first) ?? newCall(first, entry.at);
    for (const object of objects) call = this.#join(call, object);
    return call;
  }

  #answered(key: string): Call | undefined {
    const call = this.#byRequest.get(key);
    this.#byRequest.delete(key);
    // It may have become part of another one meanwhile.
    return call && (this.#byObject.get(call.key) ?? call);
  }

  #join(call: Call, object: string): Call {
    const other = this.#byObject.get(object);
    if (other === call) return call;
    if (other === undefined) {
      call.objects.add(object);
      call.version += 1;
      this.#byObject.set(object, call);
      return call;
    }
    if (call.objects.size + other.objects.size > MOST_OBJECTS) return call;
    const [into, from] = other.objects.size > call.objects.size ? [other, call] : [call, other];
    absorb(into, from);
    for (const each of from.objects) this.#byObject.set(each, into);
    return into;
  }
}

/** The objects of an entry that are of one call: those who wait in a holding bridge have nothing to do with each other. */
function joined(entry: Entry): readonly string[] {
  const objects = objectsOf(entry);
  if (entry.kind !== 'event') return objects;
  const bridge = entry.event['bridge'] as BridgeLike | undefined;
  if (bridge?.bridge_type !== 'holding')
    return [...objects, ...localOf(entry.event['channel'] as ChannelLike | undefined)];
  return objects.filter((object) => !object.startsWith('bridge:')).slice(0, 1);
}

/** Both halves of a Local channel are of one call: `Local/100@default-00000001;1` and `;2`. */
function localOf(channel: ChannelLike | undefined): readonly string[] {
  const name = /^(Local\/.*);[12]$/.exec(channel?.name ?? '')?.[1];
  return name === undefined ? [] : [`local:${name}`];
}

function learn(call: Call, type: string, event: Readonly<Record<string, unknown>>): void {
  for (const field of ['channel', 'caller', 'peer', 'replace_channel']) {
    const channel = event[field] as ChannelLike | undefined;
    if (channel?.id === undefined) continue;
    const object = `channel:${channel.id}`;
    if (!call.objects.has(object)) continue;
    call.names.set(object, shownText(channel.name ?? channel.id));
    if (!call.isTitled) entitle(call, channel);
    call.unheard.delete(object);
    if (type === 'ChannelDestroyed') call.alive.delete(object);
    else call.alive.add(object);
  }
  const bridge = event['bridge'] as BridgeLike | undefined;
  if (bridge?.id !== undefined && call.objects.has(`bridge:${bridge.id}`)) {
    call.names.set(`bridge:${bridge.id}`, shownText(bridge.name || `bridge ${bridge.id.slice(0, 8)}`));
  }
}

/** The first channel of which it is known who calls says what the call is. */
function entitle(call: Call, { caller, dialplan, name = '' }: ChannelLike): void {
  const who = [caller?.name, caller?.number && `<${caller.number}>`].filter((part) => part).join(' ');
  const to = dialplan?.exten ? ` → ${dialplan.exten}` : '';
  call.isTitled = who !== '';
  if (call.isTitled || call.title === '') call.title = shownText(`${who || name}${to}`);
}
