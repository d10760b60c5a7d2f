/**
 * Removes from a package's `dist/` the modules and declarations that no entry leads to: those of the runtime's inside,
 * those that were joined into others, and what is left of files that are gone. What remains is what is published.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Of neighbours: `import … from './a.js'` and `export …`, at the start of a line, and `import('./a.js')`. */
const IMPORTS = /^(?:import|export)\b[^'"`]*["'](\.{1,2}\/[^"']+)["']|\bimport\(["'](\.{1,2}\/[^"']+)["']\)/gm;

const folder = process.argv[2] ?? '.';
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const targets = [manifest.exports, manifest.bin ?? {}].flatMap(leaves);
const reached = new Set();
for (const target of targets) visit(join(folder, target));

const dist = join(folder, 'dist');
for (const name of readdirSync(dist, { recursive: true })) {
  const file = join(dist, name);
  if (/\.(js|d\.ts)$/.test(name) && !reached.has(file)) rmSync(file);
}

function visit(file) {
  if (reached.has(file) || !/\.(js|d\.ts)$/.test(file)) return;
  if (!existsSync(file)) throw new Error(`${file} is missing`);
  reached.add(file);
  for (const [, ofStatement, ofCall] of readFileSync(file, 'utf8').matchAll(IMPORTS)) {
    const imported = join(dirname(file), ofStatement ?? ofCall);
    visit(file.endsWith('.d.ts') ? imported.replace(/\.js$/, '.d.ts') : imported);
  }
}

function leaves(tree) {
  return typeof tree === 'string' ? [tree] : Object.values(tree).flatMap(leaves);
}
