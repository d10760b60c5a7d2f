import { defineConfig } from 'vitest/config';

/** The built site in headless Chromium: `npm run docs` first. */
export default defineConfig({
  test: {
    include: ['site/test/**/*.test.ts'],
    setupFiles: ['test/support/fail-on-output.ts'],
    testTimeout: 30_000,
  },
});
