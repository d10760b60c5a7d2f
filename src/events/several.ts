import type { AriError } from '../errors/ari-error.js';
import { AriValidationError } from '../errors/validation-error.js';
import type { AnyListener, ListenerScope, RegisteredListener } from '../contract/listener-scope.js';
import type { ListenOptions } from '../contract/subscription.js';
import { describe } from '../support/describe.js';

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
    const message = `a type of event, or a list of some, must be named, not ${describe(types)}`;
    throw new AriValidationError(message, 'type');
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
  const [first, ...others] = typesOf(types) as [string, ...string[]];
  if (others.length === 0) {
    return scope.add(first, call, once, options);
  }
  const group = new ListenerGroup(call);
  const heard = once ? group.onlyOnce() : call;
  try {
    for (const type of [first, ...others]) {
      group.add(scope.add(type, heard, false, options));
    }
  } catch (error) {
    group.close();
    throw error;
  }
  return group;
}

/** What a group calls in place of a listener that is to hear only one of several. */
const originals = new WeakMap<AnyListener, AnyListener>();

/** What waits and streams are called by: nobody else may take it away. */
const inner = new WeakSet<AnyListener>();

/** Registers what a wait or a stream is called by. */
export function addInner(scope: ListenerScope, types: Types, call: AnyListener): RegisteredListener {
  inner.add(call);
  return addListener(scope, types, call, undefined);
}

/** Whether a registration is of this listener; without one, whether it is of any that an application has added. */
export function isOf({ call }: RegisteredListener, listener: AnyListener | undefined): boolean {
  return listener === undefined ? !inner.has(call) : call === listener || originals.get(call) === listener;
}

/** The registrations of one listener to several types of events, as one. */
class ListenerGroup implements RegisteredListener {
  readonly call: AnyListener;
  onEnd: ((reason: AriError) => void) | undefined;
  readonly #members: RegisteredListener[] = [];

  constructor(call: AnyListener) {
    this.call = call;
  }

  /** The listener, which takes the whole group away when it is called. */
  onlyOnce(): AnyListener {
    const heard: AnyListener = (...args) => {
      this.close();
      return this.call(...args);
    };
    originals.set(heard, this.call);
    return heard;
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
