/**
 * Proves from `api-docs/` that nothing of Asterisk's documents is missing in `generated/`: operations and their
 * parameters on repositories and domain objects, models, allowed values, events. Reads both sides as they are, without
 * the generator's parser and model, so that an oversight there does not hide itself.
 *
 *   npx tsx scripts/check-generated.ts
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readDocuments } from './check-generated-documents.js';
import { checkEvents } from './check-generated-events.js';
import { checkModels } from './check-generated-models.js';
import { checkOperations } from './check-generated-operations.js';
import { Bindings } from './check-generated-source.js';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The branches that the package exports: `v20`, `v22`, `v23`. */
function branches(): string[] {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { exports: object };
  return Object.keys(exports).flatMap((name) => /^\.\/(v\d+)$/.exec(name)?.[1] ?? []);
}

async function check(branch: string): Promise<{ missing: string[]; checked: number }> {
  const folder = join(root, 'generated', branch);
  if (!existsSync(folder)) {
    return { missing: [`generated/${branch} does not exist`], checked: 0 };
  }
  const documents = readDocuments(join(root, 'api-docs', branch));
  const bindings = new Bindings(folder);
  const results = [
    await checkOperations(documents, bindings),
    checkModels(documents, bindings),
    checkEvents(documents, bindings),
  ];
  return {
    missing: results.flatMap((result) => result.missing),
    checked: results.reduce((sum, result) => sum + result.checked, 0),
  };
}

async function main(): Promise<void> {
  for (const branch of branches()) {
    const { missing, checked } = await check(branch);
    for (const message of missing) {
      console.error(`${branch}: ${message}`);
    }
    if (missing.length > 0) {
      process.exitCode = 1;
    }
    console.log(`${branch}: ${checked} facts of the documents looked for, ${missing.length} missing`);
  }
}

void main();
