import type { Engine } from '../engine/engine.js';
import type { Reply } from '../http/reply.js';
import type { Params } from '../params/params.js';

/** One request to an operation, with its parameters read. */
export interface OperationCall {
  readonly engine: Engine;
  readonly params: Params;
  /** The parsed JSON body; `undefined` without one. */
  readonly body: unknown;
}

/** Carries an operation out. What it throws becomes the answer if it is an `AriFailure`. */
export type Handler = (call: OperationCall) => Reply | Promise<Reply>;

/** Handlers of one resource, by the nickname of the operation. */
export type Handlers = Readonly<Record<string, Handler>>;
