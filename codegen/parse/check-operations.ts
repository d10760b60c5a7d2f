import { CodegenError, type ErrorPlace } from '../errors.js';
import { limits } from '../limits.js';
import type { TypeRef } from '../model/types.js';
import { checkType, checkValues, checkValueType } from './check-types.js';
import { isPath, pathParameters } from './path.js';
import type { OperationDocument, ParameterDocument, ResourceDocument } from './types.js';

/** Checks what a schema cannot: that a document's operations agree with themselves and with the models. */
export function checkOperations(document: ResourceDocument, models: ReadonlySet<string>): void {
  const { file } = document;
  const seen = new Map<string, string>();
  for (const { path, operations } of document.apis) {
    if (!isPath(path)) {
      const allowed = ['letters, digits and -._~ between slashes', '{NAME}'];
      throw new CodegenError('the path cannot be sent', { file, at: `path ${path}`, allowed });
    }
    for (const operation of operations) {
      const at = placeOf(path, operation);
      const other = seen.get(operation.nickname);
      if (other) throw new CodegenError(`duplicate nickname, first used by ${other}`, { file, at });
      seen.set(operation.nickname, at);

      checkType({ file, at: `${at}: responseClass` }, operation.responseClass, models);
      checkParameters(file, path, operation, models);
    }
  }
}

function checkParameters(file: string, path: string, operation: OperationDocument, models: ReadonlySet<string>): void {
  const at = placeOf(path, operation);
  const { parameters } = operation;
  const inPath = pathParameters(path);
  const declared = new Set(parameters.filter(({ paramType }) => paramType === 'path').map(({ name }) => name));
  const missing = inPath.find((name) => !declared.has(name));
  if (missing) throw new CodegenError(`the path has {${missing}}, which no path parameter describes`, { file, at });

  const names = new Set<string>();
  for (const parameter of parameters) {
    const place = { file, at: `${at}: parameter ${parameter.name}` };
    if (names.has(parameter.name)) throw new CodegenError('described twice', place);
    names.add(parameter.name);
    if (parameter.paramType === 'path' && !inPath.includes(parameter.name)) {
      throw new CodegenError('a path parameter that is not in the path', { ...place, allowed: inPath });
    }
    const type = checkValueType(place, parameter.dataType, models);
    checkCarried(place, parameter, type);
    checkValues(place, type, parameter.allowableValues);
  }
  checkBody(file, at, operation);
}

/** Checks that a parameter's values fit into where they go. */
function checkCarried(place: ErrorPlace, { paramType, allowMultiple }: ParameterDocument, type: TypeRef): void {
  if (paramType === 'body') return;
  const item = type.kind === 'list' ? type.of : type;
  if (item.kind !== 'primitive') throw new CodegenError(`a ${paramType} carries no objects, nor lists of lists`, place);
  if (paramType === 'path' && (allowMultiple || type.kind === 'list')) {
    throw new CodegenError('a path carries one value, no list', place);
  }
}

function checkBody(file: string, at: string, { httpMethod, parameters }: OperationDocument): void {
  const [body, more] = parameters.filter(({ paramType }) => paramType === 'body');
  if (more) throw new CodegenError('more than one parameter of the body', { file, at });
  if (body && (httpMethod === 'GET' || httpMethod === 'DELETE')) {
    throw new CodegenError(`a ${httpMethod} has no body`, { file, at: `${at}: parameter ${body.name}` });
  }
}

/** All documents together have no more operations than can be dealt with. */
export function checkOperationCount(documents: readonly ResourceDocument[]): void {
  let count = 0;
  for (const { file, apis } of documents) {
    for (const { operations } of apis) count += operations.length;
    if (count > limits.operations) {
      throw new CodegenError(`with it there are more than ${limits.operations} operations`, { file });
    }
  }
}

export function placeOf(
  path: string,
  { httpMethod, nickname }: Pick<OperationDocument, 'httpMethod' | 'nickname'>,
): string {
  return `${httpMethod} ${path} (${nickname})`;
}
