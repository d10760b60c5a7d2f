import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bench, project } from '../folders.js';
import { run } from '../run.js';
import type { Metrics } from '../tasks/task.js';
import type { Part } from './part.js';

/** The hello application of each package, and where its types are. */
export const applications: Readonly<Record<string, readonly [file: string, types: string]>> = {
  'no package': ['nothing.ts', ''],
  'asterisk-ari': ['asterisk-ari.ts', join(project, 'dist/src/index.d.ts')],
  'ari-client': ['ari-client.ts', join(bench, 'node_modules/@types/ari-client/index.d.ts')],
  '@ipcom/asterisk-ari': [
    '@ipcom-asterisk-ari.ts',
    join(bench, 'node_modules/@ipcom/asterisk-ari/dist/types/index.d.ts'),
  ],
};

export const types: Part = {
  name: 'types',
  title: 'tsc of the hello application',
  variants: () =>
    Object.entries(applications).map(([subject, [file, declarations]]) => ({
      scenario: 'tsc --noEmit',
      subject,
      measure: () => compile(subject, join(bench, 'hello', file), declarations),
    })),
};

async function compile(name: string, file: string, declarations: string): Promise<Metrics> {
  const folder = await mkdtemp(join(tmpdir(), 'asterisk-ari-bench-'));
  try {
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(settings(name, file, declarations)));
    const { output, ms } = await run(process.execPath, [
      join(project, 'node_modules/typescript/bin/tsc'),
      '--project',
      folder,
      '--extendedDiagnostics',
    ]);
    return { ms, instantiations: read(output, 'Instantiations'), types: read(output, 'Types') };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What a compiler or an editor needs to know of a folder with a hello application in it. */
export function settings(name: string, file: string, declarations: string): object {
  return {
    compilerOptions: {
      target: 'ES2022',
      module: 'ESNext',
      moduleResolution: 'Bundler',
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      types: ['node'],
      typeRoots: [join(project, 'node_modules/@types')],
      ...(declarations !== '' && { paths: { [name]: [declarations] } }),
    },
    files: [file],
  };
}

function read(output: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(output)?.[1]);
}
