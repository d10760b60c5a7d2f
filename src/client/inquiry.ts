import type { Operation } from '../contract/operation.js';
import { AriAbortError } from '../errors/abort-error.js';
import { AriConnectionError } from '../errors/connection-error.js';
import { NotFoundError } from '../errors/not-found-error.js';
import type { RequestOptions } from '../contract/request-options.js';
import { readApplication, type ApplicationFacts } from './application-facts.js';

/** An event filter as Asterisk takes it; a list that is left out stays as it is. */
export interface FilterLists {
  readonly allowed: readonly object[];
  readonly disallowed: readonly object[];
}

/** Kinds of objects that come and go, and where one asks for them. */
const places = {
  Channel: '/channels',
  Bridge: '/bridges',
  Playback: '/playbacks',
  LiveRecording: '/recordings/live',
} as const;

/** A kind of object that comes and goes. */
export type MortalKind = keyof typeof places;

export const mortalKinds = Object.keys(places) as readonly MortalKind[];

export function isMortal(kind: string): kind is MortalKind {
  return Object.hasOwn(places, kind);
}

/** What became of objects that were asked for; all others are not there. */
export interface Presence {
  readonly present: Set<string>;
  /** About these there was no usable answer, and why. */
  readonly unclear: Map<string, unknown>;
}

/** So many objects are asked for one by one; more of them in one list, where there is one. */
const fewObjects = 10;

/** Sends a request past the observation of the application's own. */
export type SendRequest = (operation: Operation, params: object, options: RequestOptions) => Promise<unknown>;

/** What the client asks Asterisk, and tells it, on its own account. Part of every ARI, so not of any bindings. */
export class Inquiry {
  readonly #send: SendRequest;

  constructor(send: SendRequest) {
    this.#send = send;
  }

  /** Undefined if Asterisk has no such application. @throws {AriProtocolError} */
  async application(app: string, signal: AbortSignal): Promise<ApplicationFacts | undefined> {
    const answer = await orMissing(this.#ask(getApplication, { app }, signal));
    return answer === undefined ? undefined : readApplication(getApplication.name, answer);
  }

  async subscribe(app: string, eventSource: readonly string[], signal: AbortSignal): Promise<void> {
    await this.#ask(subscribe, { app, eventSource }, signal);
  }

  async unsubscribe(app: string, eventSource: readonly string[], timeoutMs: number): Promise<void> {
    await this.#send(unsubscribe, { app, eventSource }, { timeoutMs });
  }

  async setFilter(app: string, filter: Partial<FilterLists>, signal: AbortSignal): Promise<void> {
    await this.#ask(setFilter, { app, filter }, signal);
  }

  /**
   * Which of the objects are there now. One that Asterisk has an odd answer about says nothing of the others.
   * @throws {AriConnectionError} if there is no answer; {AriAbortError}
   */
  async presence(kind: MortalKind, ids: readonly string[], signal: AbortSignal): Promise<Presence> {
    return ids.length > fewObjects && (kind === 'Channel' || kind === 'Bridge')
      ? this.#amongAll(kind, ids, signal)
      : this.#oneByOne(kind, ids, signal);
  }

  /** The ids of all objects of a kind. @throws {AriError} */
  async all(kind: keyof typeof lists, signal: AbortSignal): Promise<string[]> {
    return idsOf(await this.#ask(lists[kind], {}, signal)).filter((id) => typeof id === 'string');
  }

  async #amongAll(kind: keyof typeof lists, ids: readonly string[], signal: AbortSignal): Promise<Presence> {
    try {
      const all = new Set(await this.all(kind, signal));
      return { present: new Set(ids.filter((id) => all.has(id))), unclear: new Map() };
    } catch (error) {
      throwIfUnanswered(error);
      return { present: new Set(), unclear: new Map(ids.map((id) => [id, error])) };
    }
  }

  async #oneByOne(kind: MortalKind, ids: readonly string[], signal: AbortSignal): Promise<Presence> {
    const presence: Presence = { present: new Set(), unclear: new Map() };
    for (const id of ids) {
      try {
        if ((await orMissing(this.#ask(objects[kind], { id }, signal))) !== undefined) {
          presence.present.add(id);
        }
      } catch (error) {
        throwIfUnanswered(error);
        presence.unclear.set(id, error);
      }
    }
    return presence;
  }

  #ask(operation: Operation, params: object, signal: AbortSignal): Promise<unknown> {
    return this.#send(operation, params, { signal });
  }
}

async function orMissing(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NotFoundError) {
      return undefined;
    }
    throw error;
  }
}

/** Whoever gets no answer at all asks everything again; an odd answer would only come again. */
function throwIfUnanswered(error: unknown): void {
  if (error instanceof AriConnectionError || error instanceof AriAbortError) {
    throw error;
  }
}

function idsOf(list: unknown): unknown[] {
  return (list as ({ readonly id?: unknown } | null)[]).map((item) => item?.id);
}

const app = { in: 'path', type: 'string', required: true } as const;
const data = { kind: 'data', shape: 'object' } as const;

const getApplication: Operation = {
  name: 'applications.get',
  method: 'GET',
  path: '/applications/{app}',
  params: { app },
  returns: data,
};

const subscribe: Operation = {
  name: 'applications.subscribe',
  method: 'POST',
  path: '/applications/{app}/subscription',
  params: { app, eventSource: { in: 'query', type: 'string', required: true, list: true } },
  returns: data,
};

const unsubscribe: Operation = { ...subscribe, name: 'applications.unsubscribe', method: 'DELETE' };

const setFilter: Operation = {
  name: 'applications.filter',
  method: 'PUT',
  path: '/applications/{app}/eventFilter',
  params: { app, filter: { in: 'body', type: 'object', required: true, wholeBody: true } },
  returns: data,
};

const lists = {
  Channel: listOf('channels.list', places.Channel),
  Bridge: listOf('bridges.list', places.Bridge),
};

const objects: Readonly<Record<MortalKind, Operation>> = {
  Channel: oneOf('channels.get', places.Channel),
  Bridge: oneOf('bridges.get', places.Bridge),
  Playback: oneOf('playbacks.get', places.Playback),
  LiveRecording: oneOf('recordings.getLive', places.LiveRecording),
};

function listOf(name: string, path: string): Operation {
  return { name, method: 'GET', path, params: {}, returns: { kind: 'data', shape: 'list' } };
}

function oneOf(name: string, path: string): Operation {
  return { name, method: 'GET', path: `${path}/{id}`, params: { id: app }, returns: data };
}
