import { defineConfig } from 'vitest/config';

/** Tests on a real Asterisk: the one of `ARI_URL`, or those that scripts/asterisk starts. */
export default defineConfig({
  test: {
    include: ['test/asterisk/**/*.test.ts'],
    setupFiles: ['test/support/fail-on-output.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 600_000,
  },
});
