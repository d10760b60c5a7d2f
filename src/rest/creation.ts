import type { Operation } from '../contract/operation.js';
import type { AriRequest } from './request.js';

/** By which parameter a kind of object is given an id of ours, most telling first, and where one asks for it. */
const kinds: ReadonlyMap<string, { readonly ids: readonly string[]; readonly path: string }> = new Map([
  ['Channel', { ids: ['snoopId', 'channelId'], path: '/channels/' }],
  ['Bridge', { ids: ['bridgeId'], path: '/bridges/' }],
  ['Playback', { ids: ['playbackId'], path: '/playbacks/' }],
  ['LiveRecording', { ids: ['name'], path: '/recordings/live/' }],
]);

/** A request that creates an object under an id that we chose: whether it did can be asked. */
export interface Creation {
  /** Asks for the object. */
  readonly question: AriRequest;
  /** A channel is a call: it may have come and gone before one asks, and is never placed twice. */
  readonly repeatable: boolean;
}

/** Undefined if the request creates nothing, or under an id that Asterisk chooses. */
export function creationOf(request: AriRequest): Creation | undefined {
  const { operation } = request;
  const kind = operation.returns.kind === 'object' ? operation.returns.object : '';
  const { ids, path } = kinds.get(kind) ?? {};
  const name = ids?.find((each) => Object.hasOwn(operation.params, each));
  const id = name === undefined || operation.method !== 'POST' ? undefined : parameterOf(request, name);
  if (id === undefined || path === undefined) {
    return undefined;
  }
  const asking: Operation = { name: operation.name, method: 'GET', path, params: {}, returns: operation.returns };
  return {
    question: { operation: asking, path: `${path}${encodeURIComponent(id)}`, query: '', body: undefined },
    repeatable: kind !== 'Channel',
  };
}

/** A parameter's value, read back from where it was put. */
function parameterOf({ operation, path, query, body }: AriRequest, name: string): string | undefined {
  const index = operation.path.split('/').indexOf(`{${name}}`);
  if (index !== -1) {
    return decodeURIComponent(path.split('/')[index] as string);
  }
  const fields = body === undefined ? {} : (JSON.parse(body) as Record<string, unknown>);
  return (fields[name] as string | undefined) ?? new URLSearchParams(query).get(name) ?? undefined;
}
