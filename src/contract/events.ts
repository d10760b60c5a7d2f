/**
 * Events of one kind of object as the generated interfaces describe them: event type → what a listener receives, such as
 * `{ StasisStart: [channel: Channel, event: StasisStart] }`.
 */
export type ObjectEventMap<M> = { readonly [T in keyof M]: readonly [subject: unknown, event: unknown] };

/** An event of a type that the bindings do not know, whole, as Asterisk sent it. */
export interface UnknownEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** What a listener threw, or the reason of its rejected promise. */
export interface ListenerFailure<Event = unknown> {
  readonly error: unknown;
  /** What the listener was given. */
  readonly event: Event;
}

/** A message on the event connection that is no event: not JSON, not an object, or without a type. */
export interface MalformedMessage {
  /** Its text, at most the first 1,000 characters. */
  readonly text: string;
  readonly reason: string;
}

/** An event as it travels, with raw data where the typed event has domain objects. */
export type EventData<T> = T extends { toJSON(): infer Data }
  ? Data
  : T extends readonly (infer Item)[]
    ? readonly EventData<Item>[]
    : T extends object
      ? { readonly [K in keyof T]: EventData<T[K]> }
      : T;
