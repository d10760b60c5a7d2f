import { StructureKind } from 'ts-morph';
import type { TypeRef } from '../model/types.js';
import { docs } from './docs.js';
import { Imports } from './imports.js';
import { type, type OutputFile } from './output-file.js';
import { paths } from './paths.js';
import type { Scope } from './scope.js';

/** The type of a variable's value, if some operation takes variables. */
export function emitVariableValue({ model }: Scope): OutputFile[] {
  const parameters = model.resources.flatMap(({ operations }) => operations.flatMap((each) => each.parameters));
  if (!parameters.some(({ type: ref }) => takesVariables(ref))) {
    return [];
  }
  return [
    {
      path: paths.variableValue,
      imports: new Imports(paths.variableValue),
      publicNames: [type('VariableValue')],
      statements: [
        {
          kind: StructureKind.TypeAlias,
          name: 'VariableValue',
          isExported: true,
          type: 'string | number | { readonly value: string | number; readonly report_events?: boolean | undefined }',
          docs: docs([
            'The value of a variable to set: a text, a number, which is written out, or an object with it which can also ask ' +
              'that events tell of its changes (`report_events`).',
          ]),
        },
      ],
    },
  ];
}

function takesVariables(ref: TypeRef): boolean {
  return ref.kind === 'list' ? takesVariables(ref.of) : ref.kind === 'map' && ref.of === 'variable';
}
