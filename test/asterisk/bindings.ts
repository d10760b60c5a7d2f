import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Connect } from '../conformance/run.js';
import type { Server } from '../conformance/world.js';

const run = promisify(execFile);

/** Has ari-codegen make bindings of that very server, compiles them as a user would, and gives their `connect`. */
export async function bindingsOf(server: Server): Promise<{ readonly release: string; readonly connect: Connect }> {
  // Within the package, so that they find `asterisk-ari/runtime`.
  const folder = resolve(`test/.bindings/v${server.major}`);
  await rm(folder, { recursive: true, force: true });
  const { url, username, password } = server;
  const codegen = ['codegen/bin/ari-codegen.js', '--url', url, '--username', username, '--out', join(folder, 'source')];
  await run(process.execPath, codegen, { env: { ...process.env, ARI_PASSWORD: password } });
  const config = {
    extends: resolve('tsconfig.json'),
    compilerOptions: { rootDir: 'source', outDir: 'compiled', noEmit: false, types: ['node'] },
    include: ['source'],
    exclude: [],
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
  await run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', folder]);
  return (await import(pathToFileURL(join(folder, 'compiled/index.js')).href)) as { release: string; connect: Connect };
}
