import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

export interface Packed {
  readonly filename: string;
  /** In bytes: of the archive, and of what is in it. */
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/** What would be published of the folder of a package, as it is built. */
export function packedContents(folder: string): Promise<Packed> {
  return pack(folder, '--dry-run');
}

/** Packs it into an archive, and gives the archive's path. */
export async function packInto(destination: string, folder: string): Promise<string> {
  const { filename } = await pack(folder, '--pack-destination', destination);
  return join(destination, filename);
}

async function pack(folder: string, ...flags: string[]): Promise<Packed> {
  const { stdout } = await execute('npm', ['pack', '--json', '--ignore-scripts', ...flags], {
    cwd: folder,
    shell: process.platform === 'win32',
    maxBuffer: 2 ** 26,
  });
  // an array, of npm 12 an object by name
  const [packed] = Object.values(JSON.parse(stdout) as Packed[] | Record<string, Packed>);
  if (packed === undefined) throw new Error(`npm packed nothing of ${folder}`);
  return packed;
}
