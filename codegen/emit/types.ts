import { CodegenError } from '../errors.js';
import { isSource } from '../model/sources.js';
import type { KnownWords, Parameter, PrimitiveName, Property, TypeRef } from '../model/types.js';
import type { Imports } from './imports.js';
import { quote } from './names.js';
import { paths } from './paths.js';
import type { Scope } from './scope.js';
import { splitUnion } from './union-layout.js';

/** What stands for a domain object: its raw data, or the object itself. */
type Holding = 'data' | 'objects';

/** Where a type is written: its file's imports, and what is said when it cannot be. */
export interface TypeContext {
  readonly scope: Scope;
  readonly imports: Imports;
  readonly holding: Holding;
  /** Operation, model or event, for messages: `channels.originate`. */
  readonly where: string;
}

const primitives: Readonly<Record<PrimitiveName, string>> = {
  string: 'string',
  date: 'string',
  int: 'number',
  long: 'number',
  double: 'number',
  boolean: 'boolean',
  void: 'void',
  binary: 'StoredFile',
};

/** The type of a value read: in a model, an event, an answer. Domain objects in a list stay data. */
export function typeText(ref: TypeRef, context: TypeContext): string {
  switch (ref.kind) {
    case 'primitive':
      return ref.name === 'binary' ? context.imports.runtimeType('StoredFile') : primitives[ref.name];
    case 'model':
      return modelText(ref.name, context);
    case 'list':
      return listText(typeText(ref.of, { ...context, holding: 'data' }));
    case 'map':
      return mapText(ref.of, context);
  }
}

/** The type of a property read: open where the documents list values, for the wire carries others. */
export function propertyText(property: Property, context: TypeContext): string {
  const text =
    property.values === undefined || property.values.length === 0
      ? typeText(property.type, context)
      : withValues(property.type, openUnion(property.type, property.values), context);
  return [text, ...(property.alsoNumber ? ['number'] : []), ...(property.nullable ? ['null'] : [])].join(' | ');
}

/** The type of what a caller may pass: closed where the documents list values. */
export function parameterText(parameter: Parameter, context: TypeContext): string {
  const { type } = parameter;
  if (type.kind === 'list') {
    return listText(itemText(parameter, type.of, context));
  }
  const item = itemText(parameter, type, context);
  const { words, args, alsoNumber, list } = parameter;
  if (words !== undefined) {
    return wordsText(words);
  }
  return [item, ...(alsoNumber ? ['number'] : []), ...(list || args ? [listText(item)] : [])].join(' | ');
}

/** What may be given for texts by their names: numbers are written out. */
const textsText = 'Readonly<Record<string, string | number>>';

/** Words that an editor offers; others too where they are open. Several are a list, or one text with commas. */
function wordsText({ values, open, several }: KnownWords): string {
  const known = values.map(quote);
  const other = open ? ['(string & {})'] : [];
  if (!several) {
    return [...known, ...other].join(' | ');
  }
  const together = open ? [] : [`\`\${${known.join(' | ')}},\${string}\``];
  return [...known, ...together, ...other, listText([...known, ...other].join(' | '))].join(' | ');
}

/** A result of an operation: a domain object, a list of them, or data. Lists are the caller's own and may be changed. */
export function responseText(ref: TypeRef, context: Omit<TypeContext, 'holding'>): string {
  const item = ref.kind === 'list' ? ref.of : ref;
  const isObject = item.kind === 'model' && context.scope.object(item.name) !== undefined;
  const text = typeText(item, { ...context, holding: isObject ? 'objects' : 'data' });
  return ref.kind === 'list' ? listText(text, '') : text;
}

function itemText(parameter: Parameter, type: TypeRef, context: TypeContext): string {
  if (parameter.allowed?.kind === 'list' && parameter.allowed.values.length > 0) {
    return parameter.allowed.values.map((text) => literalType(type, text)).join(' | ');
  }
  if (parameter.uri !== undefined) {
    return context.imports.type(parameter.uri.name, paths.uri(parameter.uri.name));
  }
  if (parameter.accepts === undefined) {
    return type.kind === 'map' && type.of === 'string' ? textsText : typeText(type, context);
  }
  const { scope, imports, where } = context;
  const objects = isSource(parameter.accepts)
    ? scope.sources(parameter.accepts)
    : [scope.requireObject(parameter.accepts, where)];
  const handles = objects.map(({ name }) => imports.type(`${name}Handle`, paths.object(name)));
  return [typeText(type, context), ...handles].join(' | ');
}

function modelText(name: string, { scope, imports, holding, where }: TypeContext): string {
  if (scope.object(name) !== undefined && holding === 'objects') {
    return imports.type(name, paths.object(name));
  }
  const { holdsObjects } = scope.requireModel(name, where);
  const typeName = scope.typeName(name);
  const text = imports.type(typeName, paths.model(typeName));
  return holdsObjects && holding === 'data' && scope.object(name) === undefined
    ? `${imports.runtimeType('EventData')}<${text}>`
    : text;
}

function mapText(of: 'string' | 'variable' | 'unknown', { imports }: TypeContext): string {
  const item = of === 'variable' ? imports.type('VariableValue', paths.variableValue) : of;
  return `Readonly<Record<string, ${item}>>`;
}

function listText(item: string, modifier = 'readonly '): string {
  const compound = item.startsWith('readonly ') || splitUnion(item).length > 1;
  return `${modifier}${compound ? `(${item})` : item}[]`;
}

/** Puts a union in the place of the strings of a type: of the items where it is a list. */
function withValues(type: TypeRef, union: string, { where }: TypeContext): string {
  if (type.kind === 'primitive') {
    return union;
  }
  if (type.kind === 'list' && type.of.kind === 'primitive') {
    return listText(union);
  }
  throw new CodegenError(`allowed values for a ${type.kind}`, {
    at: where,
    allowed: ['simple types', 'lists of them'],
  });
}

function openUnion(type: TypeRef, values: readonly string[]): string {
  const item = type.kind === 'list' ? type.of : type;
  const wide = item.kind === 'primitive' ? primitives[item.name] : 'string';
  return [...values.map((text) => literalType(item, text)), `(${wide} & {})`].join(' | ');
}

/** The values of the documents are texts even where the type is a number. */
function literalType(type: TypeRef, text: string): string {
  const wide = type.kind === 'primitive' ? primitives[type.name] : 'string';
  if (wide === 'number' && Number.isFinite(Number(text)) && text.trim() !== '') {
    return String(Number(text));
  }
  return wide === 'boolean' && (text === 'true' || text === 'false') ? text : quote(text);
}
