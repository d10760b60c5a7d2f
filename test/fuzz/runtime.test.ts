import { expect, it } from 'vitest';
import { fuzz } from './support/fuzz.js';

// A short run, with the same sessions every time; a longer one, with others, is `npm run fuzz:runtime`.
it('a client gets along with whatever a server does, and with whatever it is used for meanwhile', async () => {
  const { sessions, fault } = await fuzz({ seed: 1, numRuns: 25 });
  expect(fault).toBeUndefined();
  expect(sessions).toBe(25);
}, 60_000);
