import { z } from 'zod';
import type { Delivery } from '../errors/delivery.js';

/** Names of the headers that messages have. */
export const headerNames = {
  /** Counts the events of a relay: who gets one by two subscriptions knows that it is one. */
  sequence: 'Ari-Sequence',
  node: 'Ari-Node',
  /** The life of a relay that sends it: another one has begun anew. */
  instance: 'Ari-Instance',
  /** Asterisk may take long to answer it. */
  blocking: 'Ari-Blocking',
  /** How long the answer is waited for, in milliseconds; {@link defaultTimeoutMs} without it. */
  timeout: 'Ari-Timeout',
  /** Who sends a request. */
  worker: 'Ari-Worker',
  /** Id of the channel that a request makes. */
  creates: 'Ari-Creates',
  /** A call that another worker had. */
  adopted: 'Ari-Adopted',
  /** So many messages follow, which are the answer in parts. Who does not know of it takes this one for the answer. */
  parts: 'Ari-Parts',
  /** It says nothing: whoever sends it tries whether it may. */
  trial: 'Ari-Trial',
} as const;

/** How long the answer to a request is waited for that does not say so, in milliseconds. */
export const defaultTimeoutMs = 10_000;

/** Where a relay stands: its event connection is open, it is not, it ends when its calls have ended, it has ended. */
export type RelayState = 'up' | 'down' | 'draining' | 'gone';

/** Whether a relay in that state is of use. */
export function isThere(state: RelayState): boolean {
  return state === 'up' || state === 'draining';
}

/** A life of a relay: another one begins whenever events may have been missed. */
export function instanceOf(relay: string, life: number): string {
  return `${relay}.${life}`;
}

/** The relay whose life it is; undefined if it does not tell. */
export function relayOf(instance: string): string | undefined {
  return /^(.+)\.\d+$/s.exec(instance)?.[1];
}

const announcement = z.object({
  node: z.string().min(1),
  /** Where relay and Asterisk stand, whatever they call themselves. */
  place: z.string().min(1).optional(),
  instance: z.string().min(1),
  apps: z.array(z.string()),
  state: z.enum(['up', 'down', 'draining', 'gone']),
  release: z.string().optional(),
  inbox: z
    .string()
    .regex(/^[^\s*>]{1,500}$/)
    .optional(),
  /** When its Asterisk was started, as that says it: another one of the same name was not at the same time. */
  started: z.string().min(1).optional(),
  /** It has looked again, since another relay said otherwise. */
  confirmed: z.boolean().optional(),
});

/** What a relay says of itself; at `inbox` it, and no other, says that it is there. */
export type Announcement = z.infer<typeof announcement>;

const request = z.object({
  type: z.literal('RESTRequest'),
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']),
  uri: z.string().min(1),
  query_strings: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
  message_body: z.string().optional(),
});

/** A request as Asterisk takes it over its event connection. */
export type RequestMessage = z.infer<typeof request>;

/** What a relay answers where Asterisk has not. */
export interface RelayFailure {
  readonly type: 'RelayFailure';
  readonly reason: string;
  readonly delivery: Delivery;
  /** Why Asterisk was not reached, by the system's code: `ECONNREFUSED`. */
  readonly code?: string;
}

/** Whether a relay says that Asterisk has not answered. */
export function isFailure(answer: object): answer is RelayFailure {
  return (answer as Partial<RelayFailure>).type === 'RelayFailure';
}

/** A call on offer: its `StasisStart`, of which so much is looked at. */
const offer = z.object({
  type: z.literal('StasisStart'),
  application: z.string(),
  timestamp: z.string(),
  channel: z.object({ id: z.string().min(1) }),
});

/** A worker wants the call that it was offered, or has no room. */
const bid = z.object({ worker: z.string().min(1), takes: z.boolean() });
export type Bid = z.infer<typeof bid>;

const award = z.object({ granted: z.boolean() });

const presence = z.object({ worker: z.string().min(1), calls: z.number().int().min(0) });

/** The calls of a node that a worker has. */
const holdings = z.object({ worker: z.string().min(1), channels: z.array(z.string()) });
export type Holdings = z.infer<typeof holdings>;

/** A relay that is about to stand for a node says when its Asterisk was started. */
const meeting = z.object({ started: z.string().min(1), place: z.string().min(1).optional() });
export type Meeting = z.infer<typeof meeting>;

/** A relay that is there; of the calls that it was asked about, others have some. */
const pong = announcement.omit({ release: true, inbox: true, confirmed: true }).extend({ others: z.array(z.string()) });
export type Pong = z.infer<typeof pong>;

/** Reads a message of some kind; undefined for anything else. */
type Read<T> = (data: Uint8Array) => T | undefined;

export const readAnnouncement: Read<Announcement> = reader(announcement);
export const readRequest: Read<RequestMessage> = reader(request);
export const readOffer: Read<z.infer<typeof offer>> = reader(offer);
export const readBid: Read<Bid> = reader(bid);
export const readAward: Read<{ granted: boolean }> = reader(award);
export const readPresence: Read<{ worker: string; calls: number }> = reader(presence);
export const readHoldings: Read<Holdings> = reader(holdings);
export const readMeeting: Read<Meeting> = reader(meeting);
export const readPong: Read<Pong> = reader(pong);

function reader<T>(schema: z.ZodType<T>): Read<T> {
  return (data) => schema.safeParse(parse(data)).data;
}

/** What is no JSON is undefined. */
export function parse(data: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString());
  } catch {
    return undefined;
  }
}
