import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readReleaseFile, RELEASE_FILE } from '../load/release-file.js';
import type { ApiDocuments } from '../parse/types.js';
import { sha256 } from './digest.js';
import { facts, factsText } from './facts.js';

/** The files of a folder of api-docs: the facts of every document, and which release they are of. */
export function releaseFolder(release: string, api: ApiDocuments): ReadonlyMap<string, string> {
  const texts = [...facts(api)].map(([file, json]) => [file, factsText(json)] as const);
  const sums = texts.map(([file, text]) => [file, sha256(text)] as const);
  const ordered = Object.fromEntries(sums.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return new Map([...texts, [RELEASE_FILE, factsText({ release, files: ordered })]]);
}

/** What in a folder of api-docs is not as its `release.json` says: nothing if all is well. */
export function verifyReleaseFolder(folder: string): string[] {
  const stated = readReleaseFile(folder);
  if (!stated) return [`${RELEASE_FILE} is missing`];
  const present = readdirSync(folder).filter((name) => name !== RELEASE_FILE);
  const faults = present.filter((name) => !Object.hasOwn(stated.files, name)).map((name) => `${name} is not listed`);
  for (const [name, sum] of Object.entries(stated.files)) {
    if (!present.includes(name)) faults.push(`${name} is missing`);
    else if (sha256(readFileSync(join(folder, name), 'utf8')) !== sum) faults.push(`${name} has another checksum`);
  }
  return faults;
}
