import type { Redact } from '../../diagnostics/redact.js';
import { segmentsOf } from '../segments.js';
import { cleanData, cleanJson } from './clean.js';

/** A request as it is sent. */
export interface SentRequest {
  readonly path: string;
  readonly route: string;
  readonly query: string;
  readonly body: string | undefined;
}

/** What a request asks for, by ARI's names: out of its path, its query and its body. */
export function paramsOf({ path, route, query, body }: SentRequest, redact: Redact): Record<string, unknown> {
  const texts = [...pathParams(route, path), ...new URLSearchParams(query)];
  const named = cleanData(Object.fromEntries(texts), redact) as Record<string, unknown>;
  const data = body === undefined ? undefined : cleanJson(body, redact);
  return withBody(named, data);
}

/** Parameters with those of the body, if there is one; what is no object is one of that name. */
export function withBody(params: Readonly<Record<string, unknown>>, body: unknown): Record<string, unknown> {
  const isNamed = typeof body === 'object' && body !== null && !Array.isArray(body);
  return { ...params, ...(isNamed ? body : body === undefined ? {} : { body }) };
}

/** `/channels/{channelId}/answer` and `/channels/a%2Fb/answer` make `[['channelId', 'a/b']]`. */
function pathParams(route: string, path: string): [name: string, value: string][] {
  const segments = segmentsOf(path);
  return route.split('/').flatMap((part, at): [string, string][] => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    return name === undefined ? [] : [[name, segments[at] ?? '']];
  });
}
