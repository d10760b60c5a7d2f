import { defineConfig } from 'vitest/config';

/** All packages packed, installed from the registry, and used: what is offline of test/package is in vitest.config.ts. */
export default defineConfig({
  test: {
    include: ['test/package/installed/**/*.test.ts'],
    setupFiles: ['test/support/fail-on-output.ts'],
    testTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    // They mostly wait for npm and compilers, which have two threads themselves.
    maxWorkers: 2,
  },
});
