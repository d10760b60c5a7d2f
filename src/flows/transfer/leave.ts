import { AriHttpError } from '../../errors/http-error.js';
import type { FlowChannel } from '../parties.js';
import type { Watch } from '../watch.js';
import type { LeavableBridge } from './parties.js';

/** How Asterisk answers where the channel is not in the bridge any more, or one of them is gone. */
const outAlready: ReadonlySet<number> = new Set([400, 404, 409, 422]);

/** Takes channels out of a bridge, unless they are out already: who hangs up goes by himself, and so does all of a bridge. */
export async function leave(
  bridge: LeavableBridge | undefined,
  channels: readonly FlowChannel[],
  watch: Watch,
): Promise<void> {
  for (const { id } of bridge === undefined || watch.ending !== undefined ? [] : channels) {
    try {
      await bridge?.removeChannel({ channel: id } as never);
    } catch (error) {
      if (!(error instanceof AriHttpError && outAlready.has(error.status))) {
        throw error;
      }
    }
  }
}
