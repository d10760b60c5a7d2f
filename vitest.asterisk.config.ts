import { defineConfig } from 'vitest/config';

/** Tests on a real Asterisk: the one of `ARI_URL`, or those that scripts/asterisk starts. */
export default defineConfig({
  test: {
    include: ['test/asterisk/**/*.test.ts'],
    setupFiles: ['test/support/fail-on-output.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 600_000,
    // Another process, with timing of its own: what fails twice in a row is broken, what fails once may have been slow.
    retry: 1,
  },
});
