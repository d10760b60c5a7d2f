import type { Channel } from '../channels/channel.js';
import type { Engine } from '../parts.js';

/** What an application of the dialplan gets to work with. */
export interface StepContext {
  readonly engine: Engine;
  readonly channel: Channel;
  readonly data: string;
  /** On with the next step. */
  readonly done: () => void;
  /** On with another step. */
  readonly goto: (context: string, exten: string, priority: number) => void;
  /** The call ends here. */
  readonly hangUp: (cause: number) => void;
}

/** An application of the dialplan. What it returns breaks it off when the channel is hung up meanwhile. */
export type DialplanApp = (step: StepContext) => (() => void) | void;
