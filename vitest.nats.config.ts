import { defineConfig } from 'vitest/config';

/** Tests with a real NATS server or HAProxy; see scripts/nats and scripts/haproxy. */
export default defineConfig({
  test: {
    include: ['test/nats/**/*.test.ts', 'test/haproxy/**/*.test.ts'],
    setupFiles: ['test/support/fail-on-output.ts'],
    testTimeout: 30_000,
    expect: { poll: { timeout: 10_000 } },
    maxWorkers: 2,
    // Other processes, with timing of their own: what fails twice in a row is broken, what fails once may have been slow.
    retry: 1,
  },
});
