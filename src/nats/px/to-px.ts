import { UnsupportedOperationError } from '../../errors/unsupported-operation-error.js';
import type { AriRequest } from '../../rest/request.js';
import type { PxField } from './fields.js';
import type { PxKind } from './kind.js';
import { writeKey, type PxKey } from './messages.js';
import { kindOf } from './table.js';
import { textOf } from './text-of.js';
import { thingOf } from './things.js';

/** Which proxy a request is for. */
export interface Place {
  readonly app: string;
  readonly node: string;
}

/** A request of ARI as ari-proxy takes it. */
export interface Translated {
  readonly kind: PxKind;
  /** Id of what it is about; empty if that is nothing. */
  readonly id: string;
  /** One message for most; several where ARI takes several values and a message one. */
  readonly messages: readonly PxMessage[];
  readonly params: ReadonlyMap<string, unknown>;
}

/** A request before it is JSON. */
export interface PxMessage {
  readonly kind: string;
  readonly key: Partial<PxKey>;
  readonly [member: string]: unknown;
}

/** @throws {UnsupportedOperationError} for what ari-proxy has no words for */
export function translate(request: AriRequest, place: Place): Translated {
  const { method, path } = request.operation;
  const carried = kindOf(method, path);
  if (carried === undefined) {
    throw unsupported(request, 'its protocol has no such request');
  }
  const { kind } = carried;
  const params = readParams(request, carried.path);
  const left = new Map([...params].filter(([name]) => !kind.spares?.includes(name)));
  const id = idOf(kind, left, place, request);
  const key = keyOf(kind, id, place);
  const values = writeFields(kind, left, request);
  const [extra] = left.keys();
  if (extra !== undefined) {
    throw unsupported(request, `its ${kind.kind} has no '${extra}'`);
  }
  const messages = values.map((each) => ({
    kind: kind.kind,
    key,
    ...(kind.member !== undefined && { [kind.member]: each }),
  }));
  return { kind, id, messages, params };
}

/** @param why ends a sentence about ari-proxy */
export function unsupported({ operation, path }: AriRequest, why: string): UnsupportedOperationError {
  const { name, method } = operation;
  const failure = { operation: name, method, path, status: 501, serverMessage: '' };
  return new UnsupportedOperationError(failure, `${name} does not go through ari-proxy: ${why}`);
}

/** Parameters, out of where they were put. @param template the path with our names for what stands in it */
function readParams({ path, query, body }: AriRequest, template: string): Map<string, unknown> {
  const parts = path.split('/');
  const inPath = template
    .split('/')
    .flatMap((each, index) =>
      each.startsWith('{') ? [[each.slice(1, -1), decodeURIComponent(parts[index] ?? '')]] : [],
    );
  const inBody = body === undefined ? [] : Object.entries(JSON.parse(body) as object);
  return new Map<string, unknown>([...(inPath as [string, unknown][]), ...new URLSearchParams(query), ...inBody]);
}

/** Takes what the key says out of the parameters. */
function idOf(kind: PxKind, params: Map<string, unknown>, { app }: Place, request: AriRequest): string {
  if (kind.source !== undefined) {
    return sourceOf(kind, params, app, request);
  }
  const names = kind.thing === undefined ? [] : thingOf(kind.thing).params;
  const id = names.map((name) => textOf(params.get(name))).join('/');
  names.forEach((name) => params.delete(name));
  return id;
}

/** Of sources the key names one, and the application is the proxy's. */
function sourceOf(kind: PxKind, params: Map<string, unknown>, app: string, request: AriRequest): string {
  const [given, named] = [kind.source ?? '', kind.app ?? ''];
  const [source, ...others] = [params.get(given) ?? []].flat() as string[];
  const beginning = `${kind.thing}:`;
  if (source === undefined || others.length > 0 || !source.startsWith(beginning) || params.get(named) !== app) {
    throw unsupported(
      request,
      `its ${kind.kind} is for the application '${app}', and has one ${kind.thing} as '${given}'`,
    );
  }
  params.delete(given);
  params.delete(named);
  return source.slice(beginning.length);
}

/** Without a thing the key says only where: one of a channel would be taken for the channel that another is made for. */
function keyOf({ thing, answer }: PxKind, id: string, place: Place): Partial<PxKey> {
  const about = answer.is === 'keys' ? answer.of : thing;
  return writeKey({ kind: about ?? '', id, ...place });
}

function writeFields(kind: PxKind, params: Map<string, unknown>, request: AriRequest): object[] {
  let messages: object[] = [{}];
  for (const [place, field] of Object.entries(kind.fields ?? {})) {
    const value = params.get(field.param);
    params.delete(field.param);
    if (value !== undefined) {
      const items = field.each ? itemsOf(value) : [value];
      const written = items.map((item) => write(kind, field, item, request));
      messages = messages.flatMap((message) => written.map((each) => withValue(message, place.split('.'), each)));
    }
  }
  return messages;
}

function write({ kind }: PxKind, field: PxField, value: unknown, request: AriRequest): unknown {
  const written = field.toPx(value);
  if (written === undefined) {
    throw unsupported(request, `its ${kind} cannot say ${JSON.stringify(value)} for '${field.param}'`);
  }
  if (field.overlooked && written !== false && written !== '') {
    throw unsupported(request, `it looks past '${field.param}'`);
  }
  return written;
}

/** In a query, a list has commas between its items. */
function itemsOf(value: unknown): unknown[] {
  return typeof value === 'string' ? value.split(',') : (value as unknown[]);
}

function withValue(values: object, [first = '', ...rest]: readonly string[], value: unknown): object {
  const inner = (values as Record<string, object | undefined>)[first] ?? {};
  return { ...values, [first]: rest.length === 0 ? value : withValue(inner, rest, value) };
}
