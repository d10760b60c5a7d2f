import { CodegenError } from '../errors.js';
import { pathParameters } from './path.js';
import { parseTypeRef } from './type-ref.js';
import type { OperationDocument, ParameterDocument, ResourceDocument } from './types.js';

/** Checks what a schema cannot: that a document's operations agree with themselves and with the models. */
export function checkOperations(document: ResourceDocument, models: ReadonlySet<string>): void {
  const { file } = document;
  const seen = new Map<string, string>();
  for (const { path, operations } of document.apis) {
    for (const operation of operations) {
      const at = placeOf(path, operation);
      const other = seen.get(operation.nickname);
      if (other) throw new CodegenError(`duplicate nickname, first used by ${other}`, { file, at });
      seen.set(operation.nickname, at);

      checkType(file, `${at}: responseClass`, operation.responseClass, models);
      checkParameters(file, at, path, operation.parameters, models);
    }
  }
}

function checkParameters(
  file: string,
  at: string,
  path: string,
  parameters: readonly ParameterDocument[],
  models: ReadonlySet<string>,
): void {
  const inPath = pathParameters(path);
  const declared = new Set(parameters.filter(({ paramType }) => paramType === 'path').map(({ name }) => name));
  const missing = inPath.find((name) => !declared.has(name));
  if (missing)
    throw new CodegenError(`the path has {${missing}}, which no path parameter describes`, {
      file,
      at,
    });

  const names = new Set<string>();
  for (const { name, paramType, dataType } of parameters) {
    const place = `${at}: parameter ${name}`;
    if (names.has(name)) throw new CodegenError('described twice', { file, at: place });
    names.add(name);
    if (paramType === 'path' && !inPath.includes(name)) {
      throw new CodegenError('a path parameter that is not in the path', {
        file,
        at: place,
        allowed: inPath,
      });
    }
    checkType(file, place, dataType, models);
  }
  if (parameters.filter(({ paramType }) => paramType === 'body').length > 1) {
    throw new CodegenError('more than one parameter of the body', { file, at });
  }
}

/** Fails where a type string means nothing, with the place of it. */
export function checkType(file: string, at: string, type: string, models: ReadonlySet<string>): void {
  try {
    parseTypeRef(type, models);
  } catch (error) {
    if (!(error instanceof CodegenError)) throw error;
    throw new CodegenError(error.message, { file, at, cause: error });
  }
}

export function placeOf(
  path: string,
  { httpMethod, nickname }: Pick<OperationDocument, 'httpMethod' | 'nickname'>,
): string {
  return `${httpMethod} ${path} (${nickname})`;
}
