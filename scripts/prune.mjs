/**
 * Removes from a package's `dist/` the modules and declarations that no entry leads to: those of the runtime's inside,
 * those that were joined into others, and what is left of files that are gone. What remains is what is published.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

const folder = process.argv[2] ?? '.';
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const targets = Object.values(manifest.exports).flatMap((target) =>
  [target].flat().flatMap((each) => (typeof each === 'string' ? each : Object.values(each))),
);
const reached = new Set();
for (const target of [...targets, ...Object.values(manifest.bin ?? {})]) visit(join(folder, target));

const dist = join(folder, 'dist');
for (const name of readdirSync(dist, { recursive: true })) {
  const file = join(dist, name);
  if (/\.(js|d\.ts)$/.test(name) && !reached.has(file)) rmSync(file);
}

function visit(file) {
  if (reached.has(file) || !/\.(js|d\.ts)$/.test(file)) return;
  if (!existsSync(file)) throw new Error(`${file} is missing`);
  reached.add(file);
  const imports = /(?:\bfrom|\bimport)\s*\(?\s*["'](\.{1,2}\/[^"']+)["']/g;
  for (const [, path] of readFileSync(file, 'utf8').matchAll(imports)) {
    const imported = join(dirname(file), path);
    visit(file.endsWith('.d.ts') ? imported.replace(/\.js$/, '.d.ts') : imported);
  }
}
