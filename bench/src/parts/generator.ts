import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { project } from '../folders.js';
import { run } from '../run.js';
import type { Metrics } from '../tasks/task.js';
import type { Part } from './part.js';

export const generator: Part = {
  name: 'generator',
  title: 'Generating bindings of Asterisk 22 from its api-docs',
  variants: () => [{ scenario: 'ari-codegen', subject: 'ari-codegen', measure: generate }],
};

async function generate(): Promise<Metrics> {
  const folder = await mkdtemp(join(tmpdir(), 'asterisk-ari-bench-'));
  try {
    const program = join(project, 'codegen/bin/ari-codegen.js');
    const { ms } = await run(process.execPath, [program, '--asterisk-version', '22', '--out', join(folder, 'v22')]);
    return { ms };
  } finally {
    await rm(folder, { recursive: true });
  }
}
