/** The generator as a library: what the program `ari-codegen` does, from code. */
export { diff } from './diff/diff.js';
export type { ApiDiff, Difference } from './diff/types.js';
export type { ImportExtension } from './emit/imports.js';
export { CodegenError } from './errors.js';
export { check, generate, readApi } from './generate.js';
export type { Counts, Generated, GenerateOptions } from './generate.js';
export { bundledBranches } from './load/bundled.js';
export type { BundledBranch } from './load/bundled.js';
export type { Progress, Source, ServerSource } from './load/types.js';
export type * from './model/types.js';
export { openapi } from './openapi/openapi.js';
export type { Json } from './openapi/types.js';
export type { Differences, WriteResult } from './write/index.js';
