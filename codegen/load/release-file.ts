import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CodegenError } from '../errors.js';
import { parseJson } from '../parse/json.js';
import { readDocument } from './read-file.js';

/** Says which release the documents beside it are of, with a checksum of each. */
export const RELEASE_FILE = 'release.json';

const schema = z.strictObject({
  release: z.string().regex(/^(?:certified-)?\d{1,4}(\.\d{1,4}){0,2}[\w.~+-]{0,64}$/),
  /** File name → sha256 in hexadecimal. */
  files: z.record(z.string(), z.string().regex(/^[\da-f]{64}$/)),
});

export type ReleaseFile = z.infer<typeof schema>;

/** Reads a folder's `release.json`; Asterisk's own folders have none. */
export function readReleaseFile(folder: string): ReleaseFile | undefined {
  const path = join(folder, RELEASE_FILE);
  if (!existsSync(path)) return undefined;
  const parsed = schema.safeParse(parseJson(path, readDocument(path)));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new CodegenError(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`, {
    file: path,
  });
}
