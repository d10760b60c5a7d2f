/**
 * Proves that the compiler looks at our types at all: every line of test/must-fail that names an error must have it.
 * Type tests that are outside of their tsconfig would pass in silence; these cannot.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const folder = 'test/must-fail';
const expected = readdirSync(folder)
  .filter((name) => name.endsWith('.ts'))
  .flatMap((name) =>
    readFileSync(`${folder}/${name}`, 'utf8')
      .split('\n')
      .flatMap((line, index) => {
        const code = /\/\/ (TS\d+)$/.exec(line)?.[1];
        return code === undefined ? [] : [`${folder}/${name}(${index + 1}): ${code}`];
      }),
  );
const { stdout } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', folder], { encoding: 'utf8' });
const found = [...stdout.matchAll(/^(.+)\((\d+),\d+\): error (TS\d+)/gm)].map(
  ([, file, line, code]) => `${file}(${line}): ${code}`,
);
const wrong = [
  ...expected.filter((error) => !found.includes(error)).map((error) => `compiles, but must not: ${error}`),
  ...found.filter((error) => !expected.includes(error)).map((error) => `fails, but not as expected: ${error}`),
];
if (wrong.length > 0 || expected.length === 0) {
  process.stderr.write(`${wrong.join('\n') || 'nothing to fail'}\n`);
  process.exit(1);
}
process.stdout.write(`${expected.length} wrong calls do not compile, as they must not\n`);
