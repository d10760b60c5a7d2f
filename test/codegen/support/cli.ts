import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CODEGEN = fileURLToPath(new URL('../../../codegen', import.meta.url));
const BUILT = join(CODEGEN, 'dist/cli.js');

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program in a process of its own: as it is built, or from its sources where these are newer. */
export function cli(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<CliResult> {
  const { promise, resolve, reject } = withResolvers<CliResult>();
  const child = spawn(process.execPath, [...program(), ...args], {
    cwd: options.cwd,
    env: { ...kept(['PATH', 'HOME', 'SYSTEMROOT', 'USERPROFILE', 'TEMP']), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.once('error', reject);
  child.once('close', (code) => resolve({ code, stdout, stderr }));
  return promise;
}

/** What of the environment a process cannot do without, on one system or another. */
function kept(names: readonly string[]): Record<string, string | undefined> {
  return Object.fromEntries(names.map((name) => [name, process.env[name]]));
}

function program(): string[] {
  if (existsSync(BUILT) && statSync(BUILT).mtimeMs >= newest(CODEGEN)) return [join(CODEGEN, 'bin/ari-codegen.js')];
  return ['--import', import.meta.resolve('tsx'), join(CODEGEN, 'cli.ts')];
}

/** When the last of the sources was changed. */
function newest(folder: string): number {
  const times = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ['dist', 'node_modules'].includes(entry.name) ? 0 : newest(path);
    return entry.name.endsWith('.ts') ? statSync(path).mtimeMs : 0;
  });
  return Math.max(0, ...times);
}

function withResolvers<T>() {
  let resolve!: (value: T) => void;
  let reject!: (reason: Error) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
