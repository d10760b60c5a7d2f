/** A timer that can be called off. */
export interface Timer {
  cancel(): void;
}

/**
 * What a timer stands for. `media` is something that goes on by itself, such as a prompt; `frame` is a piece of audio
 * that flows; `patience` is somebody waiting: for an answer, for a key, for a claim.
 */
export type TimerKind = 'media' | 'frame' | 'patience';

/** Asterisk's time, which a test may own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  after(ms: number, kind: TimerKind, action: () => void): Timer;
  /** Calls every timer off. */
  close(): void;
}
