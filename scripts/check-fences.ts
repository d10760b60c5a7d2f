/**
 * Compiles every `ts` fence of README.md and docs/ against the package as it is built, and runs it on the double; and
 * runs what `sh` fences do with our own commands. See fences/read.ts for the comments by which a page says what a fence
 * needs, or why it is not run.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommands } from './fences/commands.js';
import { compile } from './fences/compile.js';
import { runPages } from './fences/pages.js';
import { fencesOf } from './fences/read.js';

const pages = readdirSync('docs').map((name) => `docs/${name}`);
const files = ['README.md', ...pages].filter((name) => name.endsWith('.md'));
const fences = files.flatMap((file) => fencesOf(file, readFileSync(file, 'utf8')));
const modules = fences.filter(({ language }) => language === 'ts');
const folder = mkdtempSync(join(tmpdir(), 'fences-'));
try {
  const complaint = compile(folder, modules);
  if (complaint !== '') throw new Error(complaint);
  console.log(`${modules.length} fences compile`);
  const [ran, commands] = await Promise.all([runPages(folder, modules), runCommands(folder, fences)]);
  console.log(`${ran.summary}\n${commands.summary}`);
  const failures = [...ran.failures, ...commands.failures];
  if (failures.length > 0) throw new Error(failures.join('\n'));
  if (modules.length === 0) throw new Error('there are no fences');
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
