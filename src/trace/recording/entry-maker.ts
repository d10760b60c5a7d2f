import type {
  ConnectionMessage,
  EventMessage,
  GapMessage,
  MessageSource,
  RequestMessage,
} from '../../diagnostics/channels.js';
import { errorText } from '../../support/error-text.js';
import type { ObjectRef, TraceEntry } from '../entries.js';
import { objectsOfData, objectsOfParams } from '../objects.js';
import { cleanJson } from './clean.js';
import { paramsOf } from './params.js';

/** Makes one entry of what is told, and says how many bytes of text it holds. */
export type AddEntry = (source: MessageSource, entry: Fields, bytes: number) => void;

/** What an entry has beside its place, its time and its client. */
export type Fields = TraceEntry extends infer Each ? (Each extends TraceEntry ? Omit<Each, Place> : never) : never;

type Place = 'seq' | 'at' | 'client';

interface Begun {
  readonly id: number;
  readonly startedAt: number;
  readonly objects: readonly ObjectRef[];
}

/** Makes entries of what clients tell. */
export class EntryMaker {
  readonly #add: AddEntry;
  /** What is told at a request's end is the same object as at its start. */
  readonly #begun = new WeakMap<RequestMessage, Begun>();
  #requests = 0;

  constructor(add: AddEntry) {
    this.#add = add;
  }

  requestStart(message: RequestMessage): void {
    const { client, operation, method, route, query, body, own } = message;
    const path = client.redact(message.path);
    const params = paramsOf(message, client.redact);
    const objects = objectsOfParams(route, params);
    this.#requests += 1;
    const id = this.#requests;
    this.#begun.set(message, { id, startedAt: performance.now(), objects });
    const fields: Fields = { kind: 'request', id, operation, method, path, params, objects, ...(own ? { own } : {}) };
    this.#add(message, fields, Buffer.byteLength(`${message.path}${query}${body ?? ''}`));
  }

  /** Of a request that began before the recording did, nothing is told. */
  requestOver(message: RequestMessage): void {
    const begun = this.#begun.get(message);
    if (begun === undefined) {
      return;
    }
    const { client, status, attempts, answer = '', error } = message;
    const body = answer === '' ? undefined : cleanJson(answer, client.redact);
    const fields: Fields = {
      kind: 'answer',
      request: begun.id,
      ...(status === undefined ? {} : { status }),
      ms: rounded(performance.now() - begun.startedAt),
      attempts,
      ...(error === undefined ? {} : { error: client.redact(errorText(error)) }),
      ...(body === undefined ? {} : { body }),
      objects: [...new Set([...begun.objects, ...objectsOfData(body)])],
    };
    this.#add(message, fields, Buffer.byteLength(answer));
  }

  /** What is no event, an answer over the event connection for instance, is none here either. */
  event(message: EventMessage): void {
    const event = cleanJson(message.event, message.client.redact);
    if (typeof event !== 'object' || event === null || Array.isArray(event)) {
      return;
    }
    const { type, application } = event as { type?: unknown; application?: unknown };
    if (typeof type !== 'string' || type === 'RESTResponse') {
      return;
    }
    const fields: Fields = {
      kind: 'event',
      type,
      application: typeof application === 'string' ? application : '',
      event: event as Readonly<Record<string, unknown>>,
      objects: objectsOfData(event),
    };
    this.#add(message, fields, Buffer.byteLength(message.event));
  }

  connection(message: ConnectionMessage): void {
    const { client, server, state, previous, apps, attempt, delayMs, error } = message;
    const fields: Fields = {
      kind: 'connection',
      state,
      previous,
      apps: [...apps],
      server,
      ...(attempt === undefined ? {} : { attempt }),
      ...(delayMs === undefined ? {} : { delayMs }),
      ...(error === undefined ? {} : { error: client.redact(errorText(error)) }),
    };
    this.#add(message, fields, 0);
  }

  gap(message: GapMessage): void {
    const { durationMs, gone, alive, unclear } = message;
    const left = {
      channels: [...alive.channels, ...unclear.channels],
      bridges: [...alive.bridges, ...unclear.bridges],
      playbacks: [...alive.playbacks, ...unclear.playbacks],
      liveRecordings: [...alive.liveRecordings, ...unclear.liveRecordings],
    };
    const ids = [...Object.values(gone), ...Object.values(left)].flat() as string[];
    this.#add(message, { kind: 'gap', durationMs, gone, left }, Buffer.byteLength(ids.join()));
  }
}

/** To a thousandth of a millisecond. */
export function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
