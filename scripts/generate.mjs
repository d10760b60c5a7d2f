/** Generates the bindings that this package ships; with `--check` only tells which are not up to date. */
import { spawnSync } from 'node:child_process';

const shipped = ['20', '22', '23'];

for (const version of shipped) {
  const args = ['codegen/bin/ari-codegen.js', '--asterisk-version', version, ...process.argv.slice(2)];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  process.exitCode ||= status ?? 1;
}
