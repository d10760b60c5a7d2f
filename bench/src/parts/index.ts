import { calls } from './calls.js';
import { double } from './double.js';
import { editor } from './editor.js';
import { events } from './events.js';
import { filter } from './filter.js';
import { firstEvent } from './first-event.js';
import { gathers } from './gathers.js';
import { generator } from './generator.js';
import { heap } from './heap.js';
import { importing } from './imports.js';
import { installed } from './installed.js';
import { media } from './media.js';
import { nats } from './nats.js';
import { objects } from './objects.js';
import { outbound } from './outbound.js';
import type { Part } from './part.js';
import { requests } from './requests.js';
import { types } from './types.js';

/** All parts, in the order of the report. */
export const parts: readonly Part[] = [
  events,
  objects,
  requests,
  calls,
  filter,
  double,
  gathers,
  media,
  outbound,
  nats,
  firstEvent,
  importing,
  heap,
  installed,
  types,
  editor,
  generator,
];
