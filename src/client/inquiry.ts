import type { Operation } from '../contract/operation.js';
import { NotFoundError } from '../errors/not-found-error.js';
import type { RequestOptions } from '../contract/request-options.js';

/** An application as Asterisk describes it. */
export interface ApplicationFacts {
  readonly channel_ids: readonly string[];
  readonly bridge_ids: readonly string[];
  readonly endpoint_ids: readonly string[];
  /** Absent unless Asterisk can tell device states. */
  readonly device_names?: readonly string[];
  readonly events_allowed?: readonly object[];
  readonly events_disallowed?: readonly object[];
}

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
  return kind in places;
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

  /** Undefined if Asterisk has no such application. */
  application(app: string, signal: AbortSignal): Promise<ApplicationFacts | undefined> {
    return orMissing(this.#ask<ApplicationFacts>(getApplication, { app }, signal));
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

  /** Those of the ids under which there is an object now. */
  async existing(kind: MortalKind, ids: readonly string[], signal: AbortSignal): Promise<Set<string>> {
    if (ids.length > fewObjects && (kind === 'Channel' || kind === 'Bridge')) {
      const all = await this.#ask<readonly { id: string }[]>(lists[kind], {}, signal);
      const present = new Set(all.map(({ id }) => id));
      return new Set(ids.filter((id) => present.has(id)));
    }
    const found = new Set<string>();
    for (const id of ids) {
      if ((await orMissing(this.#ask<object>(objects[kind], { id }, signal))) !== undefined) {
        found.add(id);
      }
    }
    return found;
  }

  #ask<T>(operation: Operation, params: object, signal: AbortSignal): Promise<T> {
    return this.#send(operation, params, { signal }) as Promise<T>;
  }
}

async function orMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NotFoundError) {
      return undefined;
    }
    throw error;
  }
}

const app = { in: 'path', type: 'string', required: true } as const;
const data = { kind: 'data' } as const;

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
  return { name, method: 'GET', path, params: {}, returns: data };
}

function oneOf(name: string, path: string): Operation {
  return { name, method: 'GET', path: `${path}/{id}`, params: { id: app }, returns: data };
}
