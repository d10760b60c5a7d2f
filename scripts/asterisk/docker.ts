import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { output, runLogged, succeeds } from './command.js';
import type { Engine } from './engine.js';
import { testbedFolder } from './folders.js';
import { instanceId, type Instance } from './instance.js';
import type { Log } from './log.js';
import { RELEASES, type Release } from './release.js';

export async function dockerRuns(): Promise<boolean> {
  return succeeds('docker', ['info']);
}

/**
 * Runs Asterisk in a container that shares this machine's network, so that ports and addresses are
 * the same as without one. Nobody has tried this engine yet: the machine on which the testbed was
 * written has no Docker.
 */
export class DockerEngine implements Engine {
  async install(release: Release, log: Log): Promise<void> {
    log(`Building the image ${image(release)} …`);
    const suite = `SUITE=${RELEASES[release].suite}`;
    const here = fileURLToPath(new URL('.', import.meta.url));
    await runLogged(
      'docker',
      ['build', '--tag', image(release), '--build-arg', suite, here],
      join(testbedFolder(), 'docker.log'),
    );
  }

  folder(instance: Instance): string {
    return join(testbedFolder(), 'docker', instanceId(instance));
  }

  folderInside(): string {
    return '/srv/testbed';
  }

  async launch(instance: Instance): Promise<void> {
    await succeeds('docker', ['rm', '--force', container(instance)]);
    // As the caller, who owns the folder and must be able to clear it again.
    const user = `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`;
    const volume = `${this.folder(instance)}:${this.folderInside()}`;
    const options = [
      '--detach',
      '--rm',
      '--name',
      container(instance),
      '--network',
      'host',
      '--user',
      user,
      '--volume',
      volume,
    ];
    await output('docker', [
      'run',
      ...options,
      image(instance.release),
      '-C',
      `${this.folderInside()}/etc/asterisk.conf`,
    ]);
  }

  async pid(instance: Instance): Promise<number | undefined> {
    const pid = await output('docker', ['inspect', '--format', '{{.State.Pid}}', container(instance)]).catch(() => '0');
    return Number(pid) || undefined;
  }

  async signal(instance: Instance, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    await succeeds('docker', ['kill', '--signal', signal, container(instance)]);
  }
}

function image(release: Release): string {
  return `asterisk-ari-testbed:${release}`;
}

function container(instance: Instance): string {
  return `asterisk-ari-testbed-${instanceId(instance)}`;
}
