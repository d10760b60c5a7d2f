import { measure } from '../measure.js';
import type { SubjectName } from '../subjects/index.js';
import type { Part } from './part.js';

/** ari-client and @ipcom/asterisk-ari look through all listeners for each event: with so many they would not end. */
const most: Partial<Record<SubjectName, number>> = {
  'asterisk-ari': 100_000,
  'ari-client': 1000,
  '@ipcom/asterisk-ari': 1000,
};

export const objects: Part = {
  name: 'objects',
  title: 'Events of channels with a listener each, CPU of the receiving process',
  variants: ({ synthetic, quick }) =>
    Object.entries(most).flatMap(([subject, max]) =>
      [100, max].map((channels) => ({
        scenario: `${channels} channels`,
        subject,
        measure: () =>
          measure(subject as SubjectName, 'objects', {
            target: synthetic,
            channels,
            count: subject === 'asterisk-ari' ? (quick ? 100_000 : 200_000) : 5_000,
          }),
      })),
    ),
};
