import { measure } from '../measure.js';
import type { SubjectName } from '../subjects/index.js';
import type { Part } from './part.js';

/** ari-client takes the square of the number of channels in time, so that ten thousand take it minutes. */
const subjects: Partial<Record<SubjectName, number>> = { 'asterisk-ari': 10_000, 'ari-client': 2_000 };

export const heap: Part = {
  name: 'heap',
  title: 'Heap of a live channel with three listeners',
  variants: ({ synthetic }) =>
    Object.entries(subjects).map(([subject, channels]) => ({
      scenario: 'a channel of thousands',
      subject,
      measure: () => measure(subject as SubjectName, 'heap', { target: synthetic, channels }),
    })),
};
