import { AriProtocolError } from '../../../errors/protocol-error.js';
import type { AriRequest } from '../../../rest/request.js';
import type { AriResponse } from '../../../rest/transport.js';
import type { PxAnswerMessage } from '../messages.js';
import { textOf } from '../text-of.js';
import { thingOf, type PxThing } from '../things.js';
import { plainData } from './plain-data.js';

/** The data of a thing as ARI has it. Go's structs do not all know what they are about. */
export function objectIn(request: AriRequest, of: PxThing, id: string, answer: PxAnswerMessage): object {
  const { member, fields } = thingOf(of);
  const data = plainData(memberOf(request, answer, member)) as Record<string, unknown>;
  if (of === 'config') {
    return [data['Fields'] ?? data['fields'] ?? []].flat();
  }
  const { levels, types, ...rest } = data;
  const named = fields.length === 1 ? { [fields[0] as string]: id } : {};
  return of === 'logging' ? { ...named, type: types, configuration: levels, ...rest } : { ...named, ...data };
}

/** A part of an answer's data. @throws {AriProtocolError} if it is not there */
export function memberOf({ operation }: AriRequest, { data }: PxAnswerMessage, member: string): object {
  const value = data?.[member];
  if (typeof value !== 'object' || value === null) {
    throw new AriProtocolError(`${operation.name}: ari-proxy's answer has no ${member}`);
  }
  return value;
}

/** ari-proxy tells all of it. @param only names of what is wanted, with commas between them */
export function some(info: object, only: unknown): object {
  const wanted = only === undefined ? undefined : textOf(only).split(',');
  return Object.fromEntries(Object.entries(info).filter(([name]) => wanted?.includes(name) ?? true));
}

/** What was made is gone, or hidden. */
export function unread({ status, text, ...rest }: AriResponse): AriResponse {
  const { message } = JSON.parse(text) as { readonly message: string };
  return {
    ...rest,
    status,
    text: JSON.stringify({ message: `it was done, but there is nothing to read: ${message}` }),
  };
}
