import { readFile, readdir, readlink } from 'node:fs/promises';

/** The process that runs this command with this root folder, or that is chroot about to become it. */
export async function findProcess(root: string, command: string[]): Promise<number | undefined> {
  const inside = `${command.join('\0')}\0`;
  const entering = `\0${root}\0${inside}`;
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    // A process may end while it is looked at, and one that has ended but is not yet reaped says nothing.
    const commandLine = await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '');
    if (commandLine.endsWith(entering)) return Number(entry);
    if (commandLine === inside && (await rootOf(entry)) === root) return Number(entry);
  }
  return undefined;
}

async function rootOf(pid: string): Promise<string> {
  return readlink(`/proc/${pid}/root`).catch(() => '');
}
