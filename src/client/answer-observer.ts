import type { Operation } from '../contract/operation.js';
import { idOf, kindOf, ObjectHandle } from '../contract/object-handle.js';
import { NotFoundError } from '../errors/not-found-error.js';
import type { Dispatcher } from '../events/dispatcher.js';
import { existenceOf } from '../domain/listenable-handle.js';
import { isKnown, markKnown } from '../events/existence.js';
import type { Expectation } from '../events/recent-objects.js';
import { createdBy } from '../rest/creation.js';
import type { Departures } from './departures.js';
import { isMortal, type MortalKind } from './inquiry.js';
import type { Subscriptions } from './subscriptions.js';

/** Parameters that name an object which comes and goes. */
const subjects: ReadonlyMap<string, MortalKind> = new Map([
  ['channelId', 'Channel'],
  ['bridgeId', 'Bridge'],
  ['playbackId', 'Playback'],
]);

/** Operations that end an object, and the parameter that names it. */
const endings: ReadonlyMap<string, readonly [kind: MortalKind, parameter: string]> = new Map([
  ['channels.hangup', ['Channel', 'channelId']],
  ['bridges.destroy', ['Bridge', 'bridgeId']],
  ['playbacks.stop', ['Playback', 'playbackId']],
  ['recordings.stop', ['LiveRecording', 'recordingName']],
  ['recordings.cancel', ['LiveRecording', 'recordingName']],
]);

/** Learns from the application's own requests what exists, what may have ended, and what is subscribed to. */
export class AnswerObserver {
  readonly #dispatcher: Dispatcher;
  readonly #subscriptions: Subscriptions;
  readonly #departures: Departures;

  constructor(dispatcher: Dispatcher, subscriptions: Subscriptions, departures: Departures) {
    this.#dispatcher = dispatcher;
    this.#subscriptions = subscriptions;
    this.#departures = departures;
  }

  /** A request is about to be sent: what it hands out may send events before there is an answer. */
  called(operation: Operation, params: object | undefined): Expectation | undefined {
    const created = createdBy(operation);
    const { kind, idName } = created ?? askedFor(operation) ?? {};
    if (kind === undefined || idName === undefined) {
      return undefined;
    }
    const id = textOf((params as Record<string, unknown> | undefined)?.[idName]);
    return this.#dispatcher.singles.expect(kind, id, created !== undefined);
  }

  /** @param expectation what `called` returned */
  succeeded(
    { name }: Operation,
    params: object | undefined,
    result: unknown,
    expectation: Expectation | undefined,
  ): void {
    this.#subscriptions.observe(name, params, result);
    for (const [kind, id] of subjectsOf(params)) {
      this.#markKnown(kind, id);
    }
    if (result instanceof ObjectHandle) {
      this.#handOut(result, expectation);
    }
    const [kind, parameter] = endings.get(name) ?? [];
    const ended = parameter === undefined ? undefined : textOf((params as Record<string, unknown>)[parameter]);
    if (kind !== undefined && ended !== undefined) {
      this.#dispatcher.singles.endedByUs(kind, ended);
    }
  }

  failed(params: object | undefined, error: unknown): void {
    if (error instanceof NotFoundError) {
      for (const [kind, id] of subjectsOf(params)) {
        const listeners = this.#dispatcher.objects(kind);
        if (listeners !== undefined && isKnown(listeners, id)) {
          this.#departures.suspect(kind, id);
        }
      }
    }
  }

  #handOut(object: ObjectHandle, expectation: Expectation | undefined): void {
    const kind = kindOf(object);
    if (isMortal(kind)) {
      const id = idOf(object);
      this.#markKnown(kind, id);
      const existence = existenceOf(object);
      if (existence !== undefined) {
        existence.recent = expectation?.fulfil(id);
      }
      // Its end is only told while a channel of ours is in the bridge.
      const { target_uri: target } = object.toJSON() as { target_uri?: unknown };
      if (typeof target === 'string' && target.startsWith('bridge:')) {
        this.#departures.suspect(kind, id);
      }
    }
  }

  #markKnown(kind: MortalKind, id: string): void {
    const listeners = this.#dispatcher.objects(kind);
    if (listeners !== undefined) {
      markKnown(listeners, id);
    }
  }
}

/** The kind of object that an operation asks for, and the parameter that names it; undefined if it does not. */
function askedFor({ method, path, returns }: Operation): { kind: string; idName: string } | undefined {
  const [, idName] = /\{(\w+)\}$/.exec(path) ?? [];
  if (method !== 'GET' || returns.kind !== 'object' || !isMortal(returns.object) || idName === undefined) {
    return undefined;
  }
  return { kind: returns.object, idName };
}

/** The objects that a request names by their own parameters. */
function subjectsOf(params: object | undefined): [kind: MortalKind, id: string][] {
  return Object.entries(params ?? {}).flatMap(([name, value]) => {
    const kind = subjects.get(name);
    const id = textOf(value);
    return kind === undefined || id === undefined ? [] : [[kind, id]];
  });
}

function textOf(value: unknown): string | undefined {
  return value instanceof ObjectHandle ? idOf(value) : typeof value === 'string' ? value : undefined;
}
