/** Runs the offline tests of the runtime on the other supported lines of Node, fetched from the registry as packages. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const lines = process.argv.length > 2 ? process.argv.slice(2) : ['22', '24'];
const tests = ['test/unit', 'test/conformance', 'test/package'];
const platform = `node-${process.platform}-${process.arch}`;

for (const line of lines) {
  const folder = mkdtempSync(join(tmpdir(), 'node-'));
  run('npm', 'install', '--silent', '--prefix', folder, `${platform}@${line}`);
  const node = join(folder, 'node_modules', platform, 'bin', 'node');
  run(node, '--version');
  run(node, 'node_modules/vitest/vitest.mjs', 'run', ...tests);
  rmSync(folder, { recursive: true });
}

function run(command, ...args) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  process.exitCode ||= status ?? 1;
}
