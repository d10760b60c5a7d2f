import { inspect, type InspectOptions } from 'node:util';
import type { ClientCore, OwnParameters } from './client-core.js';
import { keyText } from './object-key.js';
import type { Operation } from './operation.js';
import type { RequestOptions } from './request-options.js';

/** The handle's id as one text, in the way of the object's path: `PJSIP/alice`. */
export let idOf: (handle: ObjectHandle) => string;

/** What the id is made of, as it was given, or as Asterisk sent it. */
export let keysOf: (handle: ObjectHandle) => readonly unknown[];

/** The kind of object: `Channel`. */
export let kindOf: (handle: ObjectHandle) => string;

/** The client that acts on the live object. */
export let clientOf: (handle: ObjectHandle) => ClientCore;

/** Whether it is a handle itself, and not something that stands before one, such as a proxy of a test. */
export let isHandle: (value: object) => value is ObjectHandle;

/** The handle's event source URI: `channel:1700000000.1`. */
export let eventSourceOf: (handle: ObjectHandle) => string;

/** What a domain object and its handle have in common: an identity, and a client that acts on the live object. */
export abstract class ObjectHandle {
  static {
    idOf = (handle) => handle.#keys.map(keyText).join('/');
    keysOf = (handle) => handle.#keys;
    kindOf = (handle) => handle.#kind;
    clientOf = (handle) => handle.#client;
    isHandle = (value): value is ObjectHandle => #client in value;
    eventSourceOf = (handle) => `${handle.#client.objects[handle.#kind]?.scheme ?? handle.#kind}:${idOf(handle)}`;
  }

  readonly #client: ClientCore;
  readonly #kind: string;
  readonly #keys: readonly string[];

  constructor(client: ClientCore, kind: string, keys: readonly string[]) {
    this.#client = client;
    this.#kind = kind;
    this.#keys = keys;
  }

  /** What `JSON.stringify` writes: of a handle its identity, of an object the data as Asterisk sent it. */
  toJSON(): unknown {
    const names = this.#client.objects[this.#kind]?.keys ?? [];
    return Object.fromEntries(names.map((name, index) => [name, this.#keys[index]]));
  }

  /** `Channel 1700000000.1` */
  toString(): string {
    return `${this.#kind} ${idOf(this)}`;
  }

  /** Prints the class and the data, and nothing of the client. */
  [inspect.custom](_depth: number, options: InspectOptions): string {
    return `${this.constructor.name} ${inspect(this.toJSON(), options)}`;
  }

  protected key(index: number): string {
    return this.#keys[index] ?? '';
  }

  protected get client(): ClientCore {
    return this.#client;
  }

  protected get kind(): string {
    return this.#kind;
  }

  protected invoke<T>(
    operation: Operation,
    params: object | undefined,
    options: RequestOptions | undefined,
    own?: OwnParameters,
  ): Promise<T> {
    return this.#client.invoke<T>(operation, params, options, own);
  }
}
