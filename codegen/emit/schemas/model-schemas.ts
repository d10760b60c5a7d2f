import { Imports } from '../imports.js';
import type { OutputFile } from '../output-file.js';
import { paths } from '../paths.js';
import type { Scope } from '../scope.js';
import { orderModels, type OrderedModel } from './model-order.js';
import { kit, shapeText } from './schema-text.js';

/** One constant a model, called like its interface. */
export function emitModelSchemas(scope: Scope): OutputFile {
  const imports = new Imports(paths.schemas.models);
  const models = scope.model.models.filter(({ eventBase }) => !eventBase);
  return {
    path: paths.schemas.models,
    imports,
    publicNames: [],
    statements: moduleOf(
      imports,
      orderModels(models).map((ordered) => modelSchema(scope, ordered)),
    ),
  };
}

/** The statements of a file of constants made with the kit; without any, it is to be a module all the same. */
export function moduleOf(imports: Imports, constants: readonly string[]): readonly string[] {
  if (constants.length === 0) {
    return ['export {};'];
  }
  imports.validation(kit);
  return constants;
}

/** The constant of a model, as every file of schemas calls it. */
export function modelConstant(scope: Scope, name: string): string {
  return scope.typeName(name);
}

function modelSchema(scope: Scope, { model, later }: OrderedModel): string {
  const reference = (name: string): string => {
    const constant = modelConstant(scope, scope.requireModel(name, `model ${model.name}`).name);
    return later.has(name) ? `${kit}.later(() => ${constant})` : constant;
  };
  const shape = shapeText(model.properties, reference);
  return `\nexport const ${modelConstant(scope, model.name)}: ${kit}.Part = ${kit}.model(${shape});`;
}
