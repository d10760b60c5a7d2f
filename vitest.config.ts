import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Offline tests. Others have configurations of their own: those on a real Asterisk, and those that install packages. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [
      'test/asterisk/**',
      'test/nats/**',
      'test/explorer/**',
      'test/haproxy/**',
      'test/package/installed/**',
      '**/node_modules/**',
    ],
    setupFiles: ['test/support/fail-on-output.ts'],
    testTimeout: 20_000,
    // What is waited for may take its time on a busy machine.
    expect: { poll: { timeout: 10_000 } },
    // The files of a worker share what they import, which is most of their processor time. What a test changes of the process, it
    // puts back.
    isolate: false,
    // Many tests wait for a timer or another process: cores would be left idle.
    maxWorkers: Math.ceil(availableParallelism() * 2.5),
  },
});
