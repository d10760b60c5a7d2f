import { calls } from './calls.js';
import { double, doubleStart } from './double.js';
import { events } from './events.js';
import { filtered } from './filtered.js';
import { firstEvent } from './first-event.js';
import { gathers } from './gathers.js';
import { heap } from './heap.js';
import { media } from './media.js';
import { natsCalls } from './nats-calls.js';
import { natsEvents } from './nats-events.js';
import { natsRequests } from './nats-requests.js';
import { natsShare } from './nats-share.js';
import { objects } from './objects.js';
import { outbound } from './outbound.js';
import { requests } from './requests.js';
import type { Task } from './task.js';

export const tasks = {
  calls,
  double,
  doubleStart,
  events,
  filtered,
  firstEvent,
  gathers,
  heap,
  media,
  natsCalls,
  natsEvents,
  natsRequests,
  natsShare,
  objects,
  outbound,
  requests,
};

export type TaskName = keyof typeof tasks;

export type TaskInput<Name extends TaskName> = (typeof tasks)[Name] extends Task<infer Input> ? Input : never;
