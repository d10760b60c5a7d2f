import { ChrootEngine } from './chroot.js';
import { DockerEngine, dockerRuns } from './docker.js';
import type { Engine } from './engine.js';
import type { Instance } from './instance.js';

const ENGINES: Record<Instance['engine'], Engine> = {
  chroot: new ChrootEngine(),
  docker: new DockerEngine(),
};

export function engineOf(instance: Instance): Engine {
  return ENGINES[instance.engine];
}

/** A Docker engine if one really runs, else Debian's packages in a folder, unless told otherwise. */
export async function chooseEngine(): Promise<Instance['engine']> {
  const told = process.env['ASTERISK_TESTBED_ENGINE'];
  if (told === 'chroot' || told === 'docker') return told;
  if (told) throw new Error(`ASTERISK_TESTBED_ENGINE is chroot or docker, not ${told}.`);
  return (await dockerRuns()) ? 'docker' : 'chroot';
}
