import type { ObjectRef, Trace } from '../entries.js';
import { idOf, kindOf, objectsOf } from '../objects.js';

/** A line from top to bottom, for one who says something. */
export interface Lane {
  readonly kind: 'client' | 'asterisk' | 'channel' | 'bridge';
  /** For people; as Asterisk or the application says it. */
  readonly label: string;
}

/** Who says something in a trace: its clients, Asterisk, and the channels and bridges in order of appearance. */
export class Lanes {
  readonly all: readonly Lane[];
  readonly #byKey = new Map<string, number>();
  /** What playbacks and recordings are for. */
  readonly #targets = new Map<ObjectRef, ObjectRef>();

  constructor(trace: Trace) {
    const clients = new Set(trace.map(({ client }) => client).filter((name) => name !== ''));
    const refs = new Set(trace.flatMap((entry) => objectsOf(entry)));
    const names = namesOf(trace);
    const lanes: Lane[] = [];
    const add = (key: string, lane: Lane): void => {
      this.#byKey.set(key, lanes.length);
      lanes.push(lane);
    };
    for (const client of clients) {
      add(`client:${client}`, { kind: 'client', label: client });
    }
    add('asterisk', { kind: 'asterisk', label: 'Asterisk' });
    for (const ref of refs) {
      const kind = kindOf(ref);
      if (kind === 'channel' || kind === 'bridge') {
        add(ref, { kind, label: names.get(ref) ?? `${kind} ${idOf(ref)}` });
      }
    }
    this.all = lanes;
    trace.forEach((entry) => this.#learnTargets(objectsOf(entry)));
  }

  client(name: string): number {
    return this.#byKey.get(`client:${name}`) ?? 0;
  }

  get asterisk(): number {
    return this.#byKey.get('asterisk') ?? 0;
  }

  /** Lanes of the objects that an entry is about, the chief one first; that of Asterisk if it is about none. */
  of(objects: readonly ObjectRef[], chief: 'channel' | 'bridge' | undefined): [chief: number, ...others: number[]] {
    const refs = objects.map((ref) => this.#targets.get(ref) ?? ref);
    const ordered = [...refs.filter((ref) => kindOf(ref) === chief), ...refs];
    const [first = this.asterisk, ...others] = new Set(ordered.flatMap((ref) => this.#byKey.get(ref) ?? []));
    return [first, ...others];
  }

  #learnTargets(objects: readonly ObjectRef[]): void {
    const target = objects.find((ref) => this.#byKey.has(ref));
    for (const ref of objects) {
      if (target !== undefined && !this.#byKey.has(ref) && !this.#targets.has(ref)) {
        this.#targets.set(ref, target);
      }
    }
  }
}

/** Names of channels and bridges, out of the events and answers that carry them. */
function namesOf(trace: Trace): Map<ObjectRef, string> {
  const names = new Map<ObjectRef, string>();
  for (const entry of trace) {
    const carried = entry.kind === 'event' ? Object.values(entry.event) : entry.kind === 'answer' ? [entry.body] : [];
    for (const each of carried) {
      const { id, name } = (each ?? {}) as { id?: unknown; name?: unknown };
      if (typeof id === 'string' && typeof name === 'string' && name !== '') {
        const isBridge = 'bridge_type' in (each as object);
        names.set(`${isBridge ? 'bridge' : 'channel'}:${id}`, isBridge ? `bridge ${name}` : name);
      }
    }
  }
  return names;
}
