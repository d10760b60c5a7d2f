import { existsSync, mkdirSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { limits } from '../../../codegen/limits.js';
import { loadBundled, bundledBranches } from '../../../codegen/load/bundled.js';
import { loadDirectory } from '../../../codegen/load/directory.js';
import { BRANCHES } from '../support/branches.js';
import { sources, tinyDocuments, type Documents } from '../support/documents.js';
import { tempFolder } from '../support/folder.js';

/** The documents as files, under folders of the test's choice. */
function files(documents: Documents, under: (name: string) => string = (name) => name): Record<string, string> {
  return Object.fromEntries([...sources(documents).files].map(([name, text]) => [under(name), text]));
}

describe('documents in a folder', () => {
  test('are those that resources.json names', async () => {
    const folder = tempFolder({ ...files(tinyDocuments()), 'other.json': '{}' });
    const loaded = await loadDirectory(folder);
    expect([...loaded.files.keys()]).toEqual(['resources.json', 'channels.json', 'events.json']);
    expect(loaded.origin).toBe(folder);
  });

  test('may lie as in the sources of Asterisk, given by either folder', async () => {
    const folder = tempFolder(
      files(tinyDocuments(), (name) => (name === 'resources.json' ? name : `api-docs/${name}`)),
    );
    const fromAbove = await loadDirectory(folder);
    const fromWithin = await loadDirectory(join(folder, 'api-docs'));
    expect(fromWithin.files).toEqual(fromAbove.files);
  });

  test.each([
    ['the option', '22.3.0', { release: '20.1.0' }, '22.3.0'],
    ['release.json', undefined, { release: '20.1.0' }, '20.1.0'],
    ['the version of the documents', undefined, undefined, '22'],
  ])('are of the release of %s', async (_what, option, releaseJson, want) => {
    const extra = releaseJson ? { 'release.json': JSON.stringify({ ...releaseJson, files: {} }) } : {};
    const folder = tempFolder({ ...files(tinyDocuments()), ...extra });
    expect((await loadDirectory(folder, option)).release).toBe(want);
  });

  test.each<[string, (documents: Documents) => void, string | undefined, string]>([
    [
      'a document is missing',
      (all) => delete all['events.json'],
      undefined,
      'events.json: resources.json names it, but ',
    ],
    ['resources.json is missing', (all) => delete all['resources.json'], undefined, 'resources.json: '],
    ['the release is none', () => {}, 'newest', "'newest' is not a release (allowed: 22.10.1, "],
    [
      'the version says nothing',
      (all) => (all['resources.json'].apiVersion = 'x'),
      undefined,
      "resources.json: apiVersion 'x' belongs to no branch of Asterisk: say which release it is (--release)",
    ],
    [
      'release.json is broken',
      (all) => (all['release.json'] = '{"release": 22}'),
      undefined,
      'release.json: release: Invalid input',
    ],
  ])('are refused where %s', async (_what, bend, release, message) => {
    const documents = tinyDocuments();
    bend(documents);
    await expect(loadDirectory(tempFolder(files(documents)), release)).rejects.toThrow(message);
  });

  test('are files, of a length that documents have', async () => {
    const folder = tempFolder(files(tinyDocuments()));
    const channels = join(folder, 'channels.json');
    truncateSync(channels, limits.documentBytes + 1);
    await expect(loadDirectory(folder)).rejects.toThrow(`${channels}: is longer than 2 MiB`);
    rmSync(channels);
    mkdirSync(channels);
    await expect(loadDirectory(folder)).rejects.toThrow(`${channels}: is not a file`);
  });

  test.runIf(existsSync('/dev/zero'))('are no devices, which to read would never end', async () => {
    const folder = tempFolder(files(tinyDocuments()));
    rmSync(join(folder, 'resources.json'));
    symlinkSync('/dev/zero', join(folder, 'resources.json'));
    await expect(loadDirectory(folder)).rejects.toThrow('resources.json: is not a file');
  });

  test('are not looked for in a file, nor where nothing is', async () => {
    const folder = tempFolder({ file: '' });
    await expect(loadDirectory(join(folder, 'file'))).rejects.toThrow(`not a folder: ${join(folder, 'file')}`);
    await expect(loadDirectory(join(folder, 'none'))).rejects.toThrow(`no such folder: ${join(folder, 'none')}`);
  });
});

describe('bundled documents', () => {
  test('are those of six branches', () => {
    const branches = bundledBranches().map(({ major, release }) => ({ major, release }));
    expect(branches).toEqual(BRANCHES.map(({ major, release }) => ({ major, release })));
  });

  test.each(['22', 'v22', '22.10.1'])('%s is a name of a branch', async (version) => {
    expect(await loadBundled(version)).toMatchObject({ release: '22.10.1', origin: 'Asterisk 22.10.1 (bundled)' });
  });

  test.each([
    [
      '20.14.0',
      /^the documents of Asterisk 20\.14\.0 are not bundled; bundled: 16 \(16\.30\.1\), .*23 \(23\.4\.1\)\. Use 20 for release 20\.20\.1, or give .*--url URL .*--api-docs DIR/,
    ],
    [
      '17',
      /^the documents of Asterisk 17 are not bundled; bundled: .*\. Give the documents of that very release: --url/,
    ],
    ['certified-22.8-cert4', /^the documents of Asterisk certified-22\.8-cert4 are not bundled; .*Use 22 for/],
    ['latest', /^'latest' is not a version of Asterisk; bundled: 16/],
    ['', /^'' is not a version of Asterisk/],
  ])('%j is not bundled', async (version, message) => {
    await expect(loadBundled(version)).rejects.toThrow(message);
  });
});
