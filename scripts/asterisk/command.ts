import { execFile, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { promisify } from 'node:util';

import { tail } from './tail.js';

const execute = promisify(execFile);

/** A plain user's shell may lack the system's folders of programs; apt must not ask questions. */
const ENVIRONMENT = {
  ...process.env,
  PATH: `${process.env['PATH']}:/usr/sbin:/sbin`,
  DEBIAN_FRONTEND: 'noninteractive',
};

/** Runs a short command and returns what it printed. */
export async function output(command: string, args: string[], timeoutMs = 30_000): Promise<string> {
  const { stdout } = await execute(command, args, { timeout: timeoutMs, env: ENVIRONMENT });
  return stdout.trim();
}

/** Whether a short command exists and succeeds. */
export async function succeeds(command: string, args: string[]): Promise<boolean> {
  return output(command, args).then(
    () => true,
    () => false,
  );
}

/** Runs a long command whose output only matters when it fails: then its end is in the error. */
export async function runLogged(command: string, args: string[], logFile: string): Promise<void> {
  const log = createWriteStream(logFile, { flags: 'a' });
  const child = spawn(command, args, { env: ENVIRONMENT, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  await new Promise<void>((resolve) => log.end(resolve));
  if (code !== 0) {
    const shown = [command, ...args].join(' ');
    throw new Error(`Exit code ${code} from: ${shown}\nThe end of ${logFile}:\n${await tail(logFile, 15)}`);
  }
}

/** Its processes and mounts end with this process, however this process ends. */
const CONFINE = 'setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child --mount-proc'.split(' ');

/**
 * As `runLogged`, for what runs long, mounts things and starts processes: an interruption at any point
 * leaves nothing of it behind. Where the machine does not allow that, it runs without.
 */
export async function runConfined(command: string[], logFile: string): Promise<void> {
  const allowed = await succeeds('env', [...CONFINE, 'true']);
  await runLogged('env', allowed ? [...CONFINE, ...command] : command, logFile);
}

/** Removes a folder, but nothing that is mounted into it. */
export async function remove(folder: string): Promise<void> {
  await output('rm', ['-rf', '--one-file-system', folder], 120_000);
}
