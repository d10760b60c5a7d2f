/** Packs all packages as they would be published and has publint and attw look at them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'package-'));

function run(command, ...args) {
  const { status } = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  process.exitCode ||= status ?? 1;
}

run('npm', 'pack', '--silent', '--ignore-scripts', '--pack-destination', folder);
for (const workspace of ['codegen', 'relay', 'explorer']) {
  run('npm', 'pack', '--silent', '--ignore-scripts', '--pack-destination', folder, '--workspace', workspace);
}
for (const archive of readdirSync(folder)) {
  run('publint', join(folder, archive), '--strict');
  run('attw', join(folder, archive), '--profile', 'esm-only', '--format', 'ascii', '--no-emoji');
}
rmSync(folder, { recursive: true });
