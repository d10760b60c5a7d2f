import { ObjectGoneError } from '../errors/object-gone-error.js';
import type { ChannelEnd, FlowChannel } from './parties.js';

/** Who is told that a channel is over, or that nobody can tell, such as that the client was closed. */
interface Told {
  readonly onOver: () => void;
  readonly onFailure: (error: unknown) => void;
}

/** Tells once when a channel is over, even if that was not heard; until the signal aborts. */
export function whenOver(
  channel: FlowChannel,
  ends: readonly ChannelEnd[],
  signal: AbortSignal,
  { onOver, onFailure }: Told,
): void {
  channel.waitFor(ends, { signal }).then(onOver, (error: unknown) => {
    if (error instanceof ObjectGoneError) {
      onOver();
    } else if (!signal.aborted) {
      onFailure(error);
    }
  });
}
