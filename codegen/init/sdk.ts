import { statSync } from 'node:fs';
import { relative } from 'node:path';
import { CodegenError } from '../errors.js';

/**
 * How the package.json of a project in a folder asks for an SDK that was given as an archive or a folder of this machine, or
 * as npm has it: a version, a range, a tag.
 */
export function dependencyOn(sdk: string, folder: string): string {
  if (statSync(sdk, { throwIfNoEntry: false }) !== undefined) {
    return `file:${relative(folder, sdk).replaceAll('\\', '/')}`;
  }
  if (/^\.{0,2}[\\/]|^[^:]+\.tgz$/.test(sdk)) {
    throw new CodegenError(`${sdk} is not there: neither an archive nor a folder`);
  }
  return sdk;
}
