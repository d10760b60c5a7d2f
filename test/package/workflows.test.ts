import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const folder = '.github/workflows';
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly scripts: Record<string, string> };

describe.each(readdirSync(folder))('the workflow %s', (name) => {
  const text = readFileSync(`${folder}/${name}`, 'utf8');

  it('runs scripts that there are', () => {
    const called = [...text.matchAll(/\bnpm (?:run )?(test(?::\w+)?|(?<=run )[\w:]+)/g)].map(
      ([, script = '']) => script,
    );
    expect(called.length).toBeGreaterThan(1);
    expect(called.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  });

  it('has no line of shell but those of npm, of Debian, and the comparison of versions', () => {
    const lines = [...text.matchAll(/^ *- run: (.+)$/gm)].map(([, line = '']) => line);
    expect(lines.filter((line) => !/^(npm (ci|test|run [\w:]+|publish [\w -]+)$|apt-get |test "v)/.test(line))).toEqual(
      [],
    );
  });
});
