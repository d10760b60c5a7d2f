import { CodegenError } from '../errors.js';
import { limits } from '../limits.js';
import { checkValues, checkValueType } from './check-types.js';
import { isTypeWord } from './type-ref.js';
import type { ModelDocument, ResourceDocument } from './types.js';

/** The models of all documents share one namespace: their names, each defined once. */
export function modelNames(documents: readonly ResourceDocument[]): ReadonlySet<string> {
  const owners = new Map<string, string>();
  for (const { file, models } of documents) {
    for (const { id } of models) {
      const owner = owners.get(id);
      if (owner) throw new CodegenError(`defined in ${owner} already`, { file, at: `model ${id}` });
      owners.set(id, file);
    }
    if (owners.size > limits.models) {
      throw new CodegenError(`with it there are more than ${limits.models} models`, { file });
    }
  }
  return new Set(owners.keys());
}

/** Checks that a document's models can be, and that every model they speak of exists. */
export function checkModels(document: ResourceDocument, names: ReadonlySet<string>): void {
  for (const model of document.models) checkModel(document.file, model, names);
}

function checkModel(file: string, model: ModelDocument, names: ReadonlySet<string>): void {
  const at = `model ${model.id}`;
  if (isTypeWord(model.id)) throw new CodegenError('its name means a simple type', { file, at });
  for (const base of [...(model.subTypes ?? []), ...(model.extends === undefined ? [] : [model.extends])]) {
    if (!names.has(base)) throw new CodegenError(`no document defines the model '${base}'`, { file, at });
  }
  if (model.properties.length > limits.properties) {
    throw new CodegenError(`more than ${limits.properties} properties`, { file, at });
  }
  for (const { name, type, allowableValues } of model.properties) {
    const place = { file, at: `${at}: property ${name}` };
    checkValues(place, checkValueType(place, type, names), allowableValues);
  }
}
