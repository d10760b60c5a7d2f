import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { testbedFolder } from './folders.js';
import type { Release } from './release.js';

/** One Asterisk of the testbed: what must be remembered about it between two commands. */
export interface Instance {
  release: Release;
  name: string;
  engine: 'chroot' | 'docker';
  httpPort: number;
  sipPort: number;
  /** The first segment of every path, or the empty string. */
  prefix: string;
}

/** What an instance's files, container and lock are called. */
export function instanceId({ release, name }: Pick<Instance, 'release' | 'name'>): string {
  return `${release}-${name}`;
}

export function instanceUrl({ httpPort, prefix }: Instance): string {
  return `http://127.0.0.1:${httpPort}${prefix === '' ? '' : `/${prefix}`}`;
}

/** There is no process id in the file: the engine finds the process, whoever started it. */
export async function saveInstance(instance: Instance): Promise<void> {
  await mkdir(folder(), { recursive: true });
  await writeFile(file(instanceId(instance)), `${JSON.stringify(instance, null, 2)}\n`);
}

export async function loadInstance(id: string): Promise<Instance | undefined> {
  const text = await readFile(file(id), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Instance);
}

export async function listInstances(): Promise<Instance[]> {
  const names = await readdir(folder()).catch(() => []);
  const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
  const instances = await Promise.all(ids.map(loadInstance));
  return instances.filter((instance) => instance !== undefined);
}

export async function forgetInstance(instance: Instance): Promise<void> {
  await rm(file(instanceId(instance)), { force: true });
}

function folder(): string {
  return join(testbedFolder(), 'instances');
}

function file(id: string): string {
  return join(folder(), `${id}.json`);
}
