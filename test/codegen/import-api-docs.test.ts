import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { verifyReleaseFolder } from '../../codegen/facts/release-folder.js';
import { loadDirectory } from '../../codegen/load/directory.js';
import { parse } from '../../codegen/parse/index.js';
import { facts } from '../../codegen/facts/facts.js';
import { parsed, sources, tinyDocuments } from './support/documents.js';
import { snapshotOf, tempFolder } from './support/folder.js';

const SCRIPT = fileURLToPath(new URL('../../scripts/import-api-docs.ts', import.meta.url));

function importDocs(args: readonly string[], cwd: string): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), SCRIPT, ...args],
    { cwd, encoding: 'utf8', env: { PATH: process.env['PATH'] } },
  );
  return { status, stdout, stderr };
}

function originals(): string {
  return tempFolder(
    Object.fromEntries([...sources(tinyDocuments()).files].map(([name, text]) => [`from/${name}`, text])),
  );
}

describe('importing api-docs', { timeout: 60_000 }, () => {
  test('keeps the facts, says the release, and gives the same bytes from its own output', async () => {
    const cwd = originals();
    expect(importDocs(['--from', 'from', '--release', '22.10.1', '--out', 'v22'], cwd)).toEqual({
      status: 0,
      stdout: 'v22: the facts of 2 documents of Asterisk 22.10.1\n',
      stderr: '',
    });
    expect(verifyReleaseFolder(join(cwd, 'v22'))).toEqual([]);
    const loaded = await loadDirectory(join(cwd, 'v22'));
    expect(loaded.release).toBe('22.10.1');
    expect(facts(parse(loaded, () => {}))).toEqual(facts(parsed(tinyDocuments())));

    const before = snapshotOf(join(cwd, 'v22'));
    expect(Object.values(before).join('')).not.toMatch(/Does it|With care|A thing|Nobody/);
    expect(importDocs(['--from', 'v22', '--out', 'v22'], cwd).status).toBe(0);
    expect(snapshotOf(join(cwd, 'v22'))).toEqual(before);
  });

  test.each([
    [['--from', 'from', '--out', 'v22'], 'the documents are of some Asterisk 22: say which release (--release)'],
    [['--from', 'from', '--release', '22.10.1'], '--out says where the facts go: api-docs/v22'],
    [['--release', '22.10.1', '--out', 'v22'], 'one source is needed: --from DIR or --url URL'],
    [
      ['--from', 'from', '--release', '22.10.1', '--out', 'from'],
      'from exists and is no folder of api-docs alone: its files would be lost',
    ],
  ])('%j is refused', (args, message) => {
    const cwd = originals();
    const before = snapshotOf(cwd);
    expect(importDocs(args, cwd)).toEqual({ status: 1, stdout: '', stderr: `${message}\n` });
    expect(snapshotOf(cwd)).toEqual(before);
  });

  test('a folder that it made is not replaced once there is something else in it', () => {
    const cwd = originals();
    const args = ['--from', 'from', '--release', '22.10.1', '--out', 'v22'];
    expect(importDocs(args, cwd).status).toBe(0);
    writeFileSync(join(cwd, 'v22/mine.txt'), 'mine');
    const before = snapshotOf(cwd);
    expect(importDocs(args, cwd)).toMatchObject({ status: 1, stderr: expect.stringContaining('would be lost') });
    expect(snapshotOf(cwd)).toEqual(before);
  });

  test('--check finds the imported documents as they were imported', () => {
    expect(importDocs(['--check'], tempFolder())).toEqual({
      status: 0,
      stdout: 'v16 v18 v20 v21 v22 v23: as imported\n',
      stderr: '',
    });
  });
});
