import { StructureKind } from 'ts-morph';
import type { Model } from '../model/types.js';
import { docs, foreign, sentence } from './docs.js';
import { Imports } from './imports.js';
import { type, type OutputFile } from './output-file.js';
import { paths } from './paths.js';
import { readProperty } from './properties.js';
import type { Scope } from './scope.js';
import type { TypeContext } from './types.js';
import { title } from './words.js';

/**
 * One interface a model, but for the roots of the event hierarchy (`Message`, `Event`), whose properties every event has
 * itself. `MissingParams`, which descends from `Message` but is no `Event`, and which no Asterisk sends any more, is a
 * plain model like others that nothing refers to (`RESTRequest`): they are facts of the interface all the same.
 */
export function emitModels(scope: Scope): OutputFile[] {
  return scope.model.models.filter(({ eventBase }) => !eventBase).map((model) => emitModel(scope, model));
}

function emitModel(scope: Scope, model: Model): OutputFile {
  const name = scope.typeName(model.name);
  const imports = new Imports(paths.model(name));
  const isObject = scope.object(model.name) !== undefined;
  const holding = model.holdsObjects && !isObject ? 'objects' : 'data';
  const context: TypeContext = { scope, imports, holding, where: `model ${model.name}` };
  return {
    path: paths.model(name),
    from: model.file,
    imports,
    publicNames: [type(name)],
    statements: [
      {
        kind: StructureKind.Interface,
        name,
        isExported: true,
        docs: docs([
          sentence(foreign(model.description)) || `${title(model.name)}.`,
          isObject ? `The data of a {@link ${model.name}} as Asterisk sends it.` : undefined,
          holding === 'objects' ? 'Holds domain objects in place of their data.' : undefined,
          sentence(foreign(model.correction)),
        ]),
        properties: model.properties.map((property) => readProperty(property, context)),
      },
    ],
  };
}
