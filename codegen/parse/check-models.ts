import { CodegenError } from '../errors.js';
import { checkType } from './check-operations.js';
import type { ResourceDocument } from './types.js';

/** The models of all documents share one namespace: their names, each defined once. */
export function modelNames(documents: readonly ResourceDocument[]): ReadonlySet<string> {
  const owners = new Map<string, string>();
  for (const { file, models } of documents) {
    for (const { id } of models) {
      const owner = owners.get(id);
      if (owner) throw new CodegenError(`defined in ${owner} already`, { file, at: `model ${id}` });
      owners.set(id, file);
    }
  }
  return new Set(owners.keys());
}

/** Checks that every model a document's models speak of exists. */
export function checkModels(document: ResourceDocument, names: ReadonlySet<string>): void {
  const { file } = document;
  for (const model of document.models) {
    const at = `model ${model.id}`;
    for (const base of [...(model.subTypes ?? []), ...(model.extends === undefined ? [] : [model.extends])]) {
      if (!names.has(base)) throw new CodegenError(`no document defines the model '${base}'`, { file, at });
    }
    for (const { name, type } of model.properties) checkType(file, `${at}: property ${name}`, type, names);
  }
}
