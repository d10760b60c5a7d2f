/**
 * Runs the offline tests of the runtime, and those of the SDK as it is installed and bundled, on the other supported lines of Node,
 * fetched from the registry as packages.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const lines = process.argv.length > 2 ? process.argv.slice(2) : ['22', '24'];
const windows = process.platform === 'win32';
const platform = `node-${windows ? 'win' : process.platform}-${process.arch}`;
const vitest = ['node_modules/vitest/vitest.mjs', 'run'];

for (const line of lines) {
  const folder = mkdtempSync(join(tmpdir(), 'node-'));
  run('npm', 'install', '--silent', '--prefix', folder, `${platform}@${line}`);
  const node = join(folder, 'node_modules', platform, 'bin', windows ? 'node.exe' : 'node');
  run(node, '--version');
  run(node, ...vitest, 'test/unit', 'test/conformance');
  run(
    node,
    ...vitest,
    '--config',
    'vitest.package.config.ts',
    'test/package/installed/sdk.test.ts',
    'test/package/installed/bundles.test.ts',
  );
  rmSync(folder, { recursive: true });
}

function run(command, ...args) {
  const { status } = spawnSync(command, args, { stdio: 'inherit', shell: windows && command === 'npm' });
  process.exitCode ||= status ?? 1;
}
