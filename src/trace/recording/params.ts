import type { Redact } from '../../diagnostics/redact.js';
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
  return isPlainObject(data) ? { ...named, ...data } : data === undefined ? named : { ...named, body: data };
}

/** `/channels/{channelId}/answer` and `/channels/a%2Fb/answer` make `[['channelId', 'a/b']]`. */
function pathParams(route: string, path: string): [name: string, value: string][] {
  const segments = path.split('/');
  return route.split('/').flatMap((part, at): [string, string][] => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    return name === undefined ? [] : [[name, decoded(segments[at] ?? '')]];
  });
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
