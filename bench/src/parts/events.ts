import { measure } from '../measure.js';
import { eventTypes, type EventType } from '../server/frames.js';
import type { SubjectName } from '../subjects/index.js';
import type { Part } from './part.js';

const types = Object.keys(eventTypes) as EventType[];
const subjects: readonly SubjectName[] = ['ws + JSON.parse', 'asterisk-ari', 'ari-client', '@ipcom/asterisk-ari'];

const scenarios: Readonly<Record<string, readonly EventType[]>> = {
  'all listened': types,
  'one type of eight listened': ['ChannelDtmfReceived'],
};

export const events: Part = {
  name: 'events',
  title: 'Events of a synthetic server, CPU of the receiving process',
  variants: ({ synthetic, quick }) =>
    Object.entries(scenarios).flatMap(([scenario, listened]) =>
      subjects.map((subject) => ({
        scenario,
        subject,
        measure: () =>
          measure(subject, 'events', {
            target: synthetic,
            mix: { types, channels: 512 },
            count: quick ? 40_000 : 200_000,
            listened,
          }),
      })),
    ),
};
