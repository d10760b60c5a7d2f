import { defineConfig } from 'vitest/config';

/** Tests with a real NATS server; see scripts/nats. */
export default defineConfig({
  test: {
    include: ['test/nats/**/*.test.ts'],
    setupFiles: ['test/support/fail-on-output.ts'],
    testTimeout: 30_000,
    expect: { poll: { timeout: 10_000 } },
    maxWorkers: 2,
  },
});
