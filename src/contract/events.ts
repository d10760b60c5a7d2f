/**
 * Events as the generated interfaces describe them: event type → labelled tuple of what a listener receives, the event
 * last, such as `{ StasisStart: [channel: Channel, event: StasisStart] }`.
 */
export type ListenerArguments<E, T extends keyof E> = Extract<E[T], readonly unknown[]>;

/** The event itself, out of the tuple of a listener's arguments. */
export type EventOf<E, T extends keyof E = keyof E> = E[T] extends readonly [...unknown[], infer Event] ? Event : never;

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
