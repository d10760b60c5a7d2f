import { CodegenError, type ErrorPlace } from '../errors.js';
import type { AllowedValues, TypeRef } from '../model/types.js';
import { parseTypeRef } from './type-ref.js';

/** Fails where a type string means nothing, with the place of it. */
export function checkType(place: ErrorPlace, type: string, models: ReadonlySet<string>): TypeRef {
  try {
    return parseTypeRef(type, models);
  } catch (error) {
    if (!(error instanceof CodegenError)) throw error;
    throw new CodegenError(error.message, { ...place, cause: error });
  }
}

/** The same for what is more than an answer: it cannot be nothing, nor a file. */
export function checkValueType(place: ErrorPlace, text: string, models: ReadonlySet<string>): TypeRef {
  const type = checkType(place, text, models);
  if (type.kind === 'primitive' && (type.name === 'void' || type.name === 'binary')) {
    throw new CodegenError(`only an answer can be '${type.name}'`, place);
  }
  return type;
}

/** Fails where values are listed for what is neither a simple type nor a list of one. */
export function checkValues(place: ErrorPlace, type: TypeRef, allowed: AllowedValues | undefined): void {
  const item = type.kind === 'list' ? type.of : type;
  if (allowed?.kind !== 'list' || item.kind === 'primitive') return;
  throw new CodegenError('values are listed for what is no simple type, nor a list of one', place);
}
