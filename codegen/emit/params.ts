import {
  StructureKind,
  type InterfaceDeclarationStructure,
  type OptionalKind,
  type PropertySignatureStructure,
  type TypeAliasDeclarationStructure,
} from 'ts-morph';
import type { Form, Operation, Parameter, Resource } from '../model/types.js';
import { asComment, docs } from './docs.js';
import { Imports } from './imports.js';
import { propertyName, quote, upperFirst } from './names.js';
import { type, type OutputFile } from './output-file.js';
import { parameterDocs } from './parameter-docs.js';
import { paths } from './paths.js';
import type { OperationOf, Scope } from './scope.js';
import { parameterText, type TypeContext } from './types.js';
import { layout } from './union-layout.js';
import { words } from './words.js';

type Statement = InterfaceDeclarationStructure | TypeAliasDeclarationStructure;

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
      publicNames: operations.flatMap((operation) =>
        parts(resource, operation).map(({ owner }) => type(paramsName(operation, owner))),
      ),
      statements: operations.flatMap((operation) =>
        parts(resource, operation).flatMap((part) => paramsOf(scope, imports, part)),
      ),
    },
  ];
}

/** Parameters that have a type of their own. */
interface Part {
  /** The class whose methods take them. */
  readonly owner: string;
  readonly operation: Operation;
  readonly parameters: readonly Parameter[];
  /** The class whose methods take the others alone. */
  readonly base?: string;
  /** What they are. */
  readonly sentence: string;
}

/** What one object takes stands by itself, without what it fills in; its repository takes that and the object's keys. */
function parts({ className }: Resource, operation: Operation): Part[] {
  const sentence = `Parameters of {@link ${className}.${operation.name}}`;
  const all = { owner: className, operation, sentence };
  if (!isSplit(operation)) return [{ ...all, parameters: operation.parameters }];
  const owner = operation.target.object;
  const bound = (parameter: Parameter): boolean => isBound(operation, parameter.name);
  return [
    {
      owner,
      operation,
      parameters: operation.parameters.filter((parameter) => !bound(parameter)),
      sentence: `${sentence} on one ${words(owner)}`,
    },
    { ...all, parameters: operation.parameters.filter(bound), base: owner },
  ];
}

function paramsOf(scope: Scope, imports: Imports, part: Part): Statement[] {
  const fields = paramsInterface(scope, imports, part);
  return isFree(part.operation) ? [fields] : [fields, exclusiveParams(scope, imports, part)];
}

/** An operation on one object that takes more than the object's keys. */
type Split = Operation & { readonly target: NonNullable<Operation['target']> };

function isSplit(operation: Operation): operation is Split {
  const bound = operation.parameters.filter(({ name }) => isBound(operation, name)).length;
  return bound > 0 && bound < operation.parameters.length;
}

function isBound({ target }: Operation, parameter: string): boolean {
  return target?.bound.includes(parameter) ?? false;
}

/** `ChannelsOriginateParams`, of a repository; `ChannelPlayParams`, of one object. */
function paramsName(operation: Operation, owner: string): string {
  return `${owner}${upperFirst(operation.name)}Params`;
}

/** The interface of all parameters, of which some exclude others. */
function fieldsName(operation: Operation, owner: string): string {
  return paramsName(operation, owner).replace(/Params$/, isFree(operation) ? 'Params' : 'Fields');
}

function isFree({ conflicts = [], forms = [] }: Operation): boolean {
  return conflicts.length === 0 && forms.length === 0;
}

/** Whether a parameter may be left out where it must have one of these values: its default is among them. */
export function isOptionalIn({ parameters }: Operation, name: string, values: readonly string[]): boolean {
  const value = parameters.find((parameter) => parameter.name === name)?.defaultValue;
  return value !== undefined && values.includes(String(value));
}

/** The type of the parameters that a caller gives to an object, which fills in its keys, or to a repository. */
export function givenParams(imports: Imports, { resource, operation }: OperationOf, onOne: boolean): string {
  const owner = onOne && isSplit(operation) ? operation.target.object : resource.className;
  return imports.type(paramsName(operation, owner), paths.params(resource.name));
}

function exclusiveParams(scope: Scope, imports: Imports, part: Part): Statement {
  const { owner, operation, base, sentence } = part;
  const rules = base === undefined ? rulesOf(scope, imports, operation) : [paramsName(operation, base)];
  return {
    kind: StructureKind.TypeAlias,
    name: paramsName(operation, owner),
    isExported: true,
    docs: docs([`${sentence}, as they go together.`]),
    type: [fieldsName(operation, owner), ...rules].join('\n& '),
  };
}

/** Which parameters need and exclude each other. */
function rulesOf(scope: Scope, imports: Imports, operation: Operation): string[] {
  const keys = (names: readonly string[]): string => names.map(quote).join(' | ');
  const exclusions = (operation.conflicts ?? []).map(
    ({ either, or }) => `${imports.runtimeType('Exclusive')}<${keys(either)}, ${keys(or)}>`,
  );
  // A compiler complains of the last one of several: that is the usual form, which is the first in the tables.
  const forms = (operation.forms ?? []).toReversed().map((form) => formText(scope, imports, operation, form));
  return [...(forms.length > 0 ? [`(\n| ${forms.join('\n| ')}\n)`] : []), ...exclusions];
}

/** What a form says of the parameters that the forms are about, as an object type. */
function formText(scope: Scope, imports: Imports, operation: Operation, form: Form): string {
  const context: TypeContext = { scope, imports, holding: 'data', where: `operation ${operation.id}` };
  const members = operation.parameters.filter(({ name }) => isFormed(operation, name)).map(member);
  return `{\n${members.join('\n')}\n}`;

  function member(parameter: Parameter): string {
    const name = propertyName(parameter.name);
    if (form.without?.includes(parameter.name)) return `  ${name}?: undefined;`;
    return `${asComment(parameterDocs(scope, parameter))}${name}${typed(parameter)};`.replaceAll(/^(?=.)/gm, '  ');
  }

  function typed(parameter: Parameter): string {
    const known = form.values?.[parameter.name];
    const text = known?.map(quote).join(' | ') ?? parameterText(parameter, context);
    const needed = known ? !isOptionalIn(operation, parameter.name, known) : form.needs?.includes(parameter.name);
    return needed || parameter.required ? `: ${text}` : `?: ${text} | undefined`;
  }
}

/** Whether the forms say of a parameter what it must be. They have it to themselves, for editors to find one declaration. */
function isFormed({ forms = [] }: Operation, parameter: string): boolean {
  return forms.some(
    ({ values, needs, without }) =>
      values?.[parameter] !== undefined || needs?.includes(parameter) || without?.includes(parameter),
  );
}

function paramsInterface(
  scope: Scope,
  imports: Imports,
  { owner, operation, sentence, parameters, base }: Part,
): Statement {
  const context: TypeContext = { scope, imports, holding: 'data', where: `operation ${operation.id}` };
  return {
    kind: StructureKind.Interface,
    name: fieldsName(operation, owner),
    isExported: true,
    extends: base === undefined ? [] : [fieldsName(operation, base)],
    docs: docs([`${sentence}.`]),
    properties: parameters
      .filter(({ name }) => !isFormed(operation, name))
      .map((parameter) => property(scope, parameter, context)),
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
