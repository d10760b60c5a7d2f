import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { moduleOf, type Fence } from './read.js';

/** Name of a fence's module in the folder, without its ending. */
export function moduleName({ file, line }: Fence): string {
  return `${file.replaceAll('/', '_')}.${line}`;
}

/**
 * Compiles fences against the package as it is built, into `out` of the folder. Returns what the compiler has to say;
 * nothing if all is well.
 */
export function compile(folder: string, fences: readonly Fence[]): string {
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  symlinkSync(process.cwd(), join(modules, 'asterisk-ari'), 'junction');
  for (const name of ['@types', 'vitest']) symlinkSync(resolve('node_modules', name), join(modules, name), 'junction');
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const unused = { noUnusedLocals: false, noUnusedParameters: false, noImplicitReturns: false };
  const emitted = { rootDir: '.', outDir: 'out', noEmit: false, declaration: false, sourceMap: false };
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: resolve('tsconfig.json'),
      compilerOptions: { ...unused, ...emitted },
      include: ['*.ts'],
      exclude: [],
    }),
  );
  for (const fence of fences) writeFileSync(join(folder, `${moduleName(fence)}.ts`), moduleOf(fence));
  const tsc = resolve('node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', '.'], { cwd: folder, encoding: 'utf8' });
  return status === 0 ? '' : stdout.replaceAll(/^docs_/gm, 'docs/').trim();
}
