/**
 * Builds what `ari-explorer` serves: its page, and the operations of every bundled branch as forms, made from the
 * generator's model.
 */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledBranches, readApi } from '../codegen/dist/index.js';
import { rolldown } from 'rolldown';
import { formsOf } from './explorer/forms.mjs';

const explorer = fileURLToPath(new URL('../explorer/', import.meta.url));
const page = join(explorer, 'dist/page');
const operations = join(explorer, 'dist/operations');
for (const folder of [page, operations]) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

const bundle = await rolldown({
  cwd: explorer,
  input: 'page/main.tsx',
  platform: 'browser',
  tsconfig: 'page/tsconfig.json',
});
const banner = '/* Contains other packages: see licences.txt. */';
const { output } = await bundle.write({ file: join(page, 'app.js'), format: 'esm', banner, minify: true });
for (const name of ['index.html', 'app.css', 'icon.svg']) copyFileSync(join(explorer, 'page', name), join(page, name));
writeFileSync(join(page, 'licences.txt'), licences(output));

for (const { major } of bundledBranches()) {
  const { model } = await readApi({ kind: 'bundled', version: String(major) });
  writeFileSync(join(operations, `v${major}.json`), JSON.stringify(formsOf(model)));
}

/** What is in app.js besides our own may be there on condition that this is said. */
function licences(chunks) {
  const folders = chunks.flatMap(({ moduleIds = [] }) =>
    moduleIds.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []),
  );
  return [...new Set(folders)]
    .map((folder) => `${folder.replace(/^.*\/node_modules\//, '')}\n\n${readFileSync(join(folder, 'LICENSE'), 'utf8')}`)
    .join('\n\n');
}
