import { gapSettled, type GapMessage } from '../diagnostics/channels.js';

/** A channel, and who is told if nobody knows whether it is there still. */
interface Doubter {
  readonly id: string;
  readonly onUnclear: () => void;
}

/** Until it is closed, somebody is told. */
export interface Doubt {
  close(): void;
}

const doubters = new Set<Doubter>();

/**
 * Tells when the event connection was interrupted and Asterisk could not say whether a channel is there still. A flow that
 * has a channel and no client hears of it on the diagnostics channel: whose client it was is not told, so that another one's
 * channel of the same id may be meant.
 */
export function whenUnclear(id: string, onUnclear: () => void): Doubt {
  const doubter: Doubter = { id, onUnclear };
  if (doubters.size === 0) {
    gapSettled.subscribe(tell);
  }
  doubters.add(doubter);
  return {
    close(): void {
      if (doubters.delete(doubter) && doubters.size === 0) {
        gapSettled.unsubscribe(tell);
      }
    },
  };
}

function tell(message: unknown): void {
  const unclear = new Set((message as GapMessage).unclear.channels);
  for (const { id, onUnclear } of doubters) {
    if (unclear.has(id)) {
      onUnclear();
    }
  }
}
