import { measure } from '../measure.js';
import type { GathersInput } from '../tasks/gathers.js';
import type { Part } from './part.js';

const scenarios = {
  digit: '500 at once, a digit each within two seconds',
  prompt: '500 at once, whose prompts end at once',
  start: '500 at once, without a prompt',
} as const;

const carriers: readonly GathersInput['carrier'][] = ['setTimeout', 'asterisk-ari'];

export const gathers: Part = {
  name: 'gathers',
  title: 'Gathers of one process, with the double in it: how late they end that wait for a digit, in a fresh process',
  variants: () =>
    (['digit', 'prompt', 'start'] as const).flatMap((since) =>
      carriers.map((carrier) => ({
        scenario: scenarios[since],
        subject: carrier,
        measure: () => measure('ws + JSON.parse', 'gathers', { count: 500, since, carrier }),
      })),
    ),
};
