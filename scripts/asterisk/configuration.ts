import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Engine } from './engine.js';
import type { Instance } from './instance.js';
import { RELEASES } from './release.js';

const TEMPLATES = new URL('./config/', import.meta.url);

/** What Asterisk writes to, and expects to be there. */
const FOLDERS = ['etc', 'lib/keys', 'cache', 'spool/recording', 'run', 'log'];

/** Files that may be empty, but whose absence is an error in the log. */
const EMPTY = [
  'acl.conf',
  'ccss.conf',
  'cel.conf',
  'chan_websocket.conf',
  'features.conf',
  'manager.conf',
  'pjproject.conf',
  'res_http_media_cache.conf',
  'udptl.conf',
];

/** Gives the instance a fresh folder: configuration, and nothing from an earlier run. */
export async function writeFolder(engine: Engine, instance: Instance): Promise<void> {
  const folder = engine.folder(instance);
  await rm(folder, { recursive: true, force: true });
  for (const name of FOLDERS) {
    await mkdir(join(folder, name), { recursive: true });
  }
  for (const name of EMPTY) {
    await writeFile(join(folder, 'etc', name), '');
  }
  const values = valuesOf(engine, instance);
  for (const name of await readdir(TEMPLATES)) {
    const template = await readFile(new URL(name, TEMPLATES), 'utf8');
    await writeFile(join(folder, 'etc', name), fill(template, values));
  }
}

function valuesOf(engine: Engine, instance: Instance): Record<string, string | number> {
  const { rtpPorts } = RELEASES[instance.release];
  return {
    folder: engine.folderInside(instance),
    httpPort: instance.httpPort,
    prefix: instance.prefix,
    sipPort: instance.sipPort,
    rtpFirst: rtpPorts.first,
    rtpLast: rtpPorts.last,
  };
}

function fill(template: string, values: Record<string, string | number>): string {
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`A configuration file asks for an unknown value: ${name}`);
    return String(value);
  });
}
