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

/** The kind of object that an operation creates, and the parameter that gives it an id; undefined if there is none. */
export function createdBy({ method, returns, params }: Operation): { kind: string; idName: string } | undefined {
  const kind = method === 'POST' && returns.kind === 'object' ? returns.object : '';
  const idName = kinds.get(kind)?.ids.find((each) => Object.hasOwn(params, each));
  return idName === undefined ? undefined : { kind, idName };
}

/** Undefined if the request creates nothing, or under an id that Asterisk chooses. */
export function creationOf(request: AriRequest): Creation | undefined {
  const { operation } = request;
  const { kind = '', idName } = createdBy(operation) ?? {};
  const id = idName === undefined ? undefined : parameterOf(request, idName);
  const path = kinds.get(kind)?.path;
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
export function parameterOf({ operation, path, query, body }: AriRequest, name: string): string | undefined {
  const index = operation.path.split('/').indexOf(`{${name}}`);
  if (index !== -1) {
    return decodeURIComponent(path.split('/')[index] as string);
  }
  const fields = body === undefined ? {} : (JSON.parse(body) as Record<string, unknown>);
  return (fields[name] as string | undefined) ?? new URLSearchParams(query).get(name) ?? undefined;
}
