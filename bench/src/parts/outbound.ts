import { measure } from '../measure.js';
import type { Part } from './part.js';

/** The whole run may take so long, in milliseconds. */
const longestMs = 900_000;

export const outbound: Part = {
  name: 'outbound',
  title: 'Calls that Asterisk brings on connections of their own, 20 at a time: set up, answered, ended',
  // The heap is to be flat over the whole of it.
  roundsFactor: 0.2,
  variants: ({ quick }) => {
    const calls = quick ? 2_000 : 100_000;
    return [
      {
        scenario: `${calls} connections`,
        subject: 'asterisk-ari',
        measure: () => measure('ws + JSON.parse', 'outbound', { calls, concurrency: 20 }, longestMs),
      },
    ];
  },
};
