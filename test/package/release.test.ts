import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;

/** A clone with two packages of version 1.0.0, whose check passes, and a CHANGELOG that has written of 1.1.0. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-'));
  const repository = 'https://example.org/sdk.git';
  const common = { version: '1.0.0', repository };
  write('package.json', { name: 'sdk', ...common, workspaces: ['tool'], scripts: { check: 'node check.mjs' } });
  write('tool/package.json', { name: 'tool', ...common, dependencies: { sdk: '^1.0.0' } });
  write('package-lock.json', {
    name: 'sdk',
    version: '1.0.0',
    packages: { '': { version: '1.0.0' }, tool: { version: '1.0.0', dependencies: { sdk: '^1.0.0', ws: '^1.0.0' } } },
  });
  write('check.mjs', '');
  write('CHANGELOG.md', '# Changelog\n\n## 1.1.0 – unreleased\n\n- News.\n\n## 1.0.0 – 2026-01-01\n\n- The first.\n');
  git('init', '--quiet', '--initial-branch', 'main');
  git('config', 'user.name', 'A');
  git('config', 'user.email', 'a@example.org');
  commit();
});

afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

function write(name: string, content: string | object): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`);
}

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
}

function commit(): void {
  git('add', '--all');
  git('commit', '--quiet', '--message', 'x');
}

function read(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

function release(...args: string[]): {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
} {
  const command = [resolve('scripts/release.mjs'), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: folder, encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('a release', { timeout: 60_000 }, () => {
  it('is only told of, unless it is asked to be written', () => {
    const told = 'sdk, tool would become 1.1.0, with a commit and the tag v1.1.0; --write does it\n';
    expect(release('minor')).toEqual({ status: 0, stdout: told, stderr: '' });
    expect([git('status', '--porcelain'), git('tag')]).toEqual(['', '']);
  });

  it('gives all packages the version, the CHANGELOG the day, and makes a commit and a tag', () => {
    expect(release('1.1.0', '--write')).toMatchObject({ status: 0, stderr: '' });
    expect(git('describe')).toBe('v1.1.0\n');
    expect(git('status', '--porcelain')).toBe('');
    expect(read('package.json')).toContain('"version": "1.1.0"');
    expect(JSON.parse(read('tool/package.json'))).toMatchObject({ version: '1.1.0', dependencies: { sdk: '^1.1.0' } });
    expect(JSON.parse(read('package-lock.json'))).toMatchObject({
      version: '1.1.0',
      packages: { '': { version: '1.1.0' }, tool: { version: '1.1.0', dependencies: { sdk: '^1.1.0', ws: '^1.0.0' } } },
    });
    expect(read('CHANGELOG.md')).toMatch(/^## 1\.1\.0 – \d{4}-\d\d-\d\d\n\n- News\.\n\n## 1\.0\.0 – 2026-01-01$/m);
    expect(release('1.1.0').stderr).toContain('the tag v1.1.0 is there: that version is released');
  });

  const refusals: readonly (readonly [what: string, change: () => void, word: string, message: RegExp])[] = [
    ['with changes', () => write('new.txt', ''), 'minor', /changes that are not committed: \?\? new\.txt/],
    ['of another branch', () => git('switch', '--quiet', '-c', 'other'), 'minor', /the branch is other/],
    ['of what is not in the CHANGELOG', () => {}, 'patch', /CHANGELOG\.md has no section '## 1\.0\.1 – unreleased'/],
    ['of which the CHANGELOG says nothing', () => changelog('\n\n'), 'minor', /says nothing about 1\.1\.0/],
    ['that the CHANGELOG has a day for', () => changelog('', '2026-02-02'), 'minor', /was released on 2026-02-02/],
    ['of an older version', () => {}, '0.9.0', /0\.9\.0 is of before 1\.0\.0/],
    ['of packages apart', () => edit('tool/package.json', '"1.0.0"', '"1.0.1"'), 'minor', /than 1\.0\.0: tool 1\.0\.1/],
    ['without provenance', () => edit('package.json', 'repository', 'x'), 'minor', /package\.json: no repository/],
    ['of a red check', () => write('check.mjs', 'process.exit(1)'), 'minor', /npm run check fails/],
    ['of no version', () => {}, 'next', /which version\? Allowed are patch, minor, major and one as 1\.2\.3/],
  ];

  it.each(refusals)('is refused %s', (what, change, word, message) => {
    change();
    if (what !== 'with changes') git('add', '--all');
    if (git('diff', '--cached', '--name-only') !== '') commit();
    const before = [git('status', '--porcelain'), git('rev-parse', 'HEAD')];
    const { status, stdout, stderr } = release(word, '--write');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(message);
    expect([git('status', '--porcelain'), git('rev-parse', 'HEAD')]).toEqual(before);
    expect(git('tag')).toBe('');
  });

  it('is refused outside of a clone', () => {
    rmSync(join(folder, '.git'), { recursive: true, maxRetries: 5 });
    expect(release('minor').stderr).toContain('this is no clone of the repository');
  });
});

function edit(name: string, from: string, to: string): void {
  write(name, read(name).replace(from, to));
}

/** What the section of 1.1.0 says, and when it is of. */
function changelog(text: string, day = 'unreleased'): void {
  write('CHANGELOG.md', `# Changelog\n\n## 1.1.0 – ${day}\n${text || '\n- News.\n'}## 1.0.0 – 2026-01-01\n`);
}
