import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

export interface StaticFile {
  readonly type: string;
  readonly body: Buffer;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
};

/** The page's files by their paths, read once: what is asked for never becomes a file's name. */
export function readPage(folder: string): ReadonlyMap<string, StaticFile> {
  const files = readdirSync(folder).map((name) => {
    const file = { type: types[extname(name)] ?? 'application/octet-stream', body: readFileSync(join(folder, name)) };
    return [name === 'index.html' ? '/' : `/${name}`, file] as const;
  });
  return new Map(files);
}
