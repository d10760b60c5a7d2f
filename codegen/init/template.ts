import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const manifest = createRequire(import.meta.url).resolve('ari-codegen/package.json');

/** What a new project has, and where the package keeps it: npm packs no file that is called .gitignore. */
const kept: Readonly<Record<string, string>> = {
  '.gitignore': 'gitignore',
  'package.json': 'package.json',
  'src/demo.ts': 'src/demo.ts',
  'src/hello.ts': 'src/hello.ts',
  'src/main.ts': 'src/main.ts',
  'test/hello.test.ts': 'test/hello.test.ts',
  'tsconfig.json': 'tsconfig.json',
};

/** The files of a new project, by their paths. */
export function template(): ReadonlyMap<string, string> {
  const folder = join(dirname(manifest), 'template');
  const files = Object.entries(kept).map(([path, name]) => [path, readFileSync(join(folder, name), 'utf8')] as const);
  return new Map(files.map(([path, text]) => [path, path === 'package.json' ? ofThisVersion(text) : text]));
}

/** The SDK that the project asks for is the one that this generator belongs to. */
function ofThisVersion(text: string): string {
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string };
  return text.replace('"asterisk-ari": "*"', `"asterisk-ari": "^${version}"`);
}
