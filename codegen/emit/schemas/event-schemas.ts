import { Imports } from '../imports.js';
import { quote } from '../names.js';
import type { OutputFile } from '../output-file.js';
import { paths } from '../paths.js';
import type { Scope } from '../scope.js';
import { modelConstant, moduleOf } from './model-schemas.js';
import { kit, shapeText } from './schema-text.js';

/** One constant an event, called like its type. */
export function emitEventSchemas(scope: Scope): OutputFile {
  const imports = new Imports(paths.schemas.events);
  return {
    path: paths.schemas.events,
    imports,
    publicNames: [],
    statements: moduleOf(
      imports,
      scope.model.events.map(({ name, properties }) => {
        const own = properties.filter((property) => property.name !== 'type');
        const shape = shapeText(own, (model) => modelReference(scope, imports, model, `event ${name}`));
        return `\nexport const ${name}: ${kit}.Part = ${kit}.event(${quote(name)}, ${shape});`;
      }),
    ),
  };
}

/** How a file beside that of the models refers to one. */
export function modelReference(scope: Scope, imports: Imports, name: string, where: string): string {
  scope.requireModel(name, where);
  return `${imports.namespace('models', paths.schemas.models)}.${modelConstant(scope, name)}`;
}
