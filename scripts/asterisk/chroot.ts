import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';

import { output } from './command.js';
import { installationFolder, installDebian } from './debootstrap.js';
import type { Engine } from './engine.js';
import { findProcess } from './find-process.js';
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
    const root = await rootFolder(instance);
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
  }

  /** Looks for the process itself: no file can be wrong about it, and a crashed runner loses nothing. */
  async pid(instance: Instance): Promise<number | undefined> {
    return findProcess(await rootFolder(instance), this.#command(instance));
  }

  async signal(instance: Instance, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const pid = await this.pid(instance);
    if (pid !== undefined) process.kill(pid, signal);
  }

  #command(instance: Instance): string[] {
    return ['/usr/sbin/asterisk', '-f', '-C', `${this.folderInside(instance)}/etc/asterisk.conf`];
  }
}

/** As the kernel names it, without symbolic links. */
async function rootFolder(instance: Instance): Promise<string> {
  const folder = installationFolder(instance.release);
  return realpath(folder).catch(() => folder);
}

/** The ids of the user `asterisk` in the folder; outside of it they mean somebody else. */
async function userIds(root: string): Promise<{ owner: string; group: string }> {
  const passwd = await readFile(join(root, 'etc/passwd'), 'utf8');
  const ids = /^asterisk:[^:]*:(?<uid>\d+):(?<gid>\d+):/m.exec(passwd)?.groups;
  if (!ids?.['uid'] || !ids['gid']) throw new Error(`There is no user asterisk in ${root}.`);
  return { owner: `${ids['uid']}:${ids['gid']}`, group: ids['gid'] };
}
