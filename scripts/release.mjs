/**
 * Prepares a release of all packages, which have one version. It only says what it would do; with `--write` it does it:
 * versions, the day in the CHANGELOG, a commit and a tag. Pushing the tag has the workflow publish, with provenance.
 *
 *   npm run release -- patch             or minor, major, 1.2.3
 *   npm run release -- patch --write
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { git, packages } from './release/project.mjs';
import { refusals } from './release/refusals.mjs';
import { nextVersion } from './release/version.mjs';
import { writeVersion } from './release/write.mjs';

try {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { write: { type: 'boolean' } } });
  release(positionals[0], values.write);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

function release(word, write) {
  const all = packages();
  const version = nextVersion(all[0].version, word);
  const against = refusals(all, version);
  // It takes minutes: only if nothing else is wrong.
  if (against.length === 0 && !checks()) against.push('npm run check fails');
  if (against.length > 0) throw new Error(`${version} is not released:\n  ${against.join('\n  ')}`);

  const names = all.map(({ name }) => name).join(', ');
  if (!write) return say(`${names} would become ${version}, with a commit and the tag v${version}; --write does it`);
  writeVersion(all, version, new Date().toISOString().slice(0, 10));
  must('commit', '--quiet', '--all', '--message', `Version ${version}`);
  must('tag', '--annotate', `v${version}`, '--message', `Version ${version}`);
  say(`${names} are ${version} here. git push --follow-tags has them published`);
}

function checks() {
  const shell = process.platform === 'win32';
  return (
    spawnSync('npm', ['run', '--silent', 'check'], { stdio: ['ignore', 'inherit', 'inherit'], shell }).status === 0
  );
}

function must(...args) {
  if (git(...args) === undefined) throw new Error(`git ${args[0]} failed`);
}

function say(text) {
  process.stdout.write(`${text}\n`);
}
