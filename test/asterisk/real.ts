import { startAsterisk, type Release } from '../../scripts/asterisk/index.js';
import type { Server } from '../conformance/world.js';

/** A real Asterisk of a release; `stop()` leaves one running that was running before. */
export async function realAsterisk(release: Release): Promise<Server & { stop(): Promise<void> }> {
  const running = await startAsterisk(release, { name: 'tests', log: () => undefined });
  return {
    url: `${running.url}/`,
    username: running.username,
    password: running.password,
    readOnly: running.readOnly ?? { username: running.username, password: running.password },
    major: Number.parseInt(running.version, 10),
    stop: () => (running.reused ? Promise.resolve() : running.stop()),
  };
}
