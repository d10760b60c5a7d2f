import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { bench, project } from '../folders.js';
import { run } from '../run.js';
import type { Metrics } from '../tasks/task.js';
import type { Part } from './part.js';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** What one gets by `npm install` of a package: all that it depends on, each once. */
export const installed: Part = {
  name: 'size',
  title: 'Installed: packages and bytes, with all that they depend on',
  isExact: true,
  variants: () => [
    { scenario: 'npm install', subject: 'asterisk-ari', measure: measureOurs },
    ...['ari-client', '@ipcom/asterisk-ari'].map((subject) => ({
      scenario: 'npm install',
      subject,
      measure: () => measureDependencies({ [subject]: '' }, bench),
    })),
  ],
};

/** Of the SDK itself, what `npm pack` would take. */
async function measureOurs(): Promise<Metrics> {
  const { output } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], project);
  const [{ unpackedSize }] = JSON.parse(output) as [{ readonly unpackedSize: number }];
  const manifest = await readManifest(project);
  const { packages = 0, bytes = 0 } = await measureDependencies(manifest.dependencies ?? {}, project);
  return { packages: packages + 1, bytes: bytes + unpackedSize };
}

async function measureDependencies(
  dependencies: NonNullable<Manifest['dependencies']>,
  root: string,
): Promise<Metrics> {
  const found = new Set<string>();
  await collect(dependencies, root, root, found);
  const sizes = await Promise.all([...found].map(sizeOf));
  return { packages: found.size, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

async function collect(
  dependencies: NonNullable<Manifest['dependencies']>,
  from: string,
  root: string,
  found: Set<string>,
): Promise<void> {
  for (const name of Object.keys(dependencies)) {
    const folder = await locate(name, from, root);
    if (folder !== undefined && !found.has(folder)) {
      found.add(folder);
      await collect((await readManifest(folder)).dependencies ?? {}, folder, root, found);
    }
  }
}

/** The package that a name means: in the folder's own node_modules, or in one further up. */
async function locate(name: string, from: string, root: string): Promise<string | undefined> {
  for (const base of [join(from, 'node_modules'), join(root, 'node_modules')]) {
    const folder = join(base, name);
    if ((await stat(folder).catch(() => undefined)) !== undefined) {
      return folder;
    }
  }
  return undefined;
}

async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** Without packages inside it, which are counted by themselves. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.slice(folder.length).includes('/node_modules/'));
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
