import { diff } from '../diff/diff.js';
import { diffText } from '../diff/text.js';
import { check, generate } from '../generate.js';
import { init } from '../init/init.js';
import { bundledBranches } from '../load/bundled.js';
import { openapi } from '../openapi/openapi.js';
import { visible, visibleLines } from '../visible.js';
import { progressLine } from './progress.js';
import { checkText, generateText, initText, reportJson } from './report.js';
import { sideOf, sourceOf } from './source.js';
import type { GenerateFlags, InitFlags, Io } from './types.js';
import { UsageError } from './usage-error.js';

/** More of them nobody reads. */
const WARNINGS = 50;

/** Generates, or with `--check` compares. Gives the exit code. */
export async function generateCommand(flags: GenerateFlags, io: Io): Promise<number> {
  if (flags.list) return list(flags, io);
  // what a shell makes of a variable that is not set
  if (flags.out?.trim() === '') throw new UsageError('--out needs the name of a folder');
  // An unset variable of a shell has left the option that follows in its place.
  if (flags.out?.startsWith('-')) {
    throw new UsageError(`--out needs the name of a folder, not ${flags.out} (./${flags.out} if it is one)`);
  }
  const source = sourceOf(flags, io.env);
  const silent = flags.quiet || flags.json;
  // files are read at once; only a server keeps a person waiting
  const progress = source.kind === 'server' && io.interactive && !silent ? progressLine(io) : undefined;
  const { out, importExtension } = flags;
  const options = { source, out, importExtension, progress };

  if (flags.check) {
    const result = await check(options);
    const same = [result.stale, result.missing, result.extra].every((names) => names.length === 0);
    report(flags, io, result.warnings, reportJson(result), checkText(result));
    return same ? 0 : 1;
  }
  const result = await generate(options);
  report(flags, io, result.warnings, reportJson(result), generateText(result));
  return 0;
}

/** Prints what changed between two releases. */
export async function diffCommand(from: string, to: string, flags: { readonly json?: true }, io: Io): Promise<number> {
  const result = await diff(sideOf(from), sideOf(to));
  io.out(visibleLines(flags.json ? `${JSON.stringify(result, null, 2)}\n` : `${diffText(result)}\n`));
  return 0;
}

/** Prints the interface of a release as an OpenAPI document. */
export async function openapiCommand(of: string, io: Io): Promise<number> {
  io.out(visibleLines(`${JSON.stringify(await openapi(sideOf(of)), null, 2)}\n`));
  return 0;
}

/** Makes a new project with the hello application. */
export function initCommand(folder: string, { json, quiet, sdk }: InitFlags, io: Io): number {
  if (folder.trim() === '') throw new UsageError('init needs the name of a folder, or none for the current one');
  if (sdk?.trim() === '') throw new UsageError('--sdk needs an archive of asterisk-ari, or a version of it');
  const files = init(folder, sdk);
  if (json) io.out(visibleLines(`${JSON.stringify({ folder, files }, null, 2)}\n`));
  else if (!quiet) io.out(visibleLines(initText(folder, files)));
  return 0;
}

function list({ json }: GenerateFlags, io: Io): number {
  const branches = bundledBranches().map(({ major, release }) => ({ major, release }));
  const lines = branches.map(({ major, release }) => `${major}  ${release}\n`);
  io.out(json ? `${JSON.stringify(branches, null, 2)}\n` : lines.join(''));
  return 0;
}

function report(flags: GenerateFlags, io: Io, warnings: readonly string[], json: string, text: string): void {
  if (flags.json) return io.out(visibleLines(json));
  if (flags.quiet) return;
  for (const warning of warnings.slice(0, WARNINGS)) io.error(`warning: ${visible(warning)}\n`);
  if (warnings.length > WARNINGS) io.error(`warning: … and ${warnings.length - WARNINGS} more\n`);
  io.out(visibleLines(text));
}
