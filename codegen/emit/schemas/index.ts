import type { OutputFile } from '../output-file.js';
import type { Scope } from '../scope.js';
import { emitEventSchemas } from './event-schemas.js';
import { emitModelSchemas } from './model-schemas.js';
import { emitSchemas } from './schemas.js';

/**
 * The schemas of everything that Asterisk sends. An entry of their own, for they load zod: the index of the bindings does
 * not know them.
 */
export function emitAllSchemas(scope: Scope): OutputFile[] {
  return [emitSchemas(scope), emitModelSchemas(scope), emitEventSchemas(scope)];
}
