import { isSource } from '../model/sources.js';
import type { Form, KnownWords, Operation, Parameter, Resource, TypeRef } from '../model/types.js';
import { constant } from './constants.js';
import { Imports } from './imports.js';
import { constantName } from './names.js';
import { Code, literal } from './literal.js';
import type { OutputFile } from './output-file.js';
import { paths } from './paths.js';
import { isOptionalIn } from './params.js';
import { objectMembers } from './reserved.js';
import type { Scope } from './scope.js';
import { shapeOf } from './shapes.js';

/** The table of a resource's operations, one constant each; nothing where there are none. */
export function emitOperations(scope: Scope, resource: Resource): OutputFile[] {
  if (resource.operations.length === 0) {
    return [];
  }
  const path = paths.operations(resource.name);
  const imports = new Imports(path);
  imports.runtimeType('Operation');
  const rows = resource.operations.map((operation) =>
    constant(constantName(operation.name), 'Operation', operationRow(scope, imports, resource, operation), true),
  );
  return [{ path, from: resource.file, imports, publicNames: [], statements: rows }];
}

/** What an operation's answer is to the runtime. */
export function resultOf(scope: Scope, { response, upgrade }: Operation): { readonly [key: string]: unknown } {
  if (upgrade !== undefined) {
    return { kind: 'void' };
  }
  if (response.kind === 'primitive' && (response.name === 'void' || response.name === 'binary')) {
    return { kind: response.name };
  }
  const item = response.kind === 'list' ? response.of : response;
  if (item.kind === 'model' && scope.object(item.name) !== undefined) {
    return { kind: 'object', object: item.name, list: response.kind === 'list' ? true : undefined };
  }
  const shape = response.kind === 'list' ? 'list' : response.kind === 'primitive' ? undefined : 'object';
  return { kind: 'data', shape };
}

function operationRow(scope: Scope, imports: Imports, resource: Resource, operation: Operation): object {
  const { errors, since, requiresModules } = operation;
  return {
    name: `${resource.name}.${operation.name}`,
    method: operation.httpMethod,
    path: operation.sendPath ?? operation.path,
    params: Object.fromEntries(
      operation.parameters.map((parameter) => [parameter.name, typedRow(scope, imports, parameter)]),
    ),
    returns: resultOf(scope, operation),
    errors: errors.length > 0 ? errors.map(({ code }) => code) : undefined,
    since: since.length > 0 ? since : undefined,
    requires: requiresModules.length > 0 ? requiresModules : undefined,
    blocking: operation.blocking,
    upgrade: operation.upgrade,
    conflicts: operation.conflicts?.map(({ either, or }) => [either, or]),
    forms: operation.forms?.map((form) => formRow(operation, form)),
  };
}

/** A row under a name that every object has is not taken for one of the table, unless it says so. */
function typedRow(scope: Scope, imports: Imports, parameter: Parameter): unknown {
  const row = parameterRow(scope, parameter);
  return objectMembers.has(parameter.name)
    ? new Code(`${literal(row)} satisfies ${imports.runtimeType('Parameter')}`)
    : row;
}

/** A form as the runtime reads it: `''` among the values where it may be left out. */
function formRow(operation: Operation, { values, ...rest }: Form): object {
  const entries = Object.entries(values ?? {}).map(([name, known]) => [
    name,
    isOptionalIn(operation, name, known) ? ['', ...known] : known,
  ]);
  return { values: values && Object.fromEntries(entries), ...rest };
}

/** Open words are for editors: the runtime has to know of them only that there may be several. */
function wordsRow({ values, open, several, base, apart }: KnownWords): object | undefined {
  return open ? several && { several } : { values, several, base, apart };
}

function parameterRow(scope: Scope, parameter: Parameter): object {
  const type = wireType(parameter.type);
  const { allowed, accepts, words, uri, rule, onlyFor, args, alsoNumber } = parameter;
  return {
    in: parameter.in,
    type,
    required: parameter.required || undefined,
    list: parameter.list || parameter.type.kind === 'list' || undefined,
    values: allowed?.kind === 'list' && allowed.values.length > 0 && type === 'string' ? allowed.values : undefined,
    min: allowed?.kind === 'range' ? allowed.min : undefined,
    max: allowed?.kind === 'range' ? allowed.max : undefined,
    alsoNumber,
    words: words && wordsRow(words),
    schemes: uri?.schemes,
    rule,
    onlyFor,
    shape: type === 'object' ? shapeOf(scope, parameter.type) : undefined,
    args,
    accepts: accepts === undefined ? undefined : isSource(accepts) ? 'source' : 'id',
    wholeBody: parameter.wholeBody,
    generated: parameter.generated,
  };
}

/** How a parameter travels; what JSON does not tell apart is not told apart. */
function wireType(ref: TypeRef): 'string' | 'int' | 'double' | 'boolean' | 'object' {
  if (ref.kind === 'list') {
    return wireType(ref.of);
  }
  if (ref.kind !== 'primitive') {
    return 'object';
  }
  switch (ref.name) {
    case 'int':
    case 'long':
      return 'int';
    case 'double':
    case 'boolean':
      return ref.name;
    default:
      return 'string';
  }
}
