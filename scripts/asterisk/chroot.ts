import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, readdir, readlink, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { output } from './command.js';
import { installationFolder, installDebian } from './debootstrap.js';
import type { Engine } from './engine.js';
import { instanceId, type Instance } from './instance.js';
import type { Log } from './log.js';
import type { Release } from './release.js';

/** Runs Asterisk out of a Debian folder, as that folder's user `asterisk`, with nothing mounted. */
export class ChrootEngine implements Engine {
  async install(release: Release, log: Log): Promise<void> {
    await installDebian(release, log);
  }

  folder(instance: Instance): string {
    return join(installationFolder(instance.release), this.folderInside(instance));
  }

  folderInside(instance: Instance): string {
    return `/srv/testbed/${instanceId(instance)}`;
  }

  async launch(instance: Instance): Promise<void> {
    const root = installationFolder(instance.release);
    const user = await userIds(root);
    await output('chown', ['-R', user.owner, this.folder(instance)]);
    // What goes wrong before the logger works is only said on the console.
    const console = await open(join(this.folder(instance), 'log/console'), 'a');
    const child = spawn(
      '/usr/sbin/chroot',
      [`--userspec=${user.owner}`, `--groups=${user.group}`, root, ...this.#command(instance)],
      {
        cwd: '/',
        detached: true,
        env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8', TZ: 'UTC' },
        stdio: ['ignore', console.fd, console.fd],
      },
    );
    await once(child, 'spawn');
    await console.close();
    child.unref();
    // Until chroot has become Asterisk, its process cannot be told from any other.
    while ((await this.pid(instance)) === undefined && child.exitCode === null && child.signalCode === null) {
      await sleep(20);
    }
  }

  /** Looks for the process itself: no file can be wrong about it, and a crashed runner loses nothing. */
  async pid(instance: Instance): Promise<number | undefined> {
    const root = await realpath(installationFolder(instance.release)).catch(() => '');
    const command = `${this.#command(instance).join('\0')}\0`;
    for (const entry of await readdir('/proc')) {
      if (!/^\d+$/.test(entry)) continue;
      const cmdline = await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '');
      if (cmdline !== command) continue;
      const processRoot = await readlink(`/proc/${entry}/root`).catch(() => '');
      if (processRoot === root) return Number(entry);
    }
    return undefined;
  }

  async signal(instance: Instance, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const pid = await this.pid(instance);
    if (pid !== undefined) process.kill(pid, signal);
  }

  #command(instance: Instance): string[] {
    return ['/usr/sbin/asterisk', '-f', '-C', `${this.folderInside(instance)}/etc/asterisk.conf`];
  }
}

/** The ids of the user `asterisk` in the folder; outside of it they mean somebody else. */
async function userIds(root: string): Promise<{ owner: string; group: string }> {
  const passwd = await readFile(join(root, 'etc/passwd'), 'utf8');
  const [, , uid, gid] =
    passwd
      .split('\n')
      .find((line) => line.startsWith('asterisk:'))
      ?.split(':') ?? [];
  if (uid === undefined || gid === undefined) throw new Error(`There is no user asterisk in ${root}.`);
  return { owner: `${uid}:${gid}`, group: gid };
}
