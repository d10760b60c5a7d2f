import {
  StructureKind,
  type InterfaceDeclarationStructure,
  type OptionalKind,
  type PropertySignatureStructure,
  type TypeAliasDeclarationStructure,
} from 'ts-morph';
import type { Form, Operation, Parameter, Resource } from '../model/types.js';
import { docs } from './docs.js';
import { Imports } from './imports.js';
import { propertyName, quote, upperFirst } from './names.js';
import { type, type OutputFile } from './output-file.js';
import { parameterDocs } from './parameter-docs.js';
import { paths } from './paths.js';
import type { OperationOf, Scope } from './scope.js';
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
      statements: operations.flatMap((operation) => [
        paramsInterface(scope, imports, resource, operation),
        ...(isFree(operation) ? [] : [exclusiveParams(scope, imports, resource, operation)]),
      ]),
    },
  ];
}

/** `ChannelsOriginateParams`. */
function paramsName(resource: Resource, operation: Operation): string {
  return `${resource.className}${upperFirst(operation.name)}Params`;
}

/** The interface of all parameters, of which some exclude others. */
function fieldsName(resource: Resource, operation: Operation): string {
  return paramsName(resource, operation).replace(/Params$/, isFree(operation) ? 'Params' : 'Fields');
}

function isFree({ conflicts = [], forms = [] }: Operation): boolean {
  return conflicts.length === 0 && forms.length === 0;
}

/** Whether a parameter may be left out where it must have one of these values: its default is among them. */
export function isOptionalIn({ parameters }: Operation, name: string, values: readonly string[]): boolean {
  const value = parameters.find((parameter) => parameter.name === name)?.defaultValue;
  return value !== undefined && values.includes(String(value));
}

/** The type of the parameters that a caller gives, without those that the object fills in. */
export function givenParams(imports: Imports, { resource, operation }: OperationOf, bound: readonly string[]): string {
  const params = imports.type(paramsName(resource, operation), paths.params(resource.name));
  if (bound.length === 0) {
    return params;
  }
  const omit = isFree(operation) ? 'Omit' : imports.runtimeType('OmitEach');
  return `${omit}<${params}, ${bound.map(quote).join(' | ')}>`;
}

function exclusiveParams(
  scope: Scope,
  imports: Imports,
  resource: Resource,
  operation: Operation,
): TypeAliasDeclarationStructure {
  const keys = (names: readonly string[]): string => names.map(quote).join(' | ');
  const exclusions = (operation.conflicts ?? []).map(
    ({ either, or }) => `${imports.runtimeType('Exclusive')}<${keys(either)}, ${keys(or)}>`,
  );
  // A compiler complains of the last one of several: that is the usual form, which is the first in the tables.
  const forms = (operation.forms ?? []).toReversed().map((form) => formText(scope, imports, operation, form));
  return {
    kind: StructureKind.TypeAlias,
    name: paramsName(resource, operation),
    isExported: true,
    docs: docs([`Parameters of {@link ${resource.className}.${operation.name}}, as they go together.`]),
    type: [
      fieldsName(resource, operation),
      ...(forms.length > 0 ? [`(\n| ${forms.join('\n| ')}\n)`] : []),
      ...exclusions,
    ].join('\n& '),
  };
}

/** What a form says of the parameters, as an object type: what they must be, and which must not be. */
function formText(scope: Scope, imports: Imports, operation: Operation, { values, needs, without }: Form): string {
  const context: TypeContext = { scope, imports, holding: 'data', where: `operation ${operation.id}` };
  const needed = operation.parameters.filter(({ name }) => needs?.includes(name));
  const member = (name: string, text: string): string =>
    `${commentOn(scope, operation, name)}${propertyName(name)}${text}`;
  const members = [
    ...Object.entries(values ?? {}).map(([name, known]) => {
      const literals = known.map(quote).join(' | ');
      return member(name, isOptionalIn(operation, name, known) ? `?: ${literals} | undefined` : `: ${literals}`);
    }),
    ...needed.map((parameter) => member(parameter.name, `: ${parameterText(parameter, context)}`)),
    ...(without ?? []).map((name) => `${propertyName(name)}?: undefined`),
  ];
  return `{\n  ${members.join(';\n  ')};\n}`;
}

/** An editor shows the comment of the member that counts, not that of the same parameter in the interface. */
function commentOn(scope: Scope, { parameters }: Operation, name: string): string {
  const parameter = parameters.find((each) => each.name === name);
  const text = parameter === undefined ? '' : parameterDocs(scope, parameter).join(' ').trim().replace(/\s+/g, ' ');
  return text === '' ? '' : `/** ${text} */\n  `;
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
    name: fieldsName(resource, operation),
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
