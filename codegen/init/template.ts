import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const manifest = createRequire(import.meta.url).resolve('ari-codegen/package.json');

/** What a new project has, and where the package keeps it: npm packs no file that is called .gitignore. */
const kept: Readonly<Record<string, string>> = {
  '.gitignore': 'gitignore',
  'README.md': 'README.md',
  'package.json': 'package.json',
  'src/demo.ts': 'src/demo.ts',
  'src/hello.ts': 'src/hello.ts',
  'src/main.ts': 'src/main.ts',
  'test/hello.test.ts': 'test/hello.test.ts',
  'tsconfig.json': 'tsconfig.json',
};

/**
 * The files of a new project, by their paths.
 * @param sdk which `asterisk-ari` it asks for; without it the one that this generator belongs to
 */
export function template(sdk = `^${versionOfOurs()}`): ReadonlyMap<string, string> {
  const folder = join(dirname(manifest), 'template');
  const files = Object.entries(kept).map(([path, name]) => [path, readFileSync(join(folder, name), 'utf8')] as const);
  const asking = (text: string): string =>
    text.replace('"asterisk-ari": "*"', () => `"asterisk-ari": ${JSON.stringify(sdk)}`);
  return new Map(files.map(([path, text]) => [path, path === 'package.json' ? asking(text) : text]));
}

function versionOfOurs(): string {
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string }).version;
}
