import type { FlowChannel } from '../parties.js';
import { Playing } from '../playing.js';
import type { Watch } from '../watch.js';

/**
 * Plays a beep to its end, unless the flow ends before. Asterisk's own beep will not do: a recording that is stopped or
 * canceled while it plays goes on until the channel is hung up, on 22.10 at least.
 */
export async function beep(where: Pick<FlowChannel, 'play'>, watch: Watch, isOver = () => false): Promise<void> {
  const playing = watch.ending === undefined ? await Playing.start(where, { media: 'sound:beep' }, watch) : undefined;
  const goesOn = (): boolean =>
    playing !== undefined && playing.end === undefined && watch.ending === undefined && !isOver();
  try {
    while (goesOn()) {
      await watch.change();
    }
  } finally {
    await playing?.stop();
  }
}
