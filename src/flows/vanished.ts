import { pause } from '../support/pause.js';
import type { FlowPlayback } from './parties.js';
import { graceMs, unlessGone } from './watch.js';

/** When it is first looked for a playback, and at most how long until it is again, in milliseconds. */
const firstMs = 500;
const longestMs = 30_000;

/**
 * Tells that a playback is not there any more whose end nobody is told: that of a stored recording that does not exist, where it
 * is the last or the only thing to be played. It is looked for less and less often, since most of them exist.
 */
export async function whenVanished(
  playback: Pick<FlowPlayback, 'get'>,
  signal: AbortSignal,
  onVanished: () => void,
): Promise<void> {
  for (let ms = firstMs; !signal.aborted; ms = Math.min(2 * ms, longestMs)) {
    await pause(ms, signal);
    // What Asterisk cannot say at the moment is asked again.
    if (!signal.aborted && !(await unlessGone(playback.get()).catch(() => true))) {
      // One that has been heard is gone as well, a moment before its end is told.
      await pause(graceMs, signal);
      return signal.aborted ? undefined : onVanished();
    }
  }
}
