import { readdirSync } from 'node:fs';
import { manifestOf } from './manifest.js';

/** Branches that the double can be: those that there are documents of. */
const branches = readdirSync('api-docs').flatMap((name) => /^v(\d+)$/.exec(name)?.[1] ?? []);

/** The program of `test/package/programs` that uses an entry point, and its arguments. */
const programs: Readonly<Record<string, readonly [program: string, ...args: string[]]>> = {
  '.': ['client.mjs'],
  './v20': ['branch.mjs', '20'],
  './v20/schemas': ['schemas.mjs', '20'],
  './v22': ['branch.mjs', '22'],
  './v22/schemas': ['schemas.mjs', '22'],
  './v23': ['branch.mjs', '23'],
  './v23/schemas': ['schemas.mjs', '23'],
  './runtime': ['runtime.mjs'],
  './validation': ['validation.mjs'],
  './testing': ['testing.mjs', ...branches],
  './package.json': ['require.cjs', 'asterisk-ari/package.json'],
};

export interface Use {
  /** As it is imported: `asterisk-ari/testing`. */
  readonly entry: string;
  readonly program: string;
  readonly args: readonly string[];
}

/** A use of every entry point of the SDK's package.json; one without is an error, and so is one that is no longer there. */
export function usesOfEntries(): readonly Use[] {
  const entries = Object.keys(manifestOf('.').exports);
  const unknown = Object.keys(programs).filter((entry) => !entries.includes(entry));
  if (unknown.length > 0) throw new Error(`package.json does not export ${unknown.join(', ')}`);
  return entries.map((entry) => {
    const [program, ...args] = programs[entry] ?? [];
    if (program === undefined) throw new Error(`No program uses ${entry}, which package.json exports`);
    return { entry: entry.replace('.', 'asterisk-ari'), program, args };
  });
}
