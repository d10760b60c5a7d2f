import { measure } from '../measure.js';
import type { SubjectName } from '../subjects/index.js';
import type { Part } from './part.js';

/** ari-client and @ipcom/asterisk-ari look through all listeners for each event: with 100,000 they would not end. */
const subjects: Readonly<Record<number, readonly SubjectName[]>> = {
  100: ['asterisk-ari', 'ari-client', '@ipcom/asterisk-ari'],
  1_000: ['asterisk-ari', 'ari-client', '@ipcom/asterisk-ari'],
  100_000: ['asterisk-ari'],
};

export const objects: Part = {
  name: 'objects',
  title: 'Events of channels with a listener each, CPU of the receiving process',
  variants: ({ synthetic, quick }) =>
    Object.entries(subjects).flatMap(([channels, names]) =>
      names.map((subject) => ({
        scenario: `${channels} channels`,
        subject,
        measure: () =>
          measure(subject, 'objects', {
            target: synthetic,
            channels: Number(channels),
            count: subject === 'asterisk-ari' ? (quick ? 100_000 : 500_000) : 5_000,
          }),
      })),
    ),
};
