import { readFileSync } from 'node:fs';

/** The blocks of code of a page that are in a language, in their order. */
export function fencesOf(page: string, language: string): readonly string[] {
  const fence = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms');
  const codes = [...readFileSync(page, 'utf8').matchAll(fence)].map(([, code = '']) => code);
  if (codes.length === 0) throw new Error(`${page} has no block of ${language}`);
  return codes;
}

/** The first example of the README. */
export function helloOfReadme(): string {
  const [code = ''] = fencesOf('README.md', 'ts');
  if (!code.includes('await connect(')) throw new Error('The README no longer begins with an example');
  return code;
}
