import { StructureKind } from 'ts-morph';
import { docs } from './docs.js';
import { Imports } from './imports.js';
import { quote } from './names.js';
import { type, type OutputFile } from './output-file.js';
import { paths } from './paths.js';
import type { Scope } from './scope.js';
import { enumerate } from './words.js';

/** The types of parameters that are URIs of known schemes, a file each. */
export function emitUris({ model }: Scope): OutputFile[] {
  const parameters = model.resources.flatMap(({ operations }) => operations.flatMap((each) => each.parameters));
  const uris = new Map(parameters.flatMap(({ uri }) => (uri === undefined ? [] : [[uri.name, uri.schemes]])));
  return [...uris].map(([name, schemes]) => ({
    path: paths.uri(name),
    imports: new Imports(paths.uri(name)),
    publicNames: [type(name)],
    statements: [
      {
        kind: StructureKind.TypeAlias,
        name,
        isExported: true,
        type: `\`\${${schemes.map(quote).join(' | ')}}:\${string}\``,
        docs: docs([
          `A URI of one of the schemes that Asterisk knows: ${enumerate(
            schemes.map((each) => `\`${each}:\``),
            'or',
          )}.`,
        ]),
      },
    ],
  }));
}
