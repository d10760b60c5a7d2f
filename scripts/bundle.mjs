/**
 * Joins the compiled modules behind the public entries into a few files. Node takes longer to find and load a hundred
 * and fifty small modules than a program takes for everything else at its start. Declarations stay as they are.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

/** Files that the package exports, without their ending: `src/index`. */
const entries = Object.values(manifest.exports)
  .map((target) => target.default ?? '')
  .filter((file) => file.endsWith('.js'))
  .map((file) => relative(dist, join(root, file)).replaceAll('\\', '/').replace(/\.js$/, ''));

/** What stands beside the package, rather than in it. */
const installed = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });

const bundle = await rolldown({
  cwd: root,
  input: Object.fromEntries(entries.map((entry) => [entry, join(dist, `${entry}.js`)])),
  platform: 'node',
  external: [/^node:/, ...installed.map((name) => new RegExp(`^${name}(/|$)`))],
  // Generated code names the runtime as a user's own bindings do.
  resolve: { alias: { 'asterisk-ari/runtime': join(dist, 'src/runtime.js') } },
});
const { output } = await bundle.generate({
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'src/chunks/[name].js',
  // Domain objects and errors print the names of their classes.
  keepNames: true,
  // Declarations have them; here they would only be read.
  comments: false,
});

for (const { fileName, code } of output) {
  const file = join(dist, fileName);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, code);
}
