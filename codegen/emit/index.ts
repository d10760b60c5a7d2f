import type { ApiModel } from '../model/types.js';
import { emitBindings } from './bindings.js';
import { emitClient } from './client.js';
import { emitEventMaps } from './event-maps.js';
import { emitEvent } from './events.js';
import { header } from './header.js';
import type { ImportExtension } from './imports.js';
import { emitIndex } from './index-file.js';
import { emitModels } from './models.js';
import { emitObject } from './objects.js';
import { emitOperations } from './operations.js';
import { emitParams } from './params.js';
import { render } from './render.js';
import { emitRepository } from './repositories.js';
import { emitAllSchemas } from './schemas/index.js';
import { Scope } from './scope.js';
import { emitUris } from './uris.js';
import { emitVariableValue } from './variable-value.js';

/**
 * The bindings of one Asterisk release: relative path → text of the file. Pure: the same model gives the same bytes.
 * @throws {CodegenError} if the model holds what TypeScript cannot say
 */
export function emit(model: ApiModel, importExtension: ImportExtension = '.js'): Map<string, string> {
  const scope = new Scope(model, importExtension);
  const { resources, objects, events } = scope.model;
  const files = [
    emitClient(scope),
    emitBindings(scope),
    ...resources.map((resource) => emitRepository(scope, resource)),
    ...objects.map((object) => emitObject(scope, object)),
    emitEventMaps(scope),
    ...events.map((event) => emitEvent(scope, event)),
    ...emitModels(scope),
    ...resources.flatMap((resource) => emitParams(scope, resource)),
    ...emitVariableValue(scope),
    ...emitUris(scope),
    ...resources.flatMap((resource) => emitOperations(scope, resource)),
    ...emitAllSchemas(scope),
  ];
  return render([emitIndex(files, importExtension), ...files], header(model), importExtension);
}
