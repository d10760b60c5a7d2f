import { IndentationText, NewLineKind, Project, QuoteKind } from 'ts-morph';
import { CodegenError } from '../errors.js';
import type { ImportExtension } from './imports.js';
import { breakLines } from './line-breaks.js';
import type { OutputFile } from './output-file.js';

/** Writes the files as text, each from one structure: anything step by step is slower by two orders of magnitude. */
export function render(
  files: readonly OutputFile[],
  header: string,
  extension: ImportExtension = '.js',
): Map<string, string> {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    manipulationSettings: {
      indentationText: IndentationText.TwoSpaces,
      quoteKind: QuoteKind.Single,
      newLineKind: NewLineKind.LineFeed,
      useTrailingCommas: true,
    },
  });
  checkPaths(files);
  return new Map(
    files.map(({ path, imports, statements }) => {
      const source = project.createSourceFile(path, { statements: [...imports.structures(extension), ...statements] });
      const gap = imports.isEmpty() ? '\n\n' : '\n';
      return [path, breakLines(`${header}${gap}${source.getFullText().trimStart()}`)];
    }),
  );
}

/** Some file systems do not tell `Dial.ts` and `dial.ts` apart. */
function checkPaths(files: readonly OutputFile[]): void {
  const seen = new Map<string, string>();
  for (const { path, from } of files) {
    const other = seen.get(path.toLowerCase());
    if (other !== undefined) {
      throw new CodegenError(`two files of the output would be one: ${other} and ${path}`, { file: from });
    }
    seen.set(path.toLowerCase(), path);
  }
}
