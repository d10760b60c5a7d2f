import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ts } from 'ts-morph';
import type { Operation } from '../src/contract/operation.js';

/** A property of a generated interface. */
export interface PropertySource {
  readonly type: string;
  readonly optional: boolean;
}

/** One folder of generated bindings, read as text; the operations' tables are plain data and are loaded. */
export class Bindings {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** A file without its comments; empty if there is none. */
  text(path: string): string {
    const file = join(this.#folder, path);
    return existsSync(file) ? readFileSync(file, 'utf8').replace(/\/\*\*[\s\S]*?\*\//g, '') : '';
  }

  /** The texts of all files of a folder, by their names without extension. */
  texts(folder: string): Map<string, string> {
    const names = readdirSync(join(this.#folder, folder)).map((file) => file.replace(/\.ts$/, ''));
    return new Map(names.map((name) => [name, this.text(`${folder}/${name}.ts`)]));
  }

  async operations(resource: string): Promise<readonly Operation[]> {
    const file = join(this.#folder, 'operations', `${resource}.ts`);
    if (!existsSync(file)) {
      return [];
    }
    return Object.values((await import(pathToFileURL(file).href)) as Record<string, Operation>);
  }
}

/** The properties of an interface or of another type of a file, by name; undefined if the text has no such type. */
export function propertiesOf(text: string, name: string): ReadonlyMap<string, PropertySource> | undefined {
  const { statements } = ts.createSourceFile('bindings.ts', text, ts.ScriptTarget.Latest);
  const types = new Map<string, TypeDeclaration>();
  for (const each of statements) {
    if (ts.isInterfaceDeclaration(each) || ts.isTypeAliasDeclaration(each)) types.set(each.name.text, each);
  }
  const type = types.get(name);
  return type && propertiesIn(type);

  function propertiesIn(node: ts.Node): Properties {
    if (ts.isInterfaceDeclaration(node)) {
      const bases = (node.heritageClauses ?? []).flatMap((clause) => clause.types.map(({ expression }) => expression));
      return allOf([...bases.map(named), membersOf(node.members)]);
    }
    if (ts.isTypeAliasDeclaration(node) || ts.isParenthesizedTypeNode(node)) return propertiesIn(node.type);
    if (ts.isTypeReferenceNode(node)) return named(node.typeName);
    if (ts.isTypeLiteralNode(node)) return membersOf(node.members);
    if (ts.isIntersectionTypeNode(node)) return allOf(node.types.map(propertiesIn));
    return ts.isUnionTypeNode(node) ? anyOf(node.types.map(propertiesIn)) : new Map();
  }

  function named(reference: ts.Node): Properties {
    const found = ts.isIdentifier(reference) ? types.get(reference.text) : undefined;
    return found ? propertiesIn(found) : new Map();
  }

  function membersOf(members: ts.NodeArray<ts.TypeElement>): Properties {
    return new Map(
      members.filter(ts.isPropertySignature).map(({ name: key, type: value, questionToken }) => [
        ts.isStringLiteral(key) ? key.text : ts.isIdentifier(key) ? key.text : '',
        {
          type: value ? text.slice(value.pos, value.end).replace(/\s+/g, ' ').trim() : '',
          optional: !!questionToken,
        },
      ]),
    );
  }
}

type TypeDeclaration = ts.InterfaceDeclaration | ts.TypeAliasDeclaration;
type Properties = ReadonlyMap<string, PropertySource>;

function allOf(parts: readonly Properties[]): Properties {
  return new Map(parts.flatMap((part) => [...part]));
}

/** What may be left out of one of them may be left out, and what one of them takes is taken. */
function anyOf(parts: readonly Properties[]): Properties {
  const joined = new Map<string, PropertySource>();
  for (const [name, { type, optional }] of parts.flatMap((part) => [...part])) {
    const other = joined.get(name);
    joined.set(
      name,
      other ? { type: `${other.type} | ${type}`, optional: optional || other.optional } : { type, optional },
    );
  }
  return joined;
}

/** The string literals of a type. */
export function literalsOf(type: string): ReadonlySet<string> {
  return new Set([...type.matchAll(/'((?:[^'\\]|\\.)*)'/g)].map(([, text = '']) => text.replace(/\\(.)/g, '$1')));
}
