import type { Operation, Resource } from '../model/types.js';
import { code, docs, foreign, sentence } from './docs.js';
import { compareReleases } from './releases.js';
import type { OperationOf } from './scope.js';
import { enumerate, title, words } from './words.js';

/** What each status means where the documents give no reason, and the error it becomes. */
const failures: Readonly<Record<number, readonly [error: string, meaning: string]>> = {
  400: ['BadRequestError', 'a parameter is missing or wrong'],
  401: ['UnauthorizedError', 'wrong user name or password'],
  403: ['ForbiddenError', 'not allowed'],
  404: ['NotFoundError', 'not found'],
  409: ['ConflictError', 'not possible in the present state'],
  412: ['PreconditionFailedError', 'not ready for it yet'],
  422: ['UnprocessableEntityError', 'understood, but impossible'],
  501: ['ServerError', 'this Asterisk cannot do it'],
};

/**
 * The comment of an operation's method.
 * @param remark follows the description
 * @param bound parameters that the caller does not give
 */
export function operationDocs(
  { resource, operation }: OperationOf,
  remark: string | undefined,
  bound: ReadonlySet<string>,
): string[] {
  const route = code(`${operation.httpMethod} ${operation.path}`);
  const summary = sentence(foreign(operation.summary));
  return docs(
    [
      summary ? `${summary} ${route}` : `${title(operation.name)}: ${route}.`,
      foreign(operation.notes),
      remark,
      sentence(foreign(operation.correction)),
      ownModules(resource, operation),
    ],
    [...parameterTag(operation, bound), ...errorTags(operation), ...sinceTag(operation)],
  );
}

/** The modules of the whole resource are told of once, at its repository. */
function ownModules(resource: Resource, { requiresModules }: Operation): string | undefined {
  const own = requiresModules.filter((module) => !resource.requiresModules.includes(module));
  const noun = own.length === 1 ? 'module' : 'modules';
  return own.length === 0 ? undefined : `Needs the Asterisk ${noun} ${enumerate(own.map(code))}.`;
}

/** Which parameters there are, for whoever reads the method and not the parameters' interface. */
function parameterTag({ parameters }: Operation, bound: ReadonlySet<string>): string[] {
  const free = parameters.filter(({ name }) => !bound.has(name));
  const required = free.filter((parameter) => parameter.required).map(({ name }) => code(name));
  const optional = free.filter((parameter) => !parameter.required).map(({ name }) => code(name));
  const parts = [
    required.length > 0 ? required.join(', ') : undefined,
    optional.length > 0 ? `${required.length > 0 ? 'optionally ' : 'all optional: '}${optional.join(', ')}` : undefined,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? [] : [`@param params ${parts.join('; ')}`];
}

function errorTags(operation: Operation): string[] {
  return operation.errors.map(({ code: status, reason }) => {
    const [error, meaning] = failures[status] ?? unlisted(status);
    const missing = operation.target && status === 404 ? `no such ${words(operation.target.object)}` : meaning;
    const text = sentence(foreign(reason)?.replaceAll('\n', ' ')) || `${missing}.`;
    return `@throws {${error}} ${status}: ${text}`;
  });
}

function unlisted(status: number): readonly [error: string, meaning: string] {
  return status >= 500 ? ['ServerError', 'it failed within Asterisk'] : ['AriHttpError', 'refused'];
}

function sinceTag({ since }: Operation): string[] {
  const releases = [...new Set(since)].sort(compareReleases);
  return releases.length === 0 ? [] : [`@since Asterisk ${releases.map((release) => foreign(release)).join(', ')}`];
}
