import { bench, project } from '../folders.js';
import { run } from '../run.js';
import type { Metrics } from '../tasks/task.js';
import type { Part } from './part.js';

/** What is imported, and from where it is found. */
const imports: Readonly<Record<string, readonly [code: string, folder: string]>> = {
  ws: ["await import('ws')", bench],
  'asterisk-ari': ["await import('asterisk-ari')", project],
  'ari-client': ["await import('ari-client')", bench],
  '@ipcom/asterisk-ari': ["await import('@ipcom/asterisk-ari')", bench],
};

export const importing: Part = {
  name: 'import',
  title: 'Import, in a fresh process',
  roundsFactor: 3,
  variants: () =>
    Object.entries(imports).map(([subject, [code, folder]]) => ({
      scenario: 'import()',
      subject,
      measure: () => measureImport(code, folder),
    })),
};

async function measureImport(code: string, folder: string): Promise<Metrics> {
  const script = `const start = performance.now(); ${code}; console.log(performance.now() - start)`;
  const { output } = await run(process.execPath, ['--input-type=module', '--eval', script], folder);
  return { ms: Number(output.trim().split('\n').at(-1)) };
}
