import type { AriRequest } from '../../rest/request.js';
import { uniqueId } from '../../support/unique-id.js';
import type { PxField } from './fields.js';
import type { PxKind } from './kind.js';
import { malformed, type PxKey, type PxRequest } from './messages.js';
import { methodOf, pathOf } from './table.js';
import { textOf } from './text-of.js';
import { partsOf, thingOf } from './things.js';

/** A request that is not sent to Asterisk, in words for whoever has made it. */
export class PxRefusal extends Error {}

/** Parameters of ARI by their names. */
export type Params = ReadonlyMap<string, unknown>;

/**
 * What a request says, as parameters of ARI.
 * @param app the application, where a request names none
 * @throws {PxRefusal} if its key or its values are missing, or not what they must be
 */
export function paramsOf(kind: PxKind, request: PxRequest, app: string): Params {
  const key = request.key ?? undefined;
  if (key === undefined && !canDoWithoutKey(kind)) {
    throw new PxRefusal(`${kind.thing ?? 'request'} key not supplied`);
  }
  const params = new Map<string, unknown>(Object.entries(kind.defaults ?? {}));
  readKey(kind, key, params);
  readFields(kind, request, params);
  if (kind.app !== undefined && !params.has(kind.app)) {
    params.set(kind.app, key?.app || app);
  }
  if (kind.class === 'create' && kind.thing === undefined && key?.kind === 'channel') {
    addOriginator(kind, params, key.id);
  }
  if (kind.answer.is === 'made' && !params.has(kind.answer.id)) {
    params.set(kind.answer.id, uniqueId());
  }
  return params;
}

/** The request as Asterisk takes it. Undefined if ari-proxy asks Asterisk nothing. @throws {PxRefusal} */
export function ariRequest(kind: PxKind, params: Params): AriRequest | undefined {
  const { call, operation: name = kind.kind, blocking } = kind;
  if (call === undefined) {
    return undefined;
  }
  const [method, template] = [methodOf(call), pathOf(call)];
  const inPath = new Set<string>();
  const path = template.replace(/\{(\w+)\}/g, (_, param: string) => {
    inPath.add(param);
    return segment(param, params.get(param));
  });
  const rest = kind.isStaged || kind.isAmongAll ? [] : [...params].filter(([param]) => !inPath.has(param));
  const hasBody = method === 'POST' || method === 'PUT';
  return {
    operation: { name, method, path: template, params: {}, returns: { kind: 'data' }, ...(blocking && { blocking }) },
    path,
    query: hasBody ? '' : queryOf(rest),
    body: hasBody && rest.length > 0 ? JSON.stringify(Object.fromEntries(rest)) : undefined,
  };
}

/** Lists, and creations of channels, are about no thing that is there. */
function canDoWithoutKey({ thing }: PxKind): boolean {
  return thing === undefined;
}

function readKey({ thing, source, answer }: PxKind, key: PxKey | undefined, params: Map<string, unknown>): void {
  if (thing === undefined) {
    return;
  }
  const names = thingOf(thing).params;
  const id = key?.id ?? '';
  // Whatever is made has an id, and it may be the key's.
  if (id === '' && answer.is === 'made' && names.includes(answer.id)) {
    return;
  }
  if (id === '') {
    throw new PxRefusal(`${thing} key not supplied`);
  }
  if (source !== undefined) {
    params.set(source, [`${thing}:${id}`]);
    return;
  }
  const parts = partsOf(thing, id);
  if (parts === undefined) {
    throw new PxRefusal(`${thing} key must be ${names.join('/')}`);
  }
  names.forEach((name, index) => params.set(name, parts[index]));
}

function readFields(
  { member, fields = {}, mandatory }: PxKind,
  request: PxRequest,
  params: Map<string, unknown>,
): void {
  if (member === undefined) {
    return;
  }
  const values = request[member];
  if (typeof values !== 'object' || values === null) {
    throw new PxRefusal(mandatory ?? `${member} is mandatory`);
  }
  for (const [place, field] of Object.entries(fields)) {
    const value = read(field, `${member}.${place}`, valueAt(values, place.split('.')));
    if (value !== undefined) {
      params.set(field.param, value);
    }
  }
}

function read({ schema, toAri, missing }: PxField, where: string, given: unknown): unknown {
  const present = given ?? undefined;
  const { data, error } = present === undefined ? {} : schema.safeParse(present);
  if (error !== undefined) {
    throw new PxRefusal(malformed(where, error));
  }
  const value = present === undefined ? undefined : toAri(data);
  if (value === undefined && missing !== undefined) {
    throw new PxRefusal(missing);
  }
  return value;
}

function valueAt(values: unknown, [first = '', ...rest]: readonly string[]): unknown {
  const isObject = typeof values === 'object' && values !== null && Object.hasOwn(values, first);
  const value = isObject ? (values as Record<string, unknown>)[first] : undefined;
  return rest.length === 0 ? value : valueAt(value, rest);
}

/** A channel that another one is made for has that one's formats. */
function addOriginator({ fields = {} }: PxKind, params: Map<string, unknown>, id: string): void {
  const takesOne = Object.values(fields).some(({ param }) => param === 'originator');
  if (takesOne && id !== '' && !params.has('originator')) {
    params.set('originator', id);
  }
}

/** What Asterisk, or what stands before it, would read as another path is refused. */
function segment(param: string, value: unknown): string {
  const text = textOf(value);
  if (text === '' || text === '.' || text === '..' || /\p{Surrogate}/u.test(text)) {
    throw new PxRefusal(`${param} must be a well-formed text, neither empty nor dots`);
  }
  return encodeURIComponent(text);
}

function queryOf(params: readonly (readonly [string, unknown])[]): string {
  const query = new URLSearchParams();
  for (const [param, value] of params) {
    query.set(param, String(value));
  }
  return query.toString();
}
