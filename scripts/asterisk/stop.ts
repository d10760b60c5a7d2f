import { exclusively, mustKnow, type Choice } from './exclusively.js';
import { crash, halt } from './halt.js';
import { forgetInstance, loadInstance } from './instance.js';
import type { Release } from './release.js';

/** Ends an Asterisk in an orderly way, and forgets it. */
export async function stopAsterisk(release: Release, choice: Choice = {}): Promise<void> {
  await exclusively(release, choice, async (id, log) => {
    const instance = await loadInstance(id);
    if (instance === undefined) return;
    await halt(instance);
    await forgetInstance(instance);
    log(`Asterisk ${id} is stopped.`);
  });
}

/** Ends an Asterisk as a crash would. It remains known, so that it can be restarted. */
export async function killAsterisk(release: Release, choice: Choice = {}): Promise<void> {
  await exclusively(release, choice, async (id, log) => {
    await crash(await mustKnow(id));
    log(`Asterisk ${id} is killed.`);
  });
}
