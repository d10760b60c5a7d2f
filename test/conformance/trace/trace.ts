/** An event, as far as it can be the same on two servers: path of a field to its value, what varies as `*`. */
export interface EventTrace {
  readonly type: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** The events that carry one object, in their order. */
export interface ObjectTrace {
  /** Application and object, without what differs from run to run: `APP channel Local/wait@default;1`. */
  readonly object: string;
  readonly events: readonly EventTrace[];
}

/** What a scenario asked and heard. Asterisk keeps the order of one object's events, not that of several objects. */
export interface Trace {
  /** Operation, status and words: `channels.get 404 Channel not found`. */
  readonly requests: readonly string[];
  readonly objects: readonly ObjectTrace[];
}
