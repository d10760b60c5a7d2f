import { afterAll, beforeAll, beforeEach } from 'vitest';
import { restartAsterisk, startAsterisk, type Release, type RunningAsterisk } from '../../scripts/asterisk/index.js';
import type { Server } from '../conformance/world.js';

/**
 * A real Asterisk of a release for the tests of a file, from their beginning to their end; one that was running before
 * is left running. A test that failed is tried again on an Asterisk that was started anew: whatever the first attempt
 * did to it, neither the second nor the tests that follow are to suffer from it.
 */
export function realAsterisk(release: Release, name = 'tests'): () => RunningAsterisk {
  const choice = { name, log: () => undefined };
  let asterisk: RunningAsterisk;

  beforeAll(async () => {
    asterisk = await startAsterisk(release, choice);
  });

  beforeEach(async ({ task }) => {
    if ((task.result?.retryCount ?? 0) > 0 && !process.env['ARI_URL']) {
      await restartAsterisk(release, choice);
    }
  });

  afterAll(async () => {
    if (!asterisk.reused) {
      await asterisk.stop();
    }
  });

  return () => asterisk;
}

/** As scenarios know it. */
export function serverOf({ url, username, password, readOnly, version }: RunningAsterisk): Server {
  return {
    url: `${url}/`,
    username,
    password,
    readOnly: readOnly ?? { username, password },
    major: Number.parseInt(version, 10),
  };
}
