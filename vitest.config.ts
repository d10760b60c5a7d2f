import { defineConfig } from 'vitest/config';

/** Offline tests. Those on a real Asterisk have a configuration of their own: vitest.asterisk.config.ts. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/asterisk/**', 'test/consumers/**', '**/node_modules/**'],
    setupFiles: ['test/support/fail-on-output.ts'],
    testTimeout: 20_000,
    // Many tests wait for a timer or another process: by default one core would be left idle.
    maxWorkers: '100%',
  },
});
