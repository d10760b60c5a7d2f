import {
  StructureKind,
  type InterfaceDeclarationStructure,
  type OptionalKind,
  type PropertySignatureStructure,
} from 'ts-morph';
import type { Operation, Parameter, Resource } from '../model/types.js';
import { docs } from './docs.js';
import { Imports } from './imports.js';
import { propertyName, upperFirst } from './names.js';
import { type, type OutputFile } from './output-file.js';
import { parameterDocs } from './parameter-docs.js';
import { paths } from './paths.js';
import type { Scope } from './scope.js';
import { parameterText, type TypeContext } from './types.js';
import { layout } from './union-layout.js';

/** The parameters of each operation of a resource, as interfaces; nothing where no operation has any. */
export function emitParams(scope: Scope, resource: Resource): OutputFile[] {
  const operations = resource.operations.filter(({ parameters }) => parameters.length > 0);
  if (operations.length === 0) {
    return [];
  }
  const path = paths.params(resource.name);
  const imports = new Imports(path);
  return [
    {
      path,
      from: resource.file,
      imports,
      publicNames: operations.map((operation) => type(paramsName(resource, operation))),
      statements: operations.map((operation) => paramsInterface(scope, imports, resource, operation)),
    },
  ];
}

/** `ChannelsOriginateParams`. */
export function paramsName(resource: Resource, operation: Operation): string {
  return `${resource.className}${upperFirst(operation.name)}Params`;
}

function paramsInterface(
  scope: Scope,
  imports: Imports,
  resource: Resource,
  operation: Operation,
): InterfaceDeclarationStructure {
  const context: TypeContext = { scope, imports, holding: 'data', where: `operation ${operation.id}` };
  return {
    kind: StructureKind.Interface,
    name: paramsName(resource, operation),
    isExported: true,
    docs: docs([`Parameters of {@link ${resource.className}.${operation.name}}.`]),
    properties: operation.parameters.map((parameter) => property(scope, parameter, context)),
  };
}

/** `undefined` is allowed where nothing is required: callers often have it at hand and mean the same. */
function property(scope: Scope, parameter: Parameter, context: TypeContext): OptionalKind<PropertySignatureStructure> {
  const name = propertyName(parameter.name);
  const text = parameterText(parameter, context);
  return {
    name,
    type: layout(parameter.required ? text : `${text} | undefined`, name.length + 5),
    hasQuestionToken: !parameter.required,
    docs: parameterDocs(scope, parameter),
  };
}
