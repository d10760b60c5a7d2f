import * as fc from 'fast-check';
import { ts } from 'ts-morph';
import { emit } from '../../../codegen/emit/index.js';
import { CodegenError } from '../../../codegen/errors.js';
import { TypeScriptProject } from '../../support/typescript-project.js';
import { modelOf, type Documents } from './documents.js';
import { hostileDocuments } from './hostile/documents.js';

/** The strictest flags that a user's project may have. */
export const STRICTEST =
  'strict exactOptionalPropertyTypes noUncheckedIndexedAccess noPropertyAccessFromIndexSignature noImplicitOverride ' +
  'noImplicitReturns noUnusedLocals noUnusedParameters verbatimModuleSyntax isolatedModules erasableSyntaxOnly ' +
  'noEmit skipLibCheck';

/** Tags that the generator writes itself. */
const TAGS: ReadonlySet<string> = new Set(['param', 'throws', 'since', 'default', 'example']);

/** How long bindings of documents of this size may take to make. */
const PATIENCE_MS = 10_000;

export interface FuzzResult {
  readonly accepted: number;
  readonly refused: number;
  /** What went wrong, each with the documents that did it. */
  readonly faults: readonly string[];
}

/**
 * Makes bindings of random documents. Each set is refused with one line that names a file, or accepted: then its bindings
 * compile, all in one go, a client is made of them, and nothing of their texts has become a tag.
 */
export function fuzz(seed: number, count: number): FuzzResult {
  const faults: string[] = [];
  const accepted = new Map<string, Documents>();
  const project = new TypeScriptProject(STRICTEST.split(' '));
  const tell = (what: string, documents: Documents | undefined): void => {
    faults.push(`${what}\n  (seed ${seed}) ${JSON.stringify(documents)}`);
  };
  try {
    for (const [index, documents] of fc.sample(hostileDocuments, { seed, numRuns: count }).entries()) {
      try {
        const files = bindingsOf(documents);
        if (files === undefined) continue;
        accepted.set(`d${index}`, documents);
        for (const [path, text] of files) project.write(`d${index}/${path}`, text);
      } catch (error) {
        tell(briefStack(error), documents);
      }
    }
    project.write('main.ts', mainOf([...accepted.keys()]));
    for (const { output } of [project.compile(), project.run('main.ts')]) {
      for (const [folder, line] of firstLines(output)) tell(line, accepted.get(folder));
    }
    return { accepted: accepted.size, refused: count - accepted.size, faults };
  } finally {
    project.remove();
  }
}

/** The bindings; none where they are refused as they should be. */
function bindingsOf(documents: Documents): ReadonlyMap<string, string> | undefined {
  const began = performance.now();
  let files: ReadonlyMap<string, string>;
  try {
    files = emit(modelOf(documents));
  } catch (error) {
    if (error instanceof CodegenError && /^\w+\.json\b/.test(error.message) && isOneLine(error.message))
      return undefined;
    throw error;
  }
  const took = Math.round(performance.now() - began);
  if (took > PATIENCE_MS) throw new Error(`took ${took} ms`);
  for (const [path, text] of files) checkText(path, text);
  return files;
}

function isOneLine(message: string): boolean {
  return !/[\p{Cc}\u2028\u2029\u202e]/u.test(message) && message.length < 5000;
}

/** What no compiler objects to, but people would. */
function checkText(path: string, text: string): void {
  if (Buffer.from(text).toString() !== text) throw new Error(`${path} is not what is read back from a file`);
  if (/(?!\n)[\p{Cc}\u2028\u2029\u202a-\u202e]/u.test(text)) throw new Error(`${path} has what cannot be seen`);
  const visit = (node: ts.Node): void => {
    for (const { tagName } of ts.getJSDocTags(node)) {
      if (TAGS.has(tagName.text)) continue;
      const comment = JSON.stringify(tagName.parent.parent.getText());
      throw new Error(`${path}: @${tagName.text} has become a tag: ${comment}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
}

/** A program that makes a client of each of the bindings, and has it read events and look at answers. */
function mainOf(folders: readonly string[]): string {
  return `
const folders: readonly string[] = ${JSON.stringify(folders)};
for (const folder of folders) {
  try {
    const { AriClient } = await import(\`./\${folder}/index.js\`);
    const { schemas } = await import(\`./\${folder}/schemas/index.js\`);
    const client = new AriClient({ url: 'http://localhost:1/', username: 'a', password: 'b', validation: 'full' });
    await client.prepare();
    for (const [type, schema] of Object.entries<any>(schemas.events)) {
      schema.safeParse({ type });
      client.dispatch({ type, application: 'a' });
    }
    for (const schema of Object.values<any>(schemas.answers)) schema.safeParse({});
    await client.close();
  } catch (error) {
    console.log(\`\${folder}/ \${error}\`);
  }
}
export {};
`;
}

/** What was thrown and where, as far as it is ours. */
function briefStack(error: unknown): string {
  if (error instanceof CodegenError) return error.message;
  const lines = error instanceof Error ? (error.stack ?? error.message).split('\n') : [String(error)];
  return lines.slice(0, 4).join('\n');
}

/** The first line about each of the folders; what is about none of them is about all. */
function firstLines(output: string): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  for (const line of output.split('\n').filter((each) => each !== '')) {
    const folder = /(?:^|\/)(d\d+)\//.exec(line)?.[1] ?? '';
    if (!first.has(folder)) first.set(folder, line);
  }
  return first;
}
