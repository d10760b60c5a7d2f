import { errorText } from '../../support/error-text.js';
import type { Logger } from '../../support/logger.js';
import { pause } from '../../support/pause.js';
import type { Dialect } from './dialect.js';
import type { LinkedNode } from './fleet-node.js';
import type { HeldCalls } from './held-calls.js';

/** Time until it is asked again which calls there are, in milliseconds. */
const againMs = 2_000;

export interface RecountParts<C extends object> {
  readonly calls: HeldCalls<C>;
  readonly dialect: Pick<Dialect, 'lostTo'>;
  readonly logger: Logger;
  /** Aborts when the fleet is closed. */
  readonly signal: AbortSignal;
}

/** What of a client is used here, whatever its bindings. */
interface ListingClient {
  readonly channels: { list(): Promise<readonly ListedChannel[]> };
}

interface ListedChannel {
  readonly id: string;
  toJSON(): unknown;
}

/** Looks after a worker's calls on a node until it knows which are left, or the node is down again: then it will be asked anew. */
export async function recount<C extends object>(node: LinkedNode<C>, parts: RecountParts<C>): Promise<void> {
  const { calls, logger, signal } = parts;
  while (calls.on(node.id).length > 0 && node.isUp && !signal.aborted) {
    try {
      await lookAfter(node, parts);
      return;
    } catch (error) {
      logger.warn(`could not find out which calls are left on ${node.id}: ${errorText(error)}`);
      await pause(againMs, signal);
    }
  }
}

/** Calls that have ended, or have become another worker's, while nobody could tell are not had any more. */
async function lookAfter<C extends object>(node: LinkedNode<C>, parts: RecountParts<C>): Promise<void> {
  const { calls, dialect, logger } = parts;
  const channels = await (node.client as unknown as ListingClient).channels.list();
  const there = new Map(channels.map((channel) => [channel.id, channel]));
  for (const id of calls.on(node.id)) {
    const channel = there.get(id)?.toJSON();
    if (channel === undefined) {
      // Its end was told with the gap, or is about to come.
      calls.ended(node, id, false);
    } else if (hasLeft(channel)) {
      node.left(channel);
    }
  }
  for (const id of await dialect.lostTo(node.id)) {
    logger.warn(`the call ${id} on ${node.id} is another worker's now`);
    calls.lost(node, id);
    node.lost(id, there.get(id)?.toJSON() ?? { id });
  }
}

/** Whether a channel is in no application any more; of one that does not tell, nothing is known. */
function hasLeft(channel: unknown): boolean {
  const { dialplan } = channel as { readonly dialplan?: { readonly app_name?: unknown } | null };
  return typeof dialplan?.app_name === 'string' && dialplan.app_name !== 'Stasis';
}
