import { z } from 'zod';
import { isRecord } from '../../support/is-record.js';
import { isSubject } from './px-subjects.js';

/** Go's zero values, and what is left out, are nothing. */
const part = z
  .string()
  .nullish()
  .transform((text) => text ?? '');

const key = z.object({
  kind: part,
  id: part,
  node: part,
  // It becomes part of a subject.
  dialog: part.refine((text) => text === '' || isSubject(text), 'must be one or more tokens of a subject'),
  app: part,
});

/** Names a thing, and where it is. */
export type PxKey = z.output<typeof key>;

const request = z.looseObject({ kind: z.string().min(1), key: key.nullish() });

/** A request with one member for its values. */
export type PxRequest = z.output<typeof request>;

const answer = z.object({
  error: part,
  data: z.record(z.string(), z.unknown()).nullish(),
  key: key.nullish(),
  keys: z.array(key.nullish()).nullish(),
});

/** What a proxy answers: an error if that is not empty. */
export type PxAnswerMessage = z.output<typeof answer>;

const announcement = z.object({ node: z.string().min(1), application: z.string().min(1) });

/** A proxy is there, and its Asterisk. */
export type PxAnnouncement = z.output<typeof announcement>;

/** What is wrong with a request, or with a part of it. @param place where that part is */
export function malformed(place: string, { issues: [issue] }: z.ZodError): string {
  const where = [place, ...(issue?.path ?? [])].filter((name) => name !== '').join('.');
  const words = issue?.message.replace(/^Invalid input: /, '') ?? 'not as described';
  return `malformed request: ${where}: ${words}`;
}

/** The request, or what is wrong with it. */
export function readPxRequest(message: unknown): PxRequest | string {
  const { data, error } = request.safeParse(message);
  if (error === undefined) {
    return data;
  }
  return isRecord(message) ? malformed('', error) : 'malformed request: it is no object in JSON';
}

/** Undefined for what is no answer. */
export function readPxAnswer(message: unknown): PxAnswerMessage | undefined {
  return answer.safeParse(message).data;
}

/** Undefined for what is no announcement. */
export function readPxAnnouncement(message: unknown): PxAnnouncement | undefined {
  return announcement.safeParse(message).data;
}

/** A key as Go writes it: what is empty is left out. */
export function writeKey(fields: Partial<PxKey>): Partial<PxKey> {
  return Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== ''));
}
