import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { REPOSITORY } from '../paths.ts';
import type { Entry } from './exports.ts';
import { groupsOf, type Group } from './groups.ts';

/** Where the modules that typedoc reads are written: one for each page, which exports what is described on it. */
export const WRAPPERS = resolve(import.meta.dirname, '../../entries');

/** Writes them, and tells where. */
export function writeWrappers(entries: readonly Entry[]): readonly string[] {
  rmSync(WRAPPERS, { recursive: true, force: true });
  return entries.flatMap((entry) =>
    groupsOf(entry).map((group) => {
      const file = resolve(WRAPPERS, entry.specifier, `${group.name}.ts`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, wrapper(entry, group, file));
      return file;
    }),
  );
}

function wrapper({ specifier }: Entry, { exports }: Group, file: string): string {
  return exports
    .map(({ name, isType, file: declared, isPart }) => {
      const path = relative(dirname(file), resolve(REPOSITORY, 'dist', declared.replace(/\.d\.ts$/, '.js')));
      return `export { ${isType ? 'type ' : ''}${name} } from '${isPart ? path.replaceAll('\\', '/') : specifier}';\n`;
    })
    .join('');
}
