import { boot } from './boot.js';
import { describe } from './describe.js';
import { exclusively, mustKnow, type Choice } from './exclusively.js';
import { halt } from './halt.js';
import { instanceUrl } from './instance.js';
import type { Release } from './release.js';
import type { RunningAsterisk } from './running.js';

/**
 * Starts an Asterisk again on the same address, after ending it if it runs. What it has on disk
 * remains, such as recordings; what it has in memory does not, such as channels.
 */
export async function restartAsterisk(release: Release, choice: Choice = {}): Promise<RunningAsterisk> {
  return exclusively(release, choice, async (id, log) => {
    const instance = await mustKnow(id);
    await halt(instance);
    const version = await boot(instance);
    log(`Asterisk ${id} answers again on ${instanceUrl(instance)}.`);
    return describe(instance, version, false);
  });
}
