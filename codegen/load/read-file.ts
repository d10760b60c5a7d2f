import { readFileSync, statSync } from 'node:fs';
import { CodegenError } from '../errors.js';
import { limits, mebibytes } from '../limits.js';

/** Reads a document. A device or a pipe would never end, and nothing that is as long is a document. */
export function readDocument(path: string): string {
  const stats = statSync(path);
  if (!stats.isFile()) throw new CodegenError('is not a file', { file: path });
  if (stats.size > limits.documentBytes) {
    throw new CodegenError(`is longer than ${mebibytes(limits.documentBytes)}: no document of Asterisk is`, {
      file: path,
    });
  }
  return readFileSync(path, 'utf8');
}
