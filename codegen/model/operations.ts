import { CodegenError } from '../errors.js';
import { placeOf } from '../parse/check-operations.js';
import { parseTypeRef } from '../parse/type-ref.js';
import type { OperationDocument, ParameterDocument, ResourceDocument } from '../parse/types.js';
import { acceptedObject } from './accepts.js';
import { blockingOperations } from './blocking.js';
import { bodyType, type BodyRules } from './body.js';
import { camelCase, className, methodName } from './names.js';
import { madeBy, targetOf } from './objects.js';
import type { DomainObject, Operation, Parameter, Resource } from './types.js';

/** What all operations of a release are built with. */
export interface OperationContext extends BodyRules {
  readonly objects: readonly DomainObject[];
}

export function buildResource(document: ResourceDocument, context: OperationContext): Resource {
  const name = camelCase(document.name);
  const operations = document.apis.flatMap(({ path, operations: all }) =>
    all.map((operation) => buildOperation(name, path, operation, document, context)),
  );
  refuseSameNames(document.file, operations);
  const withMakers = operations.map((operation) => {
    const target = operation.target ?? madeBy(operation, operations, context.objects);
    return target === undefined ? operation : { ...operation, target };
  });
  return {
    name,
    file: document.file,
    className: className(document.name),
    ...(document.description === undefined ? {} : { description: document.description }),
    requiresModules: document.requiresModules,
    operations: withMakers,
  };
}

function buildOperation(
  resource: string,
  path: string,
  operation: OperationDocument,
  { file, requiresModules }: ResourceDocument,
  context: OperationContext,
): Operation {
  const name = methodName(operation.nickname, path);
  if (!/^[A-Za-z]\w*$/.test(name)) {
    throw new CodegenError('the nickname makes no name of a method', { file, at: placeOf(path, operation) });
  }
  const id = `${resource}.${name}`;
  const target = targetOf(path, context.objects);
  const { nickname, summary, notes, upgrade } = operation;
  return {
    id,
    name,
    nickname,
    httpMethod: operation.httpMethod,
    path,
    ...(summary === undefined ? {} : { summary }),
    ...(notes === undefined ? {} : { notes }),
    parameters: operation.parameters.map((parameter) => buildParameter(id, path, parameter, upgrade, context)),
    response: parseTypeRef(operation.responseClass, context.models),
    errors: operation.errorResponses.toSorted((a, b) => a.code - b.code),
    since: sortedReleases(operation.since),
    requiresModules,
    ...(blockingOperations.has(id) ? { blocking: true } : {}),
    ...(upgrade === undefined ? {} : { upgrade }),
    ...(target === undefined ? {} : { target }),
  };
}

function buildParameter(
  operation: string,
  path: string,
  parameter: ParameterDocument,
  upgrade: 'websocket' | undefined,
  context: OperationContext,
): Parameter {
  const { name, description, paramType, required, allowMultiple, defaultValue, allowableValues } = parameter;
  const body =
    paramType === 'body'
      ? bodyType(operation, parameter, context)
      : { type: parseTypeRef(parameter.dataType, context.models) };
  // the event connection is opened by names, long before there are objects
  const accepts = upgrade ? undefined : acceptedObject({ operation, path, name, in: paramType }, context.objects);
  return {
    name,
    in: paramType,
    ...body,
    required,
    list: allowMultiple,
    ...(description === undefined ? {} : { description }),
    ...(defaultValue === undefined ? {} : { defaultValue }),
    ...(allowableValues === undefined ? {} : { allowed: allowableValues }),
    ...(accepts === undefined ? {} : { accepts }),
  };
}

/** Two nicknames may differ and yet make one method: `foo_bar` and `fooBar`. */
function refuseSameNames(file: string, operations: readonly Operation[]): void {
  const byName = new Map<string, Operation>();
  for (const operation of operations) {
    const other = byName.get(operation.name);
    if (other) {
      const at = placeOf(operation.path, operation);
      throw new CodegenError(`its method would be ${operation.name}(), as that of '${other.nickname}'`, { file, at });
    }
    byName.set(operation.name, operation);
  }
}

/** The documents have them in any order. */
function sortedReleases(releases: readonly string[]): readonly string[] {
  return releases.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}
