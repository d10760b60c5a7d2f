import type { LinkedNode } from './fleet-node.js';
import type { HeldCalls } from './held-calls.js';

/** How a fleet meets its nodes and comes by its calls. */
export interface Dialect {
  /** Asks who is there. */
  callRoll(): void;
  /** Takes calls from now on. */
  take(): void;
  /** Takes no more. Resolves when what was under way to this worker has come. */
  leave(): Promise<void>;
  /** Which of the calls that this worker has on a node others have now, for it was away. */
  lostTo(nodeId: string): Promise<readonly string[]>;
  /** @throws {AriError} if NATS refuses a right that the worker needs */
  checkRights(): Promise<void>;
  close(): void;
}

/** What a dialect has of its fleet. */
export interface FleetHost<C extends object> {
  /** Id of the worker. */
  readonly worker: string;
  readonly calls: HeldCalls<C>;
  /** A node that it has met; undefined if it has not. */
  node(id: string): LinkedNode<C> | undefined;
  /** Takes in a node that it meets for the first time. */
  add(node: LinkedNode<C>): void;
  /** Looks after which calls of a node are still this worker's. */
  recount(node: LinkedNode<C>): Promise<void>;
  /** The Asterisk of a node is another one now: what this worker had there is over, and the node goes away. @param why for errors */
  over(node: LinkedNode<C>, why: string): void;
  /** A node of which this worker has nothing goes away. @param why for errors */
  forget(node: LinkedNode<C>, why: string): void;
}

/** Makes what a fleet speaks. */
export type Speak<C extends object> = (host: FleetHost<C>) => Dialect;
