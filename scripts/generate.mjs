/**
 * Generates the bindings that this package ships; with `--check` only tells which are not up to date. What a user is only
 * warned of, such as a correction that no longer applies to the documents, is an error here.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The branches that the package exports: `./v22`. */
const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
const shipped = Object.keys(exports).flatMap((path) => /^\.\/v(\d+)$/.exec(path)?.[1] ?? []);

for (const version of shipped) {
  const args = ['codegen/bin/ari-codegen.js', '--asterisk-version', version, ...process.argv.slice(2), '--json'];
  const { status, stdout } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['inherit', 'pipe', 'inherit'],
    maxBuffer: 2 ** 26,
  });
  process.exitCode ||= status ?? 1;
  if (stdout !== '') {
    report(JSON.parse(stdout));
  }
}

function report({ origin, out, warnings = [], ...rest }) {
  const lists = Object.entries(rest).filter(([name, list]) => Array.isArray(list) && name !== 'unchanged');
  const counts = lists.map(([name, list]) => `${list.length} ${name}`).join(', ');
  process.stdout.write(`${origin} → ${out}: ${counts}\n`);
  for (const warning of warnings) {
    process.stderr.write(`  ${warning}\n`);
    process.exitCode = 1;
  }
  if (process.argv.includes('--check')) {
    for (const [name, list] of lists) {
      for (const file of list) {
        process.stderr.write(`  ${name}: ${file}\n`);
      }
    }
  }
}
