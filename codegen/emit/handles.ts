import {
  StructureKind,
  type ClassDeclarationStructure,
  type GetAccessorDeclarationStructure,
  type OptionalKind,
} from 'ts-morph';
import { CodegenError } from '../errors.js';
import type { DomainObject } from '../model/types.js';
import { docs } from './docs.js';
import type { Imports } from './imports.js';
import { operationMethod, type BoundParameter } from './methods.js';
import { propertyName, quote } from './names.js';
import type { Members } from './object-members.js';
import { paths } from './paths.js';
import { handleName, methodNames } from './repository-names.js';
import { propertyDocs } from './property-docs.js';
import type { OperationOf, Scope } from './scope.js';
import { words } from './words.js';

/** The class of an object known by its keys alone: its operations, and its events where there are any. */
export function handleClass(
  scope: Scope,
  imports: Imports,
  object: DomainObject,
  members: Members,
): ClassDeclarationStructure {
  const listenable = scope.isListenable(object);
  const noun = words(object.name);
  const fields = object.keys.map(({ field }) => field);
  return {
    kind: StructureKind.Class,
    name: `${object.name}Handle`,
    isExported: true,
    extends: listenable
      ? `${imports.runtimeValue('ListenableHandle')}<${imports.type(`${object.name}Events`, paths.events)}>`
      : imports.runtimeValue('ObjectHandle'),
    docs: docs([
      `The operations${listenable ? ' and events' : ''} of one ${noun}, by its ${fields.join(' and ')} alone: ` +
        'it may not exist yet, or no longer.',
    ]),
    ctors: [
      {
        docs: docs([`\`client.${object.resource}.${handleName(scope, object)}(…)\` makes one.`]),
        parameters: [
          { name: 'client', type: imports.runtimeType('ClientCore') },
          ...fields.map((name) => ({ name, type: 'string' })),
        ],
        statements: [`super(client, ${quote(object.name)}, [${fields.join(', ')}]);`],
      },
    ],
    getAccessors: object.keys.map(({ field }, index) => keyAccessor(members, field, index)),
    methods: members.operations.map(({ name, of }) =>
      operationMethod({
        scope,
        imports,
        ...of,
        name,
        bound: boundParameters(object, members, of),
        remark: `Alias of {@link ${of.resource.className}.${methodNames(scope, of.resource).get(of.operation.id)}} for this ${noun}.`,
      }),
    ),
  };
}

function keyAccessor(members: Members, field: string, index: number): OptionalKind<GetAccessorDeclarationStructure> {
  const name = members.accessor(field);
  const { property } = members.properties.find((member) => member.name === name)!;
  return {
    name: propertyName(name),
    returnType: 'string',
    docs: propertyDocs(property),
    statements: [`return this.key(${index});`],
  };
}

function boundParameters(object: DomainObject, members: Members, { operation }: OperationOf): BoundParameter[] {
  return (operation.target?.bound ?? []).map((parameter) => {
    const key = object.keys.find((each) => each.parameter === parameter);
    if (key === undefined) {
      throw new CodegenError(`its parameter '${parameter}' is bound to ${object.name}, which has no such key`, {
        at: `operation ${operation.id}`,
        allowed: object.keys.map((each) => each.parameter),
      });
    }
    return { parameter, accessor: members.accessor(key.field) };
  });
}
