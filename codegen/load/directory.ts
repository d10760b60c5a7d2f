import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CodegenError } from '../errors.js';
import { INDEX_FILE, parseResourceIndex } from '../parse/resource-index.js';
import { readDocument } from './read-file.js';
import { readReleaseFile } from './release-file.js';
import { branchOf, releaseGiven } from './release.js';
import type { Sources } from './types.js';

/**
 * Loads documents from a folder. The release is the one given, else that of its `release.json`, else the branch that the
 * documents' own version belongs to.
 */
export async function loadDirectory(path: string, release?: string): Promise<Sources> {
  const index = findIndex(path);
  const text = readDocument(index);
  const { apiVersion, entries } = parseResourceIndex(text, () => {});

  const files = new Map([[INDEX_FILE, text]]);
  for (const { file } of entries) {
    const found = documentFolders(path, index)
      .map((folder) => join(folder, file))
      .find((name) => existsSync(name));
    if (found === undefined) throw new CodegenError(`${INDEX_FILE} names it, but ${path} has no such file`, { file });
    files.set(file, readDocument(found));
  }
  return {
    origin: path,
    release: releaseGiven(release) ?? readReleaseFile(path)?.release ?? guess(apiVersion),
    files,
  };
}

/** Asterisk's sources keep `resources.json` one folder above the rest, its installation beside it. */
function findIndex(path: string): string {
  if (!existsSync(path)) throw new CodegenError(`no such folder: ${path}`);
  if (!statSync(path).isDirectory()) throw new CodegenError(`not a folder: ${path}`);
  const folders = basename(path) === 'api-docs' ? [path, dirname(path)] : [path];
  const found = folders.map((folder) => join(folder, INDEX_FILE)).find((file) => existsSync(file));
  if (found === undefined) throw new CodegenError(`${path} has no such file`, { file: INDEX_FILE });
  return found;
}

function documentFolders(path: string, index: string): string[] {
  return [path, join(dirname(index), 'api-docs')];
}

function guess(apiVersion: string): string {
  const branch = branchOf(apiVersion);
  if (branch !== undefined) return String(branch);
  throw new CodegenError(
    `apiVersion '${apiVersion}' belongs to no branch of Asterisk: say which release it is (--release)`,
    {
      file: INDEX_FILE,
    },
  );
}
