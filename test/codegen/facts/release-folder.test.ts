import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { releaseFolder, verifyReleaseFolder } from '../../../codegen/facts/release-folder.js';
import { loadDirectory } from '../../../codegen/load/directory.js';
import { parse } from '../../../codegen/parse/index.js';
import { BRANCHES } from '../support/branches.js';

const API_DOCS = fileURLToPath(new URL('../../../api-docs', import.meta.url));

describe('the api-docs of this repository', () => {
  test.each(BRANCHES)('v$major is as imported, and what an import of it would make', async ({ major, release }) => {
    const folder = join(API_DOCS, `v${major}`);
    expect(verifyReleaseFolder(folder)).toEqual([]);

    const files = releaseFolder(
      release,
      parse(await loadDirectory(folder), () => {}),
    );
    expect([...files.keys()].toSorted()).toEqual(readdirSync(folder).toSorted());
    for (const [name, text] of files) expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
  });

  test('hold no prose', () => {
    const prose = BRANCHES.flatMap(({ major }) => {
      const folder = join(API_DOCS, `v${major}`);
      return readdirSync(folder).filter((name) =>
        /"(?:summary|notes|_\w+)":|"(?:description|reason)": "/.test(readFileSync(join(folder, name), 'utf8')),
      );
    });
    expect(prose).toEqual([]);
  });
});

describe('a folder that was tampered with', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ari-codegen-'));
    cpSync(join(API_DOCS, 'v22'), folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test.each<[string, () => void, string[]]>([
    ['a changed file', () => writeFileSync(join(folder, 'sounds.json'), '{}'), ['sounds.json has another checksum']],
    ['a missing file', () => rmSync(join(folder, 'sounds.json')), ['sounds.json is missing']],
    ['a file more', () => writeFileSync(join(folder, 'more.json'), '{}'), ['more.json is not listed']],
    ['no release.json', () => rmSync(join(folder, 'release.json')), ['release.json is missing']],
  ])('%s is found', (_what, tamper, want) => {
    tamper();
    expect(verifyReleaseFolder(folder)).toEqual(want);
  });
});
