import { StructureKind, type ClassDeclarationStructure } from 'ts-morph';
import type { DomainObject } from '../model/types.js';
import { docs } from './docs.js';
import { handleClass } from './handles.js';
import { Imports } from './imports.js';
import { propertyAccess, propertyName, quote, upperFirst } from './names.js';
import { Members } from './object-members.js';
import { value, type OutputFile } from './output-file.js';
import { paths } from './paths.js';
import { propertyDocs } from './property-docs.js';
import type { Scope } from './scope.js';
import { withArticle, words } from './words.js';

/** The handle and the class of one kind of domain object. */
export function emitObject(scope: Scope, object: DomainObject): OutputFile {
  const path = paths.object(object.name);
  const imports = new Imports(path);
  const members = new Members(scope, object);
  return {
    path,
    imports,
    publicNames: [value(`${object.name}Handle`), value(object.name)],
    statements: [handleClass(scope, imports, object, members), objectClass(imports, object, members)],
  };
}

function objectClass(imports: Imports, object: DomainObject, members: Members): ClassDeclarationStructure {
  const dataName = `${object.name}Data`;
  const data = imports.type(dataName, paths.model(dataName));
  const keys = object.keys.map(({ field }) => `data${propertyAccess(field)}`);
  return {
    kind: StructureKind.Class,
    name: object.name,
    isExported: true,
    extends: `${object.name}Handle`,
    docs: docs([
      `${upperFirst(withArticle(words(object.name)))} as Asterisk described it: a snapshot, which does not follow ` +
        'later changes. Its methods always act on the live one.',
    ]),
    properties: [{ name: '#data', type: data, isReadonly: true }],
    ctors: [
      {
        docs: docs(['Made by the client, of the data that Asterisk sent.']),
        parameters: [
          { name: 'client', type: imports.runtimeType('ClientCore') },
          { name: 'data', type: data },
        ],
        statements: [`super(client, ${keys.join(', ')});`, 'this.#data = data;'],
      },
    ],
    getAccessors: members.properties
      .filter(({ isKey }) => !isKey)
      .map(({ name, property }) => ({
        name: propertyName(name),
        returnType: `${data}[${quote(property.name)}]`,
        docs: propertyDocs(property),
        statements: [`return this.#data${propertyAccess(property.name)};`],
      })),
    methods: [
      {
        name: 'toJSON',
        hasOverrideKeyword: true,
        returnType: data,
        docs: docs(['The data as Asterisk sent it.']),
        statements: ['return this.#data;'],
      },
    ],
  };
}
