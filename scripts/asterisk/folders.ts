import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where installations and instances live: outside the repository, so that they survive a clean checkout. */
export function testbedFolder(): string {
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return process.env['ASTERISK_TESTBED_DIR'] || join(cache, 'asterisk-ari-testbed');
}
