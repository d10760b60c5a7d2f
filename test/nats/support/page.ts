import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ts } from 'ts-morph';
import { fencesOf } from '../../../scripts/fences/read.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The program of a page that has these words, in JavaScript. */
export function programOf(page: string, words: string): string {
  const fences = fencesOf(page, readFileSync(`${root}/${page}`, 'utf8'));
  const found = fences.find(({ language, code }) => language === 'ts' && code.includes(words));
  if (found === undefined) throw new Error(`${page} has no program with ${words}`);
  const { ESNext: newest } = ts.ModuleKind;
  const compilerOptions = { module: newest, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true };
  return ts.transpileModule(found.code, { compilerOptions }).outputText;
}

/** Runs a program in a process of its own; what it complains of is seen. */
export function runCode(code: string, env: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: root,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
