import { StructureKind, type InterfaceDeclarationStructure } from 'ts-morph';
import type { TypeRef } from '../../model/types.js';
import { docs } from '../docs.js';
import { Imports } from '../imports.js';
import { literal, Code } from '../literal.js';
import { propertyName } from '../names.js';
import type { OutputFile } from '../output-file.js';
import { paths } from '../paths.js';
import type { Scope } from '../scope.js';
import { typeText } from '../types.js';
import { answering, type AnsweringOperation } from './answering.js';
import { modelReference } from './event-schemas.js';
import { modelConstant } from './model-schemas.js';
import { kit, schemaText } from './schema-text.js';

/**
 * What is imported to have the schemas: one constant, its types told by hand, for the compiler is not to work them out of
 * the schemas.
 */
export function emitSchemas(scope: Scope): OutputFile {
  const imports = new Imports(paths.schemas.index);
  const data = (type: TypeRef) => typeText(type, { scope, imports, holding: 'data', where: 'schemas' });

  const models = scope.model.models.filter(({ eventBase }) => !eventBase).map(({ name }) => name);
  const events = scope.model.events.map(({ name }) => name);
  const answers = answering(scope);
  const eventData = (name: string) => `${imports.runtimeType('EventData')}<${imports.type(name, paths.event(name))}>`;
  const rows = {
    ModelSchemas: models.map((name) => [modelConstant(scope, name), data({ kind: 'model', name })] as const),
    EventSchemas: events.map((name) => [name, eventData(name)] as const),
    AnswerSchemas: answers.map(({ name, operation }) => [name, data(operation.response)] as const),
  };
  if (Object.values(rows).some((each) => each.length > 0)) {
    imports.validation(kit);
  }
  return {
    path: paths.schemas.index,
    imports,
    publicNames: [],
    statements: [
      table('ModelSchemas', 'By the name of the interface.', schemaTypes(rows.ModelSchemas)),
      table('EventSchemas', 'Events as they travel, by type.', schemaTypes(rows.EventSchemas)),
      table('AnswerSchemas', 'Answers as they travel, by operation.', schemaTypes(rows.AnswerSchemas)),
      table('Schemas', 'A zod schema for everything that Asterisk sends. Unknown fields and values are let through.', [
        ['models', 'ModelSchemas'],
        ['events', 'EventSchemas'],
        ['answers', 'AnswerSchemas'],
      ]),
      constant(scope, imports, answers),
    ],
  };
}

type Row = readonly [name: string, type: string];

function schemaTypes(rows: readonly Row[]): readonly Row[] {
  return rows.map(([name, type]) => [name, `${kit}.Schema<${type}>`]);
}

function table(name: string, text: string, rows: readonly Row[]): InterfaceDeclarationStructure {
  return {
    kind: StructureKind.Interface,
    name,
    isExported: true,
    docs: docs([text]),
    properties: rows.map(([field, type]) => ({ name: propertyName(field), type, isReadonly: true })),
  };
}

function constant(scope: Scope, imports: Imports, answering: readonly AnsweringOperation[]): string {
  const answers = answering.map(({ name, operation }) => {
    const text = schemaText(operation.response, (model) => modelReference(scope, imports, model, name));
    return [name, new Code(text)] as const;
  });
  const value = {
    models: new Code(imports.namespace('models', paths.schemas.models)),
    events: new Code(imports.namespace('events', paths.schemas.events)),
    answers: Object.fromEntries(answers),
  };
  return `/** The schemas of this release. */\nexport const schemas: Schemas = ${literal(value, 0, 0, true)};`;
}
