import { readdirSync } from 'node:fs';
import { manifestOf } from './manifest.js';

/** Branches that there are documents of: the double can be one, and the generator knows them. */
export const branches = readdirSync('api-docs').flatMap((name) => /^v(\d+)$/.exec(name)?.[1] ?? []);

/** The program of `test/package/programs` that uses an entry point, and its arguments. */
const programs: Readonly<Record<string, readonly [program: string, ...args: string[]]>> = {
  'asterisk-ari': ['client.mjs'],
  'asterisk-ari/v20': ['branch.mjs', '20'],
  'asterisk-ari/v20/schemas': ['schemas.mjs', '20'],
  'asterisk-ari/v22': ['branch.mjs', '22'],
  'asterisk-ari/v22/schemas': ['schemas.mjs', '22'],
  'asterisk-ari/v23': ['branch.mjs', '23'],
  'asterisk-ari/v23/schemas': ['schemas.mjs', '23'],
  'asterisk-ari/runtime': ['runtime.mjs'],
  'asterisk-ari/validation': ['validation.mjs'],
  'asterisk-ari/media': ['media.mjs'],
  'asterisk-ari/flows': ['flows.mjs'],
  'asterisk-ari/outbound': ['outbound.mjs'],
  'asterisk-ari/nats': ['nats.mjs'],
  'asterisk-ari/trace': ['trace.mjs'],
  'asterisk-ari/testing': ['testing.mjs', ...branches],
  'asterisk-ari/package.json': ['require.cjs', 'asterisk-ari/package.json'],
  'ari-codegen': ['codegen.mjs'],
  'ari-codegen/package.json': ['require.cjs', 'ari-codegen/package.json'],
};

export interface Use {
  /** As it is imported: `asterisk-ari/testing`. */
  readonly entry: string;
  readonly program: string;
  readonly args: readonly string[];
}

/** A use of every entry point that the package.json of a folder exports; one without is an error. */
export function usesOf(folder: string): readonly Use[] {
  const { name, exports } = manifestOf(folder);
  return Object.keys(exports).map((path) => {
    const entry = path.replace('.', name);
    const [program, ...args] = programs[entry] ?? [];
    if (program === undefined) throw new Error(`No program uses ${entry}, which package.json exports`);
    return { entry, program, args };
  });
}
