import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
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

/** The properties of an interface, by name; undefined if the text has no such interface. */
export function propertiesOf(text: string, name: string): ReadonlyMap<string, PropertySource> | undefined {
  const body = new RegExp(`^export interface ${name} \\{\\n([\\s\\S]*?)^\\}`, 'm').exec(text)?.[1];
  if (body === undefined) {
    return undefined;
  }
  const matches = body.matchAll(
    /^ {2}(?:readonly )?(?:'([^']+)'|(\w+))(\?)?: ?([\s\S]*?);\n(?=(?:\s*\n)? {2}[\w']|\s*(?![\s\S]))/gm,
  );
  return new Map(
    [...matches].map(([, quoted, plain, mark, type = '']) => [
      quoted ?? plain ?? '',
      { type: type.replace(/\s+/g, ' ').trim(), optional: mark === '?' },
    ]),
  );
}

/** The string literals of a type. */
export function literalsOf(type: string): ReadonlySet<string> {
  return new Set([...type.matchAll(/'((?:[^'\\]|\\.)*)'/g)].map(([, text = '']) => text.replace(/\\(.)/g, '$1')));
}
