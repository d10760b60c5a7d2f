import { measure } from '../measure.js';
import type { SubjectName } from '../subjects/index.js';
import type { Target } from '../subjects/subject.js';
import type { Part } from './part.js';

const subjects: readonly SubjectName[] = [
  'ws + JSON.parse',
  'asterisk-ari websocket',
  'asterisk-ari',
  'node:http',
  'undici',
  'node-fetch',
  'asterisk-ari http',
  'ari-client',
  '@ipcom/asterisk-ari',
];

export const requests: Part = {
  name: 'requests',
  title: 'Requests: GET asterisk/ping, CPU of the asking process',
  variants: ({ synthetic, asterisk, quick }) => {
    const places: readonly (readonly [name: string, target: Target, concurrencies: readonly number[]])[] = [
      ['synthetic', synthetic, [1, 20, 100]],
      ...(asterisk === undefined ? [] : ([['Asterisk 22', asterisk, [1, 20, 100]]] as const)),
    ];
    return places.flatMap(([name, target, concurrencies]) =>
      concurrencies.flatMap((concurrency) =>
        subjects.map((subject) => ({
          scenario: `${name}, ${concurrency} at a time`,
          subject,
          measure: () => measure(subject, 'requests', { target, concurrency, ms: quick ? 400 : 800 }),
        })),
      ),
    );
  },
};
