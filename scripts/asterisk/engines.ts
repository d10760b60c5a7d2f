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

/** A Docker engine if one really runs, else Debian's packages in a folder. */
export async function chooseEngine(): Promise<Instance['engine']> {
  return (await dockerRuns()) ? 'docker' : 'chroot';
}
