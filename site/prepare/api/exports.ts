import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import ts from 'typescript';
import { REPOSITORY } from '../paths.ts';

/** A public entry of the package. */
export interface Entry {
  /** `asterisk-ari/flows`. */
  readonly specifier: string;
  /** Whether it is an entry of a branch, whose bindings differ little from those of the others. */
  readonly isOfBranch: boolean;
  readonly exports: readonly Export[];
}

/** A name that an entry exports. */
export interface Export {
  readonly name: string;
  readonly isType: boolean;
  /** The declaration, in `dist/`: `src/flows/queue/queue.d.ts`. */
  readonly file: string;
  /** The entry that has it too, and comes first: it is described there. */
  readonly first?: string;
  /** Not exported, but what an exported type is made of: the parameters of an operation before it is said which exclude each other. */
  readonly isPart?: true;
}

/** The public entries with all that they export, in the order of package.json. */
export function readEntries(): readonly Entry[] {
  const files = declarationFiles();
  const program = ts.createProgram([...files.values()], {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    noEmit: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const seen = new Map<ts.Symbol, string>();
  return [...files].map(([specifier, file]) => {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`${file} is no module: is the package built?`);
    const exports = checker.getExportsOfModule(module).map((symbol) => exportOf(checker, symbol, specifier, seen));
    const parts = partsOf(program, checker, exports);
    return { specifier, isOfBranch: /\/v\d+/.test(specifier), exports: [...exports, ...parts] };
  });
}

/** The declarations of each entry, by what one imports it as. */
function declarationFiles(): Map<string, string> {
  const manifest = JSON.parse(readFileSync(resolve(REPOSITORY, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly exports: Readonly<Record<string, string | { readonly types: string }>>;
  };
  return new Map(
    Object.entries(manifest.exports).flatMap(([path, target]) =>
      typeof target === 'string' ? [] : [[manifest.name + path.slice(1), resolve(REPOSITORY, target.types)]],
    ),
  );
}

function exportOf(checker: ts.TypeChecker, symbol: ts.Symbol, specifier: string, seen: Map<ts.Symbol, string>): Export {
  const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
  const declared = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
  const declaration = declared.declarations?.[0];
  if (declaration === undefined) throw new Error(`${specifier} exports ${symbol.name}, which is nowhere declared`);
  const first = seen.get(declared);
  if (first === undefined) seen.set(declared, specifier);
  return {
    name: symbol.name,
    isType: (declared.flags & ts.SymbolFlags.Value) === 0,
    file: relative(resolve(REPOSITORY, 'dist'), declaration.getSourceFile().fileName).replaceAll('\\', '/'),
    ...(first === undefined ? {} : { first }),
  };
}

/** The parameters that exported types are made of, from the files that have them. */
function partsOf(program: ts.Program, checker: ts.TypeChecker, exports: readonly Export[]): Export[] {
  const files = new Set(
    exports.filter(({ file, first }) => first === undefined && file.includes('/params/')).map(({ file }) => file),
  );
  return [...files].flatMap((file) => {
    const source = program.getSourceFile(resolve(REPOSITORY, 'dist', file));
    const module = source && checker.getSymbolAtLocation(source);
    const symbols = module === undefined ? [] : checker.getExportsOfModule(module);
    return symbols
      .filter(({ name }) => name.endsWith('Fields'))
      .map(({ name }): Export => ({ name, isType: true, file, isPart: true }));
  });
}
