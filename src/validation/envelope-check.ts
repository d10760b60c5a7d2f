import type { Bindings, ObjectBinding } from '../contract/bindings.js';
import type { Operation } from '../contract/operation.js';
import { parentOf, type RawEvent } from '../events/carried-objects.js';
import type { Topic } from '../events/topic.js';
import { mustBe } from '../support/describe.js';
import { noIssues, type MessageCheck } from './message-check.js';
import type { ValidationIssue } from '../contract/validation.js';

/** Looks at what the client itself relies on: the fields that every event has, its objects and their ids. */
export class EnvelopeCheck implements MessageCheck {
  readonly #bindings: Bindings;
  readonly #fields: readonly string[];

  constructor(bindings: Bindings) {
    this.#bindings = bindings;
    this.#fields = bindings.envelope ?? [];
  }

  event(topic: Topic, event: RawEvent): readonly ValidationIssue[] {
    return this.#isSound(topic, event) ? noIssues : this.#issuesOf(topic, event);
  }

  answer({ returns }: Operation, data: unknown): readonly ValidationIssue[] {
    const binding = returns.kind === 'object' ? this.#bindings.objects[returns.object] : undefined;
    if (binding === undefined) {
      return noIssues;
    }
    if (!Array.isArray(data)) {
      return isIdentified(binding, data) ? noIssues : identityIssues(binding, data, '');
    }
    return data.flatMap((item: unknown, index) =>
      isIdentified(binding, item) ? [] : identityIssues(binding, item, `[${index}]`),
    );
  }

  /** Every event goes through here, and nearly every one is sound: no list is made for it. */
  #isSound({ places }: Topic, event: RawEvent): boolean {
    for (const field of this.#fields) {
      if (typeof event[field] !== 'string') {
        return false;
      }
    }
    for (const place of places) {
      const data = parentOf(event, place)?.[place.key];
      if (!(isEmpty(data) ? place.isOptional : isIdentified(place.of.binding, data))) {
        return false;
      }
    }
    return true;
  }

  #issuesOf({ places }: Topic, event: RawEvent): readonly ValidationIssue[] {
    const fields = this.#fields.filter((field) => typeof event[field] !== 'string');
    return [
      ...fields.map((path) => ({ path, message: mustBe('a string', event[path]) })),
      ...places.flatMap((place) => {
        const data = parentOf(event, place)?.[place.key];
        return isEmpty(data) && place.isOptional ? [] : identityIssues(place.of.binding, data, place.name);
      }),
    ];
  }
}

function isEmpty(data: unknown): boolean {
  return data === undefined || data === null;
}

function isIdentified({ keys }: ObjectBinding, data: unknown): boolean {
  if (typeof data !== 'object' || data === null) {
    return false;
  }
  for (const key of keys) {
    if (typeof (data as RawEvent)[key] !== 'string') {
      return false;
    }
  }
  return true;
}

function identityIssues({ keys }: ObjectBinding, data: unknown, path: string): ValidationIssue[] {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    return [{ path, message: mustBe('an object', data) }];
  }
  const fields = data as RawEvent;
  return keys
    .filter((key) => typeof fields[key] !== 'string')
    .map((key) => ({ path: path === '' ? key : `${path}.${key}`, message: mustBe('a string', fields[key]) }));
}
