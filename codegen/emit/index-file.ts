import { StructureKind, type ExportDeclarationStructure } from 'ts-morph';
import { CodegenError } from '../errors.js';
import { Imports, relativeModule, runtimeModule, withExtension, type ImportExtension } from './imports.js';
import type { OutputFile, PublicName } from './output-file.js';
import { paths } from './paths.js';
import { runtimeInternals, runtimeTypes, runtimeValues } from './runtime-exports.js';

/** The index: every public name of the other files, and of the runtime what applications need. */
export function emitIndex(files: readonly OutputFile[], extension: ImportExtension): OutputFile {
  checkUnique(files);
  return {
    path: paths.index,
    imports: new Imports(paths.index),
    publicNames: [],
    statements: [
      ...exportsOf(runtimeModule, [
        ...runtimeValues.map((name): PublicName => ({ name, as: 'value' })),
        ...runtimeTypes.map((name): PublicName => ({ name, as: 'type' })),
      ]),
      ...files.flatMap(({ path, publicNames }) =>
        exportsOf(withExtension(relativeModule(paths.index, path), extension), publicNames),
      ),
    ],
  };
}

function exportsOf(moduleSpecifier: string, names: readonly PublicName[]): ExportDeclarationStructure[] {
  return (['value', 'type'] as const)
    .map((as) => ({ as, namedExports: names.filter((each) => each.as === as).map(({ name }) => name) }))
    .filter(({ namedExports }) => namedExports.length > 0)
    .map(({ as, namedExports }) => ({
      kind: StructureKind.ExportDeclaration,
      moduleSpecifier,
      namedExports,
      isTypeOnly: as === 'type',
    }));
}

/** All public names share one module, the index. */
function checkUnique(files: readonly OutputFile[]): void {
  const origins = new Map<string, string>();
  for (const name of [...runtimeValues, ...runtimeTypes, ...runtimeInternals]) {
    origins.set(name, runtimeModule);
  }
  for (const { path, from, publicNames } of files) {
    for (const { name } of publicNames) {
      const other = origins.get(name);
      if (other !== undefined) {
        throw new CodegenError(`the name '${name}' is already that of something in ${other}`, { file: from, at: path });
      }
      origins.set(name, path);
    }
  }
}
