import { defineConfig } from 'vitest/config';

/** Tests of ari-explorer, most of them in a headless Chromium (CHROMIUM, or Debian's) against the double. */
export default defineConfig({
  test: {
    include: ['test/explorer/**/*.test.ts'],
    setupFiles: ['test/support/fail-on-output.ts'],
    testTimeout: 30_000,
    expect: { poll: { timeout: 10_000 } },
    maxWorkers: 2,
    // Other processes, with timing of their own: what fails twice in a row is broken, what fails once may have been slow.
    retry: 1,
  },
});
