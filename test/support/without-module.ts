import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Refuses to load a module, and tells who asked for it. */
const hooksAgainst = (name: string): string => `
  export async function resolve(specifier, context, next) {
    if (/^${name}\\b/.test(specifier)) throw new Error('${name} is asked for by ' + context.parentURL);
    return next(specifier, context);
  }`;

/** Runs a program in a process of its own, in which a package cannot be loaded. */
export function runWithout(name: string, code: string): { status: number | null; output: string } {
  const register = `
    import { register } from 'node:module';
    register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(hooksAgainst(name))}));`;
  const preload = `data:text/javascript,${encodeURIComponent(register)}`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', preload, '--input-type=module', '--eval', code],
    { cwd: root, encoding: 'utf8' },
  );
  return { status, output: stdout + stderr };
}
