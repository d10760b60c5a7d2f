/** The generator from end to end: load → parse → model → emit → write. */
import type { ImportExtension } from './emit/imports.js';
import { bundledDescriptions } from './load/bundled.js';
import { load } from './load/index.js';
import type { Progress, Source } from './load/types.js';
import { buildModel } from './model/build.js';
import type { ApiModel } from './model/types.js';
import { parse } from './parse/index.js';
import { compare, write, type Differences, type WriteResult } from './write/index.js';
import { outputFolder } from './write/place.js';

export interface GenerateOptions {
  readonly source: Source;
  /** The folder for the bindings; `generated/v<major>` in the current one if not given. */
  readonly out?: string | undefined;
  /**
   * What the files call one another: `.js`, which compilers and bundlers want, or `.ts`, by which Node runs them as they
   * are. `.js` if not given.
   */
  readonly importExtension?: ImportExtension | undefined;
  readonly progress?: Progress | undefined;
}

/** What was made, and from what. */
export interface Generated {
  /** Where the documents came from. */
  readonly origin: string;
  readonly out: string;
  readonly release: string;
  readonly counts: Counts;
  /** What was odd about the documents, but harmless. */
  readonly warnings: readonly string[];
}

export interface Counts {
  readonly operations: number;
  readonly models: number;
  readonly events: number;
}

/** Generates bindings into a folder. */
export async function generate(options: GenerateOptions): Promise<Generated & WriteResult> {
  const { files, ...made } = await make(options);
  return { ...made, ...write(files, made.out) };
}

/** Compares a folder with the bindings that `generate` would make. Writes nothing. */
export async function check(options: GenerateOptions): Promise<Generated & Differences> {
  const { files, ...made } = await make(options);
  return { ...made, ...compare(files, made.out) };
}

/** The interface of one release, corrections included, described in our words where the documents say nothing. */
export async function readApi(
  source: Source,
  warn: (message: string) => void = () => {},
  progress?: Progress,
): Promise<{ model: ApiModel; origin: string }> {
  const sources = await load(source, progress);
  const model = buildModel(parse(sources, warn), sources.release, warn, bundledDescriptions());
  return { model, origin: sources.origin };
}

async function make(options: GenerateOptions): Promise<Generated & { readonly files: ReadonlyMap<string, string> }> {
  // before a server is asked for anything
  if (options.out !== undefined) outputFolder(options.out);
  const warnings: string[] = [];
  const { model, origin } = await readApi(options.source, (message) => warnings.push(message), options.progress);
  // ts-morph takes longer to load than all the rest takes to run: only here is it needed
  const { emit } = await import('./emit/index.js');
  return {
    origin,
    out: options.out ?? `generated/v${model.major}`,
    release: model.release,
    counts: count(model),
    warnings,
    files: emit(model, options.importExtension),
  };
}

function count(model: ApiModel): Counts {
  return {
    operations: model.resources.reduce((sum, { operations }) => sum + operations.length, 0),
    models: model.models.length,
    events: model.events.length,
  };
}
