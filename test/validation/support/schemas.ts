import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { emit } from '../../../codegen/emit/index.js';
import type { ApiModel } from '../../../codegen/model/types.js';
import type { SchemaTables } from '../../../src/contract/schema-tables.js';

const generatedHere = fileURLToPath(new URL('../../.bindings', import.meta.url));

/** Generates the schemas of a branch that the package does not ship, and loads them. */
export async function generateSchemas(model: ApiModel): Promise<SchemaTables> {
  // Within the package, so that they find what schemas are made of.
  mkdirSync(generatedHere, { recursive: true });
  const folder = mkdtempSync(join(generatedHere, 'schemas-'));
  try {
    for (const [path, text] of emit(model)) {
      if (path.startsWith('schemas/')) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
    }
    const index = pathToFileURL(join(folder, 'schemas/index.ts')).href;
    return ((await import(/* @vite-ignore */ index)) as { schemas: SchemaTables }).schemas;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
