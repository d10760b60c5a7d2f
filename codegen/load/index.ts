/** Stage one: the documents of one release as text, from wherever they are. */
import { loadBundled } from './bundled.js';
import { loadDirectory } from './directory.js';
import { loadServer } from './server.js';
import type { Progress, Source, Sources } from './types.js';

export function load(source: Source, progress?: Progress): Promise<Sources> {
  switch (source.kind) {
    case 'bundled':
      return loadBundled(source.version);
    case 'directory':
      return loadDirectory(source.path, source.release);
    case 'server':
      return loadServer(source, progress);
  }
}
