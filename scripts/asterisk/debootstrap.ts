import { access, chmod, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { output, remove, runConfined, runLogged, succeeds } from './command.js';
import { debianMirror } from './debian-mirror.js';
import { testbedFolder } from './folders.js';
import { withLock } from './lock.js';
import type { Log } from './log.js';
import { addMailboxes } from './mailboxes.js';
import { RELEASES, type Release } from './release.js';

/** `ca-certificates`: apt inside the folder may have to use a mirror that speaks HTTPS. */
const PACKAGES = ['asterisk', 'asterisk-modules', 'asterisk-core-sounds-en-gsm', 'ca-certificates'];

/** The folder that holds the Debian with the release. */
export function installationFolder(release: Release): string {
  return join(testbedFolder(), release);
}

/** Installs the release into its folder, unless it is there. */
export async function installDebian(release: Release, log: Log): Promise<void> {
  if (process.getuid?.() !== 0) {
    throw new Error(
      'Only root can run Asterisk out of a folder. Run this as root, start a Docker engine, ' +
        'or set ARI_URL, ARI_USERNAME and ARI_PASSWORD to an Asterisk that runs.',
    );
  }
  const folder = installationFolder(release);
  await withLock(`${folder}.lock`, log, async () => {
    if (await exists(folder)) return;
    const started = Date.now();
    log(`Installing Asterisk ${release} into ${folder}; this takes a minute …`);
    // Two releases may be installed at the same time; apt may not run twice.
    await withLock(join(testbedFolder(), 'apt.lock'), log, () => installDebootstrap(folder, log));
    await build(release, folder, log);
    log(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
  });
}

async function installDebootstrap(folder: string, log: Log): Promise<void> {
  if (await succeeds('debootstrap', ['--version'])) return;
  if (!(await succeeds('apt-get', ['--version']))) {
    throw new Error(
      'There is neither debootstrap nor apt-get here. Start a Docker engine, ' +
        'or set ARI_URL, ARI_USERNAME and ARI_PASSWORD to an Asterisk that runs.',
    );
  }
  log('Installing debootstrap …');
  await runLogged('apt-get', ['update'], `${folder}.log`);
  const packages = ['debootstrap', 'debian-archive-keyring'];
  await runLogged('apt-get', ['install', '--yes', '--no-install-recommends', ...packages], `${folder}.log`);
}

/**
 * Builds beside the final folder and renames at the end, so that a folder that exists is complete.
 * The packages are kept until then: after an interruption they need not be fetched again.
 */
async function build(release: Release, folder: string, log: Log): Promise<void> {
  const partial = `${folder}.partial`;
  const packages = `${folder}.packages`;
  const logFile = `${folder}.log`;
  await remove(partial);
  await mkdir(packages, { recursive: true });
  const options = ['--foreign', '--variant=minbase', `--include=${PACKAGES.join(',')}`, `--cache-dir=${packages}`];
  const { suite } = RELEASES[release];
  await runConfined(['debootstrap', ...options, suite, partial, await debianMirror()], logFile);
  await forbidServices(partial);
  await runConfined(['chroot', partial, '/debootstrap/debootstrap', '--second-stage'], logFile);
  await checkVersion(release, partial);
  await addMailboxes(partial, log, logFile);
  await remove(join(partial, 'var/cache/apt/archives'));
  await remove(packages);
  await rename(partial, folder);
}

/** Asterisk's package would start the service; 101 is Debian's word for "not allowed". */
async function forbidServices(root: string): Promise<void> {
  const policy = join(root, 'usr/sbin/policy-rc.d');
  await writeFile(policy, '#!/bin/sh\nexit 101\n');
  await chmod(policy, 0o755);
}

/** A suite's Asterisk changes with time; a folder named after a release must hold that release. */
async function checkVersion(release: Release, root: string): Promise<void> {
  const version = await output('chroot', [root, '/usr/sbin/asterisk', '-V']);
  if (!version.startsWith(`Asterisk ${release}.`)) {
    throw new Error(
      `Debian's ${RELEASES[release].suite} has ${version}, not ${release}. ` +
        'Set ASTERISK_TESTBED_MIRROR to a snapshot of the archive that still has it.',
    );
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
