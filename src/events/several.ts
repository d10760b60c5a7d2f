import type { AriError } from '../errors/ari-error.js';
import { AriValidationError } from '../errors/validation-error.js';
import type { AnyListener, ListenerScope, RegisteredListener } from '../contract/listener-scope.js';
import type { EventChoice, ListenOptions } from '../contract/subscription.js';
import { describe } from '../support/describe.js';
import { choose, onlyThose } from './choice.js';
import { originalOf, standsFor } from './registered.js';

/** One type of event, or several. */
export type Types = string | readonly string[];

/** @throws {AriValidationError} if there is none, or something else among them */
export function typesOf(types: Types): readonly string[] {
  if (typeof types === 'string') {
    return [types];
  }
  // Spread, so that holes in the list are looked at too.
  const list: unknown = Array.isArray(types) ? [...new Set(types)] : types;
  if (!Array.isArray(list) || list.length === 0 || !list.every((type) => typeof type === 'string')) {
    const index = Array.isArray(list) ? list.findIndex((type) => typeof type !== 'string') : -1;
    const what = index < 0 ? describe(types) : `a list whose item ${index} is ${describe((list as unknown[])[index])}`;
    throw new AriValidationError(`a type of event, or a list of some, must be named, not ${what}`, 'type');
  }
  return list;
}

/** For messages: `PlaybackStarted or PlaybackFinished`. */
export function nameOf(types: Types): string {
  return typesOf(types).join(' or ');
}

/** Registers a listener to one type of event, or to several, of which it may be called `once`. */
export function addListener(
  scope: ListenerScope,
  types: Types,
  call: AnyListener,
  options: ListenOptions | undefined,
  once = false,
): RegisteredListener {
  const all = typesOf(types);
  const isChosen = choose(scope, all, options);
  const [first, ...others] = all as [string, ...string[]];
  if (others.length === 0 && isChosen === undefined) {
    return scope.add(first, call, once, options);
  }
  const group = new ListenerGroup(call);
  const heard = group.heard(once, isChosen);
  try {
    for (const type of all) {
      group.add(scope.add(type, heard, false, options));
    }
  } catch (error) {
    group.close();
    throw error;
  }
  return group;
}

/** What waits and streams are called by: nobody else may take it away. */
const inner = new WeakSet<AnyListener>();

/** Registers what a wait or a stream is called by. */
export function addInner(
  scope: ListenerScope,
  types: Types,
  call: AnyListener,
  { application, distinct }: EventChoice,
): RegisteredListener {
  inner.add(call);
  return addListener(scope, types, call, { application, distinct });
}

/** Whether a registration is of this listener; without one, whether it is of any that an application has added. */
export function isOf({ call }: RegisteredListener, listener: AnyListener | undefined): boolean {
  const original = originalOf(call);
  return listener === undefined ? !inner.has(original) : original === listener;
}

/** The registrations of one listener to several types of events, as one. */
class ListenerGroup implements RegisteredListener {
  readonly call: AnyListener;
  onEnd: ((reason: AriError) => void) | undefined;
  readonly #members: RegisteredListener[] = [];

  constructor(call: AnyListener) {
    this.call = call;
  }

  /** What hears the events: the listener, only for those that are chosen, and if `once`, only until it is called. */
  heard(once: boolean, isChosen: ((event: object) => boolean) | undefined): AnyListener {
    const call = once ? this.#onlyOnce() : this.call;
    const heard = isChosen === undefined ? call : onlyThose(isChosen, call);
    standsFor(heard, this.call);
    return heard;
  }

  #onlyOnce(): AnyListener {
    return (...args) => {
      this.close();
      return this.call(...args);
    };
  }

  add(member: RegisteredListener): void {
    member.onEnd = (reason) => this.#end(reason);
    this.#members.push(member);
  }

  get closed(): boolean {
    return this.#members.every(({ closed }) => closed);
  }

  get ready(): Promise<void> {
    return Promise.all(this.#members.map(({ ready }) => ready)).then(() => undefined);
  }

  close(): void {
    for (const member of this.#members) {
      member.close();
    }
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** What one of them was listening to has ended, and that is the same for all. */
  #end(reason: AriError): void {
    const { onEnd } = this;
    this.onEnd = undefined;
    this.close();
    onEnd?.(reason);
  }
}
