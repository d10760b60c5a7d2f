/**
 * Imports the documents of one Asterisk release as facts, or checks those imported and our descriptions of them.
 *
 *   npx tsx scripts/import-api-docs.ts --from DIR --release 22.10.1 --out api-docs/v22
 *   npx tsx scripts/import-api-docs.ts --url URL --username NAME --out api-docs/v22     (password in ARI_PASSWORD)
 *   npx tsx scripts/import-api-docs.ts --check
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readDescriptions } from '../codegen/describe/read.js';
import { CodegenError } from '../codegen/errors.js';
import { releaseFolder, verifyReleaseFolder } from '../codegen/facts/release-folder.js';
import { load } from '../codegen/load/index.js';
import { readReleaseFile, RELEASE_FILE } from '../codegen/load/release-file.js';
import type { Source } from '../codegen/load/types.js';
import { parse } from '../codegen/parse/index.js';
import { outputFolder } from '../codegen/write/place.js';
import { swapFolder } from '../codegen/write/swap.js';

const API_DOCS = fileURLToPath(new URL('../api-docs', import.meta.url));

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      from: { type: 'string' },
      url: { type: 'string' },
      username: { type: 'string' },
      release: { type: 'string' },
      out: { type: 'string' },
      check: { type: 'boolean' },
    },
  });
  if (values.check) return check();

  if (values.out === undefined) throw new CodegenError('--out says where the facts go: api-docs/v22');
  const folder = outputFolder(values.out);
  if (existsSync(folder) && !isReleaseFolder(folder)) {
    throw new CodegenError(`${values.out} exists and is no folder of api-docs alone: its files would be lost`);
  }
  const sources = await load(sourceOf(values));
  if (!/\d\.\d/.test(sources.release)) {
    throw new CodegenError(`the documents are of some Asterisk ${sources.release}: say which release (--release)`);
  }
  const warnings: string[] = [];
  const api = parse(sources, (message) => warnings.push(message));
  swapFolder(folder, releaseFolder(sources.release, api));

  for (const warning of warnings) console.error(`warning: ${warning}`);
  console.log(`${values.out}: the facts of ${api.documents.length} documents of Asterisk ${sources.release}`);
}

/** Whether all that a folder holds was imported: nobody loses a file of his own. */
function isReleaseFolder(folder: string): boolean {
  const listed = readReleaseFile(folder)?.files;
  return (
    listed !== undefined && readdirSync(folder).every((name) => name === RELEASE_FILE || Object.hasOwn(listed, name))
  );
}

function sourceOf(values: { from?: string; url?: string; username?: string; release?: string }): Source {
  const { from, url, username, release } = values;
  if (from !== undefined && url === undefined) return { kind: 'directory', path: from, release };
  if (url !== undefined && from === undefined) {
    return {
      kind: 'server',
      url,
      username: username ?? process.env['ARI_USERNAME'],
      password: process.env['ARI_PASSWORD'],
      release,
    };
  }
  throw new CodegenError('one source is needed: --from DIR or --url URL');
}

function check(): void {
  const branches = readdirSync(API_DOCS).filter((name) => /^v\d+$/.test(name));
  const faults = branches.flatMap((name) =>
    verifyReleaseFolder(join(API_DOCS, name)).map((fault) => `${name}: ${fault}`),
  );
  if (faults.length > 0) throw new CodegenError(faults.join('\n'));
  readDescriptions(join(API_DOCS, 'descriptions'));
  console.log(`${branches.join(' ')}: as imported`);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.error(error instanceof CodegenError ? error.message : `${error.name}: ${error.message}`);
  process.exitCode = 1;
}
