import { measure } from '../measure.js';
import type { SubjectName } from '../subjects/index.js';
import type { Part } from './part.js';

const subjects: readonly SubjectName[] = [
  'ws + JSON.parse',
  'asterisk-ari websocket',
  'asterisk-ari',
  'asterisk-ari http',
];

export const double: Part = {
  name: 'double',
  title: 'The double: call set-ups (originate, StasisStart, answer, hang up) with the client in its process',
  variants: ({ quick }) => [
    ...subjects.map((subject) => ({
      scenario: 'calls, 20 at a time',
      subject,
      measure: () => measure(subject, 'double', { concurrency: 20, count: quick ? 2_000 : 10_000 }),
    })),
    {
      scenario: 'start, with all documents of branch 22',
      subject: 'startAsterisk()',
      measure: () => measure('ws + JSON.parse', 'doubleStart', {}),
    },
  ],
};
