import type { ApiDocuments } from '../parse/types.js';
import { pathParameters } from '../parse/path.js';
import { OBJECT_TABLE } from './object-table.js';
import type { DomainObject, Operation } from './types.js';

/** The kinds of object that a release has: those of the table whose path and model its documents know. */
export function objectsOf(api: ApiDocuments): readonly DomainObject[] {
  const paths = api.documents.flatMap(({ apis }) => apis.map(({ path }) => path));
  const models = new Set(api.documents.flatMap((document) => document.models.map(({ id }) => id)));
  return OBJECT_TABLE.filter(({ name, path }) => models.has(name) && paths.some((other) => isUnder(other, path)));
}

/** The object that a path acts on: the one with the longest path that the given path begins with. */
export function objectAt(path: string, objects: readonly DomainObject[]): DomainObject | undefined {
  return objects
    .filter((object) => isUnder(path, object.path))
    .reduce<DomainObject | undefined>(
      (best, next) => (best && best.path.length >= next.path.length ? best : next),
      undefined,
    );
}

/** The object that an operation acts on, and the parameters that its identity fills in. */
export function targetOf(path: string, objects: readonly DomainObject[]): Operation['target'] {
  const object = objectAt(path, objects);
  return object && { object: object.name, bound: pathParameters(object.path) };
}

/**
 * The object that an operation makes under an id that it may be given, where no other operation has that id in its path:
 * `POST /channels/create` with `channelId`.
 */
export function madeBy(
  operation: Omit<Operation, 'target'>,
  all: readonly Omit<Operation, 'target'>[],
  objects: readonly DomainObject[],
): Operation['target'] {
  const { httpMethod, path, response, parameters } = operation;
  const object = objects.find(({ name }) => response.kind === 'model' && response.name === name);
  const id = object?.keys.length === 1 ? object.keys[0]?.parameter : undefined;
  const takesId = parameters.some((parameter) => parameter.name === id && parameter.in === 'query');
  const isTwin = all.some((other) => other.httpMethod === httpMethod && other.path === `${path}/{${id}}`);
  return object === undefined || id === undefined || httpMethod !== 'POST' || !takesId || isTwin
    ? undefined
    : { object: object.name, bound: [id] };
}

function isUnder(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`);
}
