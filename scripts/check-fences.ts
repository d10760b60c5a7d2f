/**
 * Compiles every `ts` fence of README.md and docs/ against the package as it is built. What a fence needs but a reader
 * does not, a declaration of `client` for instance, stands in a comment right before it: `<!-- ts: … -->`.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const files = ['README.md', ...readdirSync('docs').map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith('.md'),
);

/** The fences of a text as modules, each at the lines that it has in the text. */
function modulesOf(text: string): string[] {
  const fence = /(?:<!-- ts: ((?:(?!-->).)*) -->\s*)?^ *```ts\n(.*?)^ *```$/gms;
  return [...text.matchAll(fence)].map((match) => {
    const [whole, preamble = '', code = ''] = match;
    const opening = match.index + whole.indexOf('```ts');
    const linesBefore = text.slice(0, opening).split('\n').length - 1;
    return `${'\n'.repeat(linesBefore)}${preamble.replaceAll('\n', ' ')}\n${code}export {};\n`;
  });
}

const folder = mkdtempSync(join(tmpdir(), 'fences-'));
const modules = join(folder, 'node_modules');
mkdirSync(modules);
symlinkSync(process.cwd(), join(modules, 'asterisk-ari'), 'junction');
for (const name of ['@types', 'vitest']) symlinkSync(resolve('node_modules', name), join(modules, name), 'junction');
writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
const compilerOptions = { rootDir: '.', noUnusedLocals: false, noUnusedParameters: false, noImplicitReturns: false };
writeFileSync(
  join(folder, 'tsconfig.json'),
  JSON.stringify({ extends: resolve('tsconfig.json'), compilerOptions, include: ['*.ts'], exclude: [] }),
);
let count = 0;
for (const file of files) {
  for (const [index, code] of modulesOf(readFileSync(file, 'utf8')).entries()) {
    writeFileSync(join(folder, `${file.replace('/', '_')}.${index + 1}.ts`), code);
    count += 1;
  }
}
const tsc = resolve('node_modules/typescript/bin/tsc');
const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', '.'], { cwd: folder, encoding: 'utf8' });
rmSync(folder, { recursive: true });
console.log(status === 0 ? `${count} fences compile` : stdout.replaceAll(/^docs_/gm, 'docs/').trim());
if (status !== 0 || count === 0) process.exitCode = 1;
