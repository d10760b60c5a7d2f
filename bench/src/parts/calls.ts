import { measure } from '../measure.js';
import type { SubjectName } from '../subjects/index.js';
import type { Part } from './part.js';

const subjects: readonly SubjectName[] = ['asterisk-ari', 'asterisk-ari http', 'ari-client'];

export const calls: Part = {
  name: 'calls',
  title: 'Calls on a real Asterisk: originate a Local channel into Stasis, answer, play, hang up',
  variants: ({ asterisk, quick }) =>
    asterisk === undefined
      ? []
      : [1, 10].flatMap((concurrency) =>
          subjects.map((subject) => ({
            scenario: `${concurrency} at a time`,
            subject,
            measure: () => measure(subject, 'calls', { target: asterisk, concurrency, count: quick ? 50 : 300 }),
          })),
        ),
};
