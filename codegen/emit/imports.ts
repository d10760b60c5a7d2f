import { StructureKind, type ImportDeclarationStructure } from 'ts-morph';

/** The module outside the generated folder that generated code imports. */
export const runtimeModule = 'asterisk-ari/runtime';

/** What generated schemas import besides: it loads zod. */
const validationModule = 'asterisk-ari/validation';

interface Import {
  readonly module: string;
  readonly names: Map<string, 'value' | 'type'>;
  namespace?: string;
}

/** Collects what one file refers to, and writes its import declarations. */
export class Imports {
  readonly #path: string;
  readonly #modules = new Map<string, Import>();

  /** @param path of the file, relative to the output folder */
  constructor(path: string) {
    this.#path = path;
  }

  /** Imports a value from another file of the output. */
  value(name: string, path: string): string {
    return this.#add(name, path, 'value');
  }

  /** Imports a type from another file of the output. */
  type(name: string, path: string): string {
    return this.#add(name, path, 'type');
  }

  runtimeValue(name: string): string {
    return this.#add(name, undefined, 'value');
  }

  runtimeType(name: string): string {
    return this.#add(name, undefined, 'type');
  }

  /** Imports all that schemas are made of under one name. */
  validation(alias: string): void {
    this.#import(validationModule).namespace = alias;
  }

  /** Imports a type of what schemas are made of. */
  validationType(name: string): string {
    this.#import(validationModule).names.set(name, 'type');
    return name;
  }

  /** Imports all of another file under one name. */
  namespace(alias: string, path: string): string {
    this.#import(relativeModule(this.#path, path)).namespace = alias;
    return alias;
  }

  isEmpty(): boolean {
    return this.#modules.size === 0;
  }

  /** The declarations: the runtime first, then by path, names in alphabetical order. */
  structures(extension: ImportExtension): ImportDeclarationStructure[] {
    const sorted = [...this.#modules.values()].sort((a, b) => compare(rank(a.module), rank(b.module)));
    return sorted.flatMap((each) => declarations({ ...each, module: withExtension(each.module, extension) }));
  }

  #add(name: string, path: string | undefined, as: 'value' | 'type'): string {
    if (path !== this.#path) {
      const { names } = this.#import(path === undefined ? runtimeModule : relativeModule(this.#path, path));
      names.set(name, as === 'value' ? as : (names.get(name) ?? as));
    }
    return name;
  }

  #import(module: string): Import {
    const known = this.#modules.get(module) ?? { module, names: new Map() };
    this.#modules.set(module, known);
    return known;
  }
}

/** How files of the output are called where one imports another: as what they become, or as what they are. */
export type ImportExtension = '.js' | '.ts';

/** A module as it is named where imports have that ending; those of packages have none. */
export function withExtension(module: string, extension: ImportExtension): string {
  return module.startsWith('.') ? module.replace(/\.js$/, extension) : module;
}

/** How one file of the output names another: `../models/Peer.js`. */
export function relativeModule(from: string, to: string): string {
  const [folders, target] = [from.split('/').slice(0, -1), to.replace(/\.ts$/, '.js')];
  const folder = folders.map((each) => `${each}/`).join('');
  return target.startsWith(folder) ? `./${target.slice(folder.length)}` : '../'.repeat(folders.length) + target;
}

function declarations({ module, names, namespace }: Import): ImportDeclarationStructure[] {
  const structures: ImportDeclarationStructure[] = [];
  if (namespace !== undefined) {
    structures.push({ kind: StructureKind.ImportDeclaration, moduleSpecifier: module, namespaceImport: namespace });
  }
  if (names.size > 0) {
    const typesOnly = ![...names.values()].includes('value');
    structures.push({
      kind: StructureKind.ImportDeclaration,
      moduleSpecifier: module,
      isTypeOnly: typesOnly,
      namedImports: [...names]
        .sort(([a], [b]) => compare(a, b))
        .map(([name, as]) => ({ name, isTypeOnly: as === 'type' && !typesOnly })),
    });
  }
  return structures;
}

function rank(module: string): string {
  return module === runtimeModule || module === validationModule ? ` ${module}` : module;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
