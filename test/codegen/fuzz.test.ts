import { expect, test } from 'vitest';
import { fuzz } from './support/fuzz.js';

/** More of it, and for as long as one likes: `npm run fuzz:codegen`. */
test('of random documents, what is accepted compiles and runs, and what is refused is so in a line', () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const { accepted, refused, faults } = fuzz(seed, 8);
  expect(faults, `seed ${seed}`).toEqual([]);
  expect(accepted + refused).toBe(8);
  expect(accepted).toBeGreaterThan(0);
}, 60_000);
