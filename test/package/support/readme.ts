import { readFileSync } from 'node:fs';

/** The first example of the README. */
export function helloOfReadme(): string {
  const [, code = ''] = /```ts\n(.*?)```/s.exec(readFileSync('README.md', 'utf8')) ?? [];
  if (!code.includes('await connect(')) throw new Error('The README no longer begins with an example');
  return code;
}
