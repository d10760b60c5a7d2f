/**
 * How closely what Asterisk sends is looked at. `none`: not at all. `envelope`: whether an event has what every event
 * has, its objects, and they their ids. `full`: whether everything is as the types say, with zod, which is loaded only then.
 */
export type ValidationLevel = 'none' | 'envelope' | 'full';

/** Something in a message that is not as the bindings describe it. */
export interface ValidationIssue {
  /** Where: `channel.dialplan.priority`, `[2].name`; empty for the message as a whole. */
  readonly path: string;
  /** What is wrong: `must be a string, not 5`. */
  readonly message: string;
}

/** An event, or the answer to an operation, that is not as the bindings describe it. */
export interface InvalidMessage {
  readonly kind: 'event' | 'answer';
  /** The type of the event, the name of the operation. */
  readonly name: string;
  readonly issues: readonly ValidationIssue[];
  /** As Asterisk sent it. */
  readonly data: unknown;
  /** Whether it is handed on all the same. */
  readonly delivered: boolean;
}
